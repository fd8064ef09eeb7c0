/**
 * A search through a run: slice after slice in the engine, between which other work has its turn. It begins anew when
 * other words are typed or another run is on show, and goes on when the run goes on.
 */
import type { TraceEvent } from '../../engine/types.ts';
import type { Branch } from '../session/branch.svelte.ts';
import type { LabSession } from '../session/session.svelte.ts';
import { Hits } from './hits.ts';

/** Events in one call: some milliseconds of the engine on a slow machine. */
const slice = 20_000;

export class Search {
  /** Grows with every change of the hits. */
  revision = $state(0);
  /** Events that are searched, of which there are so many. */
  searched = $state(0);
  total = $state(0);
  running = $state(false);
  hits = new Hits();
  readonly #session: LabSession;
  #words = $state.raw<readonly (readonly string[])[]>([]);
  #branch: Branch | undefined;
  #events: readonly TraceEvent[] = [];
  /** Grows with every new search: what an earlier one still brings is of no more use. */
  #life = 0;
  /** Which way the reader wants to go, as soon as it is known where. */
  #wanted: 1 | -1 | undefined;

  constructor(session: LabSession) {
    this.#session = session;
  }

  get asked(): boolean {
    return this.#words.length > 0;
  }

  /** Looks for these words in what has happened in this run by now. */
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

  /** Nothing is looked for any more. */
  end(): void {
    this.look([], undefined);
  }

  /** To the next hit or the one before; past the last one it begins with the first. */
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
      // The engine may have come further than the page.
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
    // Before what is searched nothing more will be found.
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
