/**
 * Marks the edges of a row beyond which there is more to scroll to; what stands at a marked edge fades
 * (styles/controls.css).
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
    // The observer calls `tell` for the first time once the children are laid out.
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
