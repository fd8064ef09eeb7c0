/** Saved answers may be anything that was written or came from a file, so they are read with care. */
import { ownNames } from '../../app/by-name.ts';
import { inBoth, type Bilingual } from '../../i18n/index.svelte.ts';

export type Fields = Record<string, unknown>;

/** By field, whether the last answer had it right. */
export type Marks = Readonly<Record<string, boolean>>;

export const asFields = (value: unknown): Fields =>
  ownNames(typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {});

export const asNumbers = (value: unknown): number[] =>
  Array.isArray(value) ? value.filter((each) => typeof each === 'number') : [];

export const asNames = (value: unknown): string[] | undefined =>
  Array.isArray(value) ? value.filter((each) => typeof each === 'string') : undefined;

/** The fields that are still empty. */
export function emptyOf(names: readonly string[], value: unknown): string[] {
  const fields = asFields(value);
  return names.filter((name) => fields[name] === undefined || String(fields[name]).trim() === '');
}

/** A sentence about some fields, with their names in each language. */
export function namedInBoth(
  key: 'exercise.time.unreadable' | 'exercise.number.unreadable' | 'exercise.segment.unreadable',
  texts: readonly Bilingual[],
): Bilingual {
  return {
    en: inBoth(key, { names: texts.map(({ en }) => en).join(', ') }).en,
    zh: inBoth(key, { names: texts.map(({ zh }) => zh).join('、') }).zh,
  };
}
