/** Files and other things that are chosen faster than they are read are taken one by one, in the order of choosing. */
export function inOrder<Item>(take: (item: Item) => Promise<void>): (item: Item) => Promise<void> {
  let last = Promise.resolve();
  return (item) => {
    last = last.then(() => take(item));
    return last;
  };
}
