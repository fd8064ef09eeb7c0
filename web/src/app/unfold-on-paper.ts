/** Svelte action: opens an element's `<details>` while the page is printed, since nobody can open them on paper. */
export function unfoldOnPaper(element: HTMLElement): { destroy: () => void } {
  const media = window.matchMedia('print');
  const opened = new Set<HTMLDetailsElement>();

  function set(printed: boolean): void {
    if (printed)
      for (const each of element.querySelectorAll<HTMLDetailsElement>('details:not([open])')) opened.add(each);
    for (const each of opened) each.open = printed;
    if (!printed) opened.clear();
  }

  const changed = () => set(media.matches);
  const begins = () => set(true);
  media.addEventListener('change', changed);
  window.addEventListener('beforeprint', begins);
  window.addEventListener('afterprint', changed);
  return {
    destroy: () => {
      media.removeEventListener('change', changed);
      window.removeEventListener('beforeprint', begins);
      window.removeEventListener('afterprint', changed);
    },
  };
}
