/**
 * Two ends that say the same to each other over and over: an echo. After a few rounds each further one has hardly any
 * height in the picture, and all of them are drawn as one.
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
  /** Each segment is drawn, in its whole height. */
  open: boolean;
}

/** So many segments that say nothing new are shown one by one. */
const shownFirst = 8;

const wordsOf = ({ flags, seq, ack, len }: Segment): string => [flags, seq, ack, len].join(' ');

export class Echoes {
  readonly all: Echo[] = [];
  /** The one that goes on at the moment. */
  current: Echo | undefined;
  readonly #isOpen: (n: number) => boolean;
  #connection = '';
  /** What each end of it said last. */
  readonly #said = new Map<string, string>();
  #count = 0;

  /** `isOpen` tells of an echo, by its number, whether all of it is drawn. */
  constructor(isOpen: (n: number) => boolean) {
    this.#isOpen = isOpen;
  }

  /** Whether what comes next takes hardly any height. */
  get squeezed(): boolean {
    return this.current !== undefined && !this.current.open;
  }

  /** To be told of every event, before its picture is made. */
  note(event: TraceEvent, y: number): void {
    if (event.kind === 'segment.sent') this.#sent(event.segment, event.n, y);
    else if (!isQuiet(event)) this.#end();
  }

  /** An arrow of the echo has come to its end. */
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

/** What goes on while two ends say the same: it arrives and is turned down. */
function isQuiet(event: TraceEvent): boolean {
  if (event.kind === 'segment.received') return event.segment.takes === 0;
  return event.kind === 'segment.dropped' && event.where === 'host';
}
