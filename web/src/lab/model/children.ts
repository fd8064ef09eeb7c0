/**
 * The connections made by listeners. Such a child ends when it goes back to LISTEN: its listener has been in that state
 * all the time, and the child does not become a second one.
 */
import type { StateChange } from './diagram-types.ts';

export class Children {
  readonly #known = new Set<number>();
  readonly #born = new Set<number>();

  /** Whether a child ends with this change. Must be called with every change, in order. */
  endsWith({ conn, from, to }: Pick<StateChange, 'conn' | 'from' | 'to'>): boolean {
    if (conn === undefined) return false;
    if (!this.#known.has(conn)) {
      this.#known.add(conn);
      if (from === 'LISTEN') this.#born.add(conn);
    }
    return to === 'LISTEN' && this.#born.has(conn);
  }
}
