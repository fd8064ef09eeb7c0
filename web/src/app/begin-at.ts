/** Goes on at a heading: it has the focus, and what scrolls begins at it, wherever the reader had scrolled to before. */
export function beginAt(heading: HTMLElement): void {
  heading.focus({ preventScroll: true });
  heading.scrollIntoView({ block: 'start' });
}
