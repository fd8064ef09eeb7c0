/** The page is a chunk of its own: where it does not come, this says so in its place. */
import('./mount.ts').catch(() => document.getElementById('unloaded')?.classList.add('failed'));

// A module, with nothing to give.
export {};
