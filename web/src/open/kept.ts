/** Lessons and packs that were opened from a file: kept in the browser, so that their addresses work after a reload. */
import * as v from 'valibot';
import { forget, load, store, type Stored } from '../app/storage.ts';
import { digest } from '../exercise/digest.ts';
import type { Bilingual } from '../i18n/index.svelte.ts';

const Kept = v.array(
  v.object({
    /** In addresses. */
    key: v.pipe(v.string(), v.regex(/^[0-9a-z]{1,8}$/)),
    title: v.object({ en: v.string(), zh: v.string() }),
  }),
);
export type Kept = v.InferOutput<typeof Kept>[number];

const indexKey = 'packs';
const keyOf = (key: string): string => `pack.${key}`;

/** What the browser did not take is here until the page is gone. */
const memory = new Map<string, string>();

/** Until it is known what the file holds, nothing of it is kept. Returns what its address calls it. */
export function hold(text: string): string {
  const key = digest(text).toString(36);
  memory.set(key, text);
  return key;
}

export const textKept = (key: string): string | undefined => memory.get(key) ?? load(keyOf(key)) ?? undefined;

export function allKept(): Kept[] {
  try {
    return v.parse(Kept, JSON.parse(load(indexKey) ?? '[]'));
  } catch {
    return [];
  }
}

/** A lesson or a pack that was held and can be shown. */
export function keep(key: string, title: Bilingual): Stored {
  const text = memory.get(key);
  // From an earlier visit.
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
