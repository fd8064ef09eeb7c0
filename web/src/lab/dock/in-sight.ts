/** Scrolls a row sideways, as little as it takes, until one thing in it is in sight; its beginning if it is longer. */
export function bringIntoSight(row: HTMLElement, thing: HTMLElement): void {
  const whole = row.getBoundingClientRect();
  const { left, right } = thing.getBoundingClientRect();
  if (left < whole.left) row.scrollLeft -= whole.left - left;
  else if (right > whole.right) row.scrollLeft += Math.min(right - whole.right, left - whole.left);
}

/** The same from top to bottom. */
export function bringDown(column: HTMLElement, thing: HTMLElement): void {
  const whole = column.getBoundingClientRect();
  const { top, bottom } = thing.getBoundingClientRect();
  if (top < whole.top) column.scrollTop -= whole.top - top;
  else if (bottom > whole.bottom) column.scrollTop += Math.min(bottom - whole.bottom, top - whole.top);
}

/** Whoever points at something, or has gone there with the keyboard, does not want it to move. */
export const inUse = (element: HTMLElement): boolean => element.matches(':hover, :focus-within');
