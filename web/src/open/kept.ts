/** Lessons and packs that were opened from a file, saved in the browser so that their addresses work after a reload. */
import * as v from 'valibot';
import { forget, load, store, type Stored } from '../app/storage.ts';
import { digest } from '../exercise/digest.ts';
import type { Bilingual } from '../i18n/index.svelte.ts';

const Kept = v.array(
  v.object({
    /** The key in addresses. */
    key: v.pipe(v.string(), v.regex(/^[0-9a-z]{1,8}$/)),
    title: v.object({ en: v.string(), zh: v.string() }),
  }),
);
export type Kept = v.InferOutput<typeof Kept>[number];

const indexKey = 'packs';
const keyOf = (key: string): string => `pack.${key}`;

/** Holds files until the page is gone, for those that the browser's storage does not have. */
const memory = new Map<string, string>();
/** What their files are called. */
const names = new Map<string, string>();

/** Holds a file in memory only, as long as its content is not known. Returns its key for addresses. */
export function hold(text: string, name: string): string {
  const key = digest(text).toString(36);
  memory.set(key, text);
  names.set(key, name);
  return key;
}

export const textKept = (key: string): string | undefined => memory.get(key) ?? load(keyOf(key)) ?? undefined;

/** After a reload the name is no longer known: what was kept then is right. */
export const nameOf = (key: string): string => names.get(key) ?? 'file.json';

export function allKept(): Kept[] {
  try {
    return v.parse(Kept, JSON.parse(load(indexKey) ?? '[]'));
  } catch {
    return [];
  }
}

/** Saves a lesson or pack from memory, once it is known that it can be shown. */
export function keep(key: string, title: Bilingual): Stored {
  const text = memory.get(key);
  // It is not in memory, so it was saved on an earlier visit.
  if (text === undefined) return 'kept';
  const stored = store(keyOf(key), text);
  if (stored !== 'kept') return stored;
  const others = allKept().filter((each) => each.key !== key);
  return store(indexKey, JSON.stringify([...others, { key, title: { en: title.en, zh: title.zh } }]));
}

export function drop(key: string): void {
  memory.delete(key);
  forget(keyOf(key));
  store(indexKey, JSON.stringify(allKept().filter((each) => each.key !== key)));
}
