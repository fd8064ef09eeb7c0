/** Keeps the page in the browser, so that it opens without a network from the second visit on. */

/** Long enough for the first world to come first. */
const patience = 3000;

export function keepForOffline(): void {
  // Absent where the origin is not secure; refused in some private windows. The page needs neither.
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  const register = () => {
    navigator.serviceWorker.register(new URL('service-worker.js', document.baseURI)).catch(() => undefined);
  };
  setTimeout(register, patience);
}
