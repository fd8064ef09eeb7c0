/** The events that a search has found so far, in order, kept slice by slice. */
import { countWhile } from '../model/count-while.ts';

export class Hits {
  count = 0;
  readonly #slices: Uint32Array[] = [];
  /** How many hits come before each slice. */
  readonly #before: number[] = [];

  /** Adds a slice; its events must be later than all before. */
  add(numbers: Uint32Array): void {
    if (numbers.length === 0) return;
    this.#slices.push(numbers);
    this.#before.push(this.count);
    this.count += numbers.length;
  }

  /** How many hits there are before event `n`. */
  before(n: number): number {
    const slice = countWhile(this.#slices, (each) => (each.at(-1) as number) < n);
    const numbers = this.#slices[slice];
    if (!numbers) return this.count;
    let low = 0;
    let high = numbers.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((numbers[middle] as number) < n) low = middle + 1;
      else high = middle;
    }
    return (this.#before[slice] as number) + low;
  }

  /** The event of the hit at index `place`. */
  at(place: number): number | undefined {
    const slice = countWhile(this.#before, (before) => before <= place) - 1;
    return this.#slices[slice]?.[place - (this.#before[slice] as number)];
  }

  has(n: number): boolean {
    return this.at(this.before(n)) === n;
  }
}
