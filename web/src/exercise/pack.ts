/** The exercises: those that are built into the page, and those that the student opened from files. */
import * as v from 'valibot';
import { forget, load, store } from '../app/storage.ts';
import { digest } from './digest.ts';
import { usualVariants } from './seed.ts';
import { Chapter } from './types.ts';
import { copyOf } from './without-answers.ts';

const bundled = import.meta.glob<string>(
  [
    '../../../exercises/*.json',
    '../../../exercises/lessons/*/exercises/*.json',
    '!../../../exercises/rules.json',
    '!../../../exercises/misconceptions.json',
    '!../../../exercises/*.schema.json',
  ],
  { eager: true, query: '?raw', import: 'default' },
);

const Title = v.object({ title: v.string() });
const Summary = v.object({
  id: v.string(),
  rev: v.number(),
  chapter: Chapter,
  text: v.object({ en: Title, zh: Title }),
  questions: v.array(v.object({ kind: v.string() })),
  variants: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1)), usualVariants),
});

export interface Entry {
  /** The key in addresses and in storage; exercises from files have keys that differ from their ids. */
  key: string;
  id: string;
  text: string;
  chapter: { en: string; zh: string };
  title: { en: string; zh: string };
  kinds: string[];
  /** A student's saved work is valid for this revision only. */
  rev: number;
  /** How many variants are offered; their seeds are 1 to this. */
  variants: number;
}

/** How many variants of an exercise from a file are tried before it is opened; no others are offered. */
export const variantsTried = 20;

const filePrefix = 'file:';
export const isFromFile = (key: string): boolean => key.startsWith(filePrefix);

/** The list's entry for an exercise; undefined if the text is not an exercise. */
function summarise(text: string, prefix: string): Entry | undefined {
  try {
    const json: unknown = JSON.parse(text);
    const { id, rev, chapter, text: texts, questions, variants } = v.parse(Summary, json);
    return {
      key: prefix + id,
      id,
      text,
      chapter,
      title: { en: texts.en.title, zh: texts.zh.title },
      kinds: [...new Set(questions.map((question) => question.kind))],
      // Authors do not count revisions while they edit a file, so use a digest of what it asks; whether the answers were
      // left out makes no difference.
      rev: prefix === filePrefix ? digest(copyOf(json as object)) : rev,
      variants: prefix === filePrefix ? Math.min(variants, variantsTried) : variants,
    };
  } catch {
    return undefined;
  }
}

export const shipped: readonly Entry[] = Object.entries(bundled)
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .flatMap(([, text]) => summarise(text, '') ?? []);

/** Opened exercises in memory too, so that they work without the browser's storage. */
const opened = new Map<string, Entry>();
const indexKey = 'exercise-files';

/** The ones in `opened` that are also stored: they disappear when another tab removes them. */
const stored = new Set<string>();
const index = (): string[] => (load(indexKey) ?? '').split('\n').filter((key) => key !== '');

/** Syncs with storage: what this and other tabs have added and removed. */
function restore(): void {
  const keys = index();
  for (const key of stored) {
    if (keys.includes(key)) continue;
    stored.delete(key);
    opened.delete(key);
  }
  for (const key of keys) {
    const text = opened.has(key) ? null : load(`exercise-text.${key}`);
    const entry = text === null ? undefined : summarise(text, filePrefix);
    if (entry?.key !== key) continue;
    opened.set(key, entry);
    stored.add(key);
  }
}

export function fromFiles(): Entry[] {
  restore();
  return [...opened.values()];
}

/**
 * Adds an exercise that the engine has checked; it replaces the one with the same id, which is returned as `before`. If
 * it cannot be stored, it is lost with the page.
 */
export function addFromFile(text: string): { entry: Entry; before: Entry | undefined } | undefined {
  const entry = summarise(text, filePrefix);
  if (!entry) return undefined;
  const before = entryOf(entry.key);
  opened.set(entry.key, entry);
  if (store(`exercise-text.${entry.key}`, text) === 'kept') {
    const keys = [...new Set([...index(), entry.key])];
    if (store(indexKey, keys.join('\n')) === 'kept') stored.add(entry.key);
  }
  return { entry, before };
}

export function removeFromFile(key: string): void {
  opened.delete(key);
  stored.delete(key);
  forget(`exercise-text.${key}`);
  const keys = index().filter((each) => each !== key);
  store(indexKey, keys.join('\n'));
}

export function entryOf(key: string): Entry | undefined {
  restore();
  return shipped.find((entry) => entry.key === key) ?? opened.get(key);
}

/** The exercise that comes after this one among the shipped ones. */
export function nextAfter(key: string): Entry | undefined {
  const at = shipped.findIndex((entry) => entry.key === key);
  return at < 0 ? undefined : shipped[at + 1];
}
