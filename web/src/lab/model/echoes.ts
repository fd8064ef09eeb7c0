/**
 * An echo: two ends send each other the same segments over and over. After a few rounds, each further one takes hardly
 * any height in the diagram, and all of them are drawn as one band.
 */
import type { Segment, TraceEvent } from '../../engine/types.ts';
import { connectionOf } from './connections.ts';
import type { Arrow } from './diagram-types.ts';

export interface Echo {
  /** Number of the event that sent its first segment. */
  n: number;
  arrows: Arrow[];
  top: number;
  bottom: number;
  /** Whether each segment is drawn, at its full height. */
  open: boolean;
}

/** How many repeated segments are drawn singly before an echo begins. */
const shownFirst = 8;

const wordsOf = ({ flags, seq, ack, len }: Segment): string => [flags, seq, ack, len].join(' ');

export class Echoes {
  readonly all: Echo[] = [];
  /** The echo that is still going on. */
  current: Echo | undefined;
  readonly #isOpen: (n: number) => boolean;
  #connection = '';
  /** What each end of that connection sent last. */
  readonly #said = new Map<string, string>();
  #count = 0;

  /** `isOpen` says, by an echo's number, whether its segments are all drawn. */
  constructor(isOpen: (n: number) => boolean) {
    this.#isOpen = isOpen;
  }

  /** Whether the next moment takes hardly any height. */
  get squeezed(): boolean {
    return this.current !== undefined && !this.current.open;
  }

  /** Must be called with every event, before it is put into the diagram. */
  note(event: TraceEvent, y: number): void {
    if (event.kind === 'segment.sent') this.#sent(event.segment, event.n, y);
    else if (!isQuiet(event)) this.#end();
  }

  /** Extends the echo to where one of its arrows ends. */
  reach(echo: Echo, y: number): void {
    echo.bottom = Math.max(echo.bottom, y);
  }

  #sent(segment: Segment, n: number, y: number): void {
    const connection = connectionOf(segment);
    const said = wordsOf(segment);
    const isAgain = connection === this.#connection && segment.takes === 0 && this.#said.get(segment.src) === said;
    if (connection !== this.#connection) {
      this.#end();
      this.#said.clear();
      this.#connection = connection;
    } else if (!isAgain) this.#end();
    this.#said.set(segment.src, said);
    if (!isAgain) return;
    this.#count += 1;
    if (this.current || this.#count <= shownFirst || this.#said.size < 2) return;
    this.current = { n, arrows: [], top: y, bottom: y, open: this.#isOpen(n) };
    this.all.push(this.current);
  }

  #end(): void {
    this.current = undefined;
    this.#count = 0;
  }
}

/** Whether an echo goes on in spite of an event: a segment that takes no numbers arrives, or a host drops one. */
function isQuiet(event: TraceEvent): boolean {
  if (event.kind === 'segment.received') return event.segment.takes === 0;
  return event.kind === 'segment.dropped' && event.where === 'host';
}
