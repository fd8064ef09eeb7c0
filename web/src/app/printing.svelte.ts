/** Whether the page is being printed: lists and diagrams that draw only what is in view must then draw everything. */
import { flushSync } from 'svelte';

class Printing {
  now = $state(false);

  listen(): void {
    const media = window.matchMedia('print');
    // Flush at once: the browser lays the page out for the printer as soon as this returns.
    const set = (now: boolean) => flushSync(() => (this.now = now));
    media.addEventListener('change', ({ matches }) => set(matches));
    window.addEventListener('beforeprint', () => set(true));
    window.addEventListener('afterprint', () => set(media.matches));
  }
}

const printing = new Printing();
if (typeof window !== 'undefined') printing.listen();

export const isPrinting = (): boolean => printing.now;
