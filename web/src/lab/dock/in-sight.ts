/**
 * Scrolls a row sideways, as little as it takes, until one thing in it is in sight; its beginning if it is longer. Of a
 * row that is wholly in sight, as `moreToSee` has marked it, nothing is measured.
 */
export function bringIntoSight(row: HTMLElement, thing: HTMLElement): void {
  if (!row.hasAttribute('data-before') && !row.hasAttribute('data-after')) return;
  const whole = row.getBoundingClientRect();
  const { left, right } = thing.getBoundingClientRect();
  if (left < whole.left) row.scrollLeft -= whole.left - left;
  else if (right > whole.right) row.scrollLeft += Math.min(right - whole.right, left - whole.left);
}

/** Whoever points at something, or has gone there with the keyboard, does not want it to move. */
export const inUse = (element: HTMLElement): boolean => element.matches(':hover, :focus-within');
