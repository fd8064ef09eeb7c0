/** An index by height: finds what lies in view quickly, however long the trace is. */
const bucketHeight = 512;

export class Buckets<Item> {
  readonly #buckets = new Map<number, Item[]>();

  add(item: Item, top: number, bottom: number): void {
    const last = Math.floor(Math.max(top, bottom) / bucketHeight);
    for (let i = Math.floor(Math.min(top, bottom) / bucketHeight); i <= last; i++) {
      const bucket = this.#buckets.get(i);
      if (bucket) bucket.push(item);
      else this.#buckets.set(i, [item]);
    }
  }

  /** The items between two heights, each once, in the order in which they were added to their buckets. */
  between(top: number, bottom: number): Item[] {
    const found = new Set<Item>();
    const last = Math.floor(bottom / bucketHeight);
    for (let i = Math.floor(top / bucketHeight); i <= last; i++) {
      for (const item of this.#buckets.get(i) ?? []) found.add(item);
    }
    return [...found];
  }
}
