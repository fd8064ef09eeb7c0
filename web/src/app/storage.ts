/** The browser's own storage, which may be blocked or full: then the page says so and goes on. */
const prefix = 'tcplab.';

export type Stored = 'kept' | 'blocked' | 'full';

export function load(key: string): string | null {
  try {
    return localStorage.getItem(prefix + key);
  } catch {
    return null;
  }
}

export function store(key: string, value: string): Stored {
  try {
    localStorage.setItem(prefix + key, value);
    return 'kept';
  } catch (error) {
    return error instanceof DOMException && error.name === 'QuotaExceededError' ? 'full' : 'blocked';
  }
}

export function forget(key: string): void {
  try {
    localStorage.removeItem(prefix + key);
  } catch {
    // Nothing was kept, so nothing is left.
  }
}
