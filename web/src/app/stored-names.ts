/** What the browser keeps for this page, by its names. */
import { prefix } from './storage.ts';

/** The rest of each name that begins so. */
export function storedNames(beginning: string): string[] {
  try {
    const names = Array.from({ length: localStorage.length }, (_, i) => localStorage.key(i) ?? '');
    const whole = prefix + beginning;
    return names.filter((name) => name.startsWith(whole)).map((name) => name.slice(whole.length));
  } catch {
    return [];
  }
}
