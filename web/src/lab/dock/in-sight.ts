/**
 * Scrolls a row sideways, as little as possible, to bring one item into view; an item wider than the row shows its
 * beginning. A row without the marks of `moreToSee` is wholly in view, so this returns before it forces a layout.
 */
export function bringIntoSight(row: HTMLElement, thing: HTMLElement): void {
  if (!row.hasAttribute('data-before') && !row.hasAttribute('data-after')) return;
  const whole = row.getBoundingClientRect();
  const { left, right } = thing.getBoundingClientRect();
  if (left < whole.left) row.scrollLeft -= whole.left - left;
  else if (right > whole.right) row.scrollLeft += Math.min(right - whole.right, left - whole.left);
}

/** Whether the reader points at it or has the focus in it: then it should not move. */
export const inUse = (element: HTMLElement): boolean => element.matches(':hover, :focus-within');
