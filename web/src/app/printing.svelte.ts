/** Whether the page is being printed: what is drawn only where it is seen is then drawn as a whole. */
import { flushSync } from 'svelte';

class Printing {
  now = $state(false);

  listen(): void {
    const media = window.matchMedia('print');
    // The page is laid out for the printer as soon as this returns.
    const set = (now: boolean) => flushSync(() => (this.now = now));
    media.addEventListener('change', ({ matches }) => set(matches));
    window.addEventListener('beforeprint', () => set(true));
    window.addEventListener('afterprint', () => set(media.matches));
  }
}

const printing = new Printing();
if (typeof window !== 'undefined') printing.listen();

export const isPrinting = (): boolean => printing.now;
