/**
 * The worker with the engine is started as soon as the page has arrived, while the browser still reads it: on a slow line
 * that is a tenth of the time that the engine takes. Not before: it would take half of the line from the page.
 */

export const newWorker = (): Worker => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });

let early: Worker | undefined;

function start(): void {
  const worker = newWorker();
  early = worker;
  // Whoever takes over then starts another one, and tells if that does not come either.
  worker.addEventListener('error', (event) => {
    if (early !== worker) return;
    event.preventDefault();
    early = undefined;
  });
}

/** The page's largest part is the first that its head names. */
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

/** The worker that was started early, for its first user; else a new one. */
export function takeWorker(): Worker {
  taken = true;
  const worker = early ?? newWorker();
  early = undefined;
  return worker;
}
