import { startBehindThePage } from './engine/early-worker.ts';

/** The page is a chunk of its own: where it does not come, this says so in its place. */
import('./mount.ts').catch(() => document.getElementById('unloaded')?.classList.add('failed'));

startBehindThePage();

// What is stored is read by the browser when it is first asked for: now, while the page is still to come.
try {
  void [localStorage.length, sessionStorage.length];
} catch {
  // Storage is blocked; the page will say so.
}
