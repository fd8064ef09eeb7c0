/**
 * The sign that a row goes on beyond its edge: while something is out of sight there, the edge is marked, and what
 * stands at it fades (styles/controls.css).
 */
export function moreToSee(row: HTMLElement): { destroy(): void } {
  const tell = () => {
    const { scrollLeft, clientWidth, scrollWidth } = row;
    row.toggleAttribute('data-before', scrollLeft > 2);
    row.toggleAttribute('data-after', scrollLeft + clientWidth < scrollWidth - 2);
  };
  const sizes = new ResizeObserver(tell);
  const watch = () => {
    sizes.disconnect();
    sizes.observe(row);
    // Once they are laid out it tells, for the first time.
    for (const child of row.children) sizes.observe(child);
  };
  const children = new MutationObserver(watch);
  children.observe(row, { childList: true });
  row.addEventListener('scroll', tell, { passive: true });
  watch();
  return {
    destroy() {
      sizes.disconnect();
      children.disconnect();
      row.removeEventListener('scroll', tell);
    },
  };
}
