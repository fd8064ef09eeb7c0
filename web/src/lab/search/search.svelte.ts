/**
 * A search through a run. The engine searches slice by slice, so that other work gets its turn in between. The search
 * starts over when other words are typed or another run is shown, and continues when the run grows.
 */
import type { TraceEvent } from '../../engine/types.ts';
import type { Branch } from '../session/branch.svelte.ts';
import type { LabSession } from '../session/session.svelte.ts';
import { Hits } from './hits.ts';

/** Events per call to the engine: some milliseconds on a slow machine. */
const slice = 20_000;

export class Search {
  /** Increases with every change of the hits. */
  revision = $state(0);
  /** How many events have been searched, and how many there are. */
  searched = $state(0);
  total = $state(0);
  running = $state(false);
  hits = new Hits();
  readonly #session: LabSession;
  #words = $state.raw<readonly (readonly string[])[]>([]);
  #branch: Branch | undefined;
  #events: readonly TraceEvent[] = [];
  /** Increases with every new search, so that late answers to an earlier one are ignored. */
  #life = 0;
  /** The direction in which the reader wants to go to a hit that is not known yet. */
  #wanted: 1 | -1 | undefined;

  constructor(session: LabSession) {
    this.#session = session;
  }

  get asked(): boolean {
    return this.#words.length > 0;
  }

  /** Searches for these words in all that has happened in this run so far. */
  look(words: readonly (readonly string[])[], branch: Branch | undefined): void {
    const same = this.#branch === branch && this.#events === branch?.events;
    if (!same || JSON.stringify(words) !== JSON.stringify(this.#words)) {
      this.#life += 1;
      this.#words = words;
      this.#branch = branch;
      this.#events = branch?.events ?? [];
      this.#wanted = undefined;
      this.hits = new Hits();
      this.searched = 0;
      this.running = false;
      this.revision += 1;
    }
    this.total = this.#events.length;
    if (!this.running && this.asked && this.searched < this.total) void this.#run();
  }

  /** Ends the search. */
  end(): void {
    this.look([], undefined);
  }

  /** Goes to the next or previous hit; wraps around at either end. */
  go(by: 1 | -1): void {
    this.#wanted = by;
    this.#tryToGo();
  }

  async #run(): Promise<void> {
    const life = this.#life;
    this.running = true;
    while (this.searched < this.total && this.#branch) {
      const since = this.searched;
      const found = await this.#session.find(this.#branch, this.#words, since, slice);
      if (life !== this.#life) return;
      // The engine may have more events than the page has fetched.
      const end = Math.min(since + slice, this.#events.length);
      if (!found) break;
      this.hits.add(upTo(found, end));
      this.searched = end;
      this.total = this.#events.length;
      this.revision += 1;
      this.#tryToGo();
    }
    this.running = false;
    this.#tryToGo();
    this.#wanted = undefined;
  }

  #tryToGo(): void {
    const by = this.#wanted;
    if (by === undefined) return;
    const session = this.#session;
    const here = session.selected ?? session.shown - 1;
    const place = by > 0 ? this.hits.before(here + 1) : this.hits.before(here) - 1;
    // The search is still running, and the slices searched so far do not settle which hit is next.
    if (this.running && (by > 0 ? place >= this.hits.count : here > this.searched || place < 0)) return;
    const { count } = this.hits;
    const event = count > 0 ? this.hits.at((place + count) % count) : undefined;
    this.#wanted = undefined;
    if (event === undefined) return;
    session.pause();
    session.look(event);
  }
}

/** The numbers, which are in order, that are less than `end`. */
function upTo(numbers: Uint32Array, end: number): Uint32Array {
  let count = numbers.length;
  while (count > 0 && (numbers[count - 1] as number) >= end) count -= 1;
  return numbers.subarray(0, count);
}
