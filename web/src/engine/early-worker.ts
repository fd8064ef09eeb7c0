/**
 * Starts the engine's worker as soon as the page's script has arrived, while the browser still compiles it: on a slow
 * line this saves a tenth of the time until the engine is there. Earlier, it would take half of the line from the page.
 */

export const newWorker = (): Worker => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });

let early: Worker | undefined;

function start(): void {
  const worker = newWorker();
  early = worker;
  // The first user then starts another worker, and reports it if that one fails too.
  worker.addEventListener('error', (event) => {
    if (early !== worker) return;
    event.preventDefault();
    early = undefined;
  });
}

/** The first script that the page's head preloads is its largest: network.spec.ts checks that. */
export function startBehindThePage(): void {
  const page = document.querySelector<HTMLLinkElement>('link[rel="modulepreload"]')?.href;
  if (page === undefined) return;
  const observer = new PerformanceObserver((entries) => {
    if (!entries.getEntries().some(({ name }) => name === page)) return;
    observer.disconnect();
    if (!taken) start();
  });
  observer.observe({ type: 'resource', buffered: true });
}

let taken = false;

/** The worker that was started early for the first caller; a new one for all others. */
export function takeWorker(): Worker {
  taken = true;
  const worker = early ?? newWorker();
  early = undefined;
  return worker;
}
