/** Makes `take` handle one item at a time, in order, even if the reader chooses files faster than they are read. */
export function inOrder<Item>(take: (item: Item) => Promise<void>): (item: Item) => Promise<void> {
  let last = Promise.resolve();
  return (item) => {
    last = last.then(() => take(item));
    return last;
  };
}
