/**
 * The connections that listeners gave birth to. One that goes back to LISTEN is no more: its listener has stood there
 * all the time, and there is no second one.
 */
import type { StateChange } from './diagram-types.ts';

export class Children {
  readonly #known = new Set<number>();
  readonly #born = new Set<number>();

  /** Whether a child ends with this change. To be asked about every change, in order. */
  endsWith({ conn, from, to }: Pick<StateChange, 'conn' | 'from' | 'to'>): boolean {
    if (conn === undefined) return false;
    if (!this.#known.has(conn)) {
      this.#known.add(conn);
      if (from === 'LISTEN') this.#born.add(conn);
    }
    return to === 'LISTEN' && this.#born.has(conn);
  }
}
