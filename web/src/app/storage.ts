/** The browser's own storage, which may be blocked or full: then the page says so and goes on. */
export const prefix = 'tcplab.';

export type Stored = 'kept' | 'blocked' | 'full';
/** 'browser' is shared by all tabs and lasts; 'tab' belongs to one tab and survives no more than a reload. */
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
      // Blocked storage holds nothing that could be removed.
    }
  }
}

/** Calls `listener` when another tab has written under this key. Returns a function that stops it. */
export function onStored(key: string, listener: () => void): () => void {
  // The key is null when all of the storage was cleared.
  const heard = (event: StorageEvent) => {
    if (event.key === prefix + key || event.key === null) listener();
  };
  globalThis.addEventListener?.('storage', heard);
  return () => globalThis.removeEventListener?.('storage', heard);
}
