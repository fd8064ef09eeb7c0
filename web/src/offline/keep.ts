/** Registers the service worker, so that the page opens without a network from the second visit on. */

/** In ms: long enough for the first world to be shown before. */
const patience = 3000;

export function keepForOffline(): void {
  // Service workers are missing on insecure origins and refused in some private windows; the page works without one.
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  const register = () => {
    navigator.serviceWorker.register(new URL('service-worker.js', document.baseURI)).catch(() => undefined);
  };
  setTimeout(register, patience);
}
