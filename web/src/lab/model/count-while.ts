/** How many of the first items are so, where those that are stand before those that are not. */
export function countWhile<Item>(items: readonly Item[], isSo: (item: Item) => boolean): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isSo(items[middle] as Item)) low = middle + 1;
    else high = middle;
  }
  return low;
}
