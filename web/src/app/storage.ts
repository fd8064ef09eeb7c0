/** The browser's own storage, which may be blocked or full: then the page says so and goes on. */
export const prefix = 'tcplab.';

export type Stored = 'kept' | 'blocked' | 'full';
/** Everything is kept for all tabs of this browser, unless it is one tab's alone: that outlives a reload only. */
type Place = 'browser' | 'tab';

const storageOf = (place: Place): Storage => (place === 'tab' ? sessionStorage : localStorage);

export function load(key: string, place: Place = 'browser'): string | null {
  try {
    return storageOf(place).getItem(prefix + key);
  } catch {
    return null;
  }
}

export function store(key: string, value: string, place: Place = 'browser'): Stored {
  try {
    storageOf(place).setItem(prefix + key, value);
    return 'kept';
  } catch (error) {
    return error instanceof DOMException && error.name === 'QuotaExceededError' ? 'full' : 'blocked';
  }
}

export function forget(key: string): void {
  for (const place of ['browser', 'tab'] as const) {
    try {
      storageOf(place).removeItem(prefix + key);
    } catch {
      // Nothing was kept, so nothing is left.
    }
  }
}

/** Calls `listener` when another tab has written under this key. Returns what ends that. */
export function onStored(key: string, listener: () => void): () => void {
  // Without a key everything was cleared.
  const heard = (event: StorageEvent) => {
    if (event.key === prefix + key || event.key === null) listener();
  };
  globalThis.addEventListener?.('storage', heard);
  return () => globalThis.removeEventListener?.('storage', heard);
}
