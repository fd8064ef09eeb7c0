/** Moves the focus to a heading and scrolls it to the top, wherever the reader had scrolled to before. */
export function beginAt(heading: HTMLElement): void {
  heading.focus({ preventScroll: true });
  heading.scrollIntoView({ block: 'start' });
}
