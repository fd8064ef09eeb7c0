/** Answers as they are kept: whatever was written, or came from a file. */
import { ownNames } from '../../app/by-name.ts';

export type Fields = Record<string, unknown>;

/** What the last answer had right, and what not, by field. */
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
