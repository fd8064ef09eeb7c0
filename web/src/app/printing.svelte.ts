/** Whether the page is being printed: what is drawn only where it is seen is then drawn as a whole. */
import { flushSync } from 'svelte';

class Printing {
  now = $state(false);

  listen(): void {
    const media = window.matchMedia('print');
    // The page is laid out for the printer as soon as this returns.
    const set = (now: boolean) => {
      flushSync(() => (this.now = now));
      // What was asked, what it came to and why: nobody unfolds it on paper.
      for (const each of document.querySelectorAll<HTMLDetailsElement>(':is(.told, .verdict, .lessons) details'))
        if (now ? !each.open : each.dataset.printed !== undefined) {
          each.toggleAttribute('data-printed', now);
          each.open = now;
        }
    };
    media.addEventListener('change', ({ matches }) => set(matches));
    window.addEventListener('beforeprint', () => set(true));
    window.addEventListener('afterprint', () => set(media.matches));
  }
}

const printing = new Printing();
if (typeof window !== 'undefined') printing.listen();

export const isPrinting = (): boolean => printing.now;
