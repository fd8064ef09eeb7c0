/** What an answer must have before it can be handed in. */
import { ownNames } from '../../app/by-name.ts';
import type { Asked } from '../types.ts';

export type Fields = Record<string, unknown>;

/** What the last answer had right, and what not, by field. */
export type Marks = Readonly<Record<string, boolean>>;

export const asFields = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? ownNames(value as Fields) : {};

export const asNumbers = (value: unknown): number[] =>
  Array.isArray(value) ? value.filter((each) => typeof each === 'number') : [];

export const asNames = (value: unknown): string[] | undefined =>
  Array.isArray(value) ? value.filter((each) => typeof each === 'string') : undefined;

function named(asked: Asked): readonly string[] {
  switch (asked.kind) {
    case 'state':
      return asked.hosts;
    case 'segment':
      return asked.fields;
    case 'claim':
      return asked.slots.map((slot) => slot.id);
    default:
      return [];
  }
}

/** A build in which nothing was done, and whose goals are not reached by that: handed in, it would say nothing. */
export const isUntouched = (actions: readonly unknown[], goals: readonly { holds: boolean }[]): boolean =>
  actions.length === 0 && goals.some(({ holds }) => !holds);

/** The places that are still empty; none when the answer can be handed in. */
export function missing(asked: Asked, value: unknown): string[] {
  if (asked.kind === 'role') return asNames(value) === undefined ? ['hosts'] : [];
  if (asked.kind === 'pick') return asNumbers(value).length < asked.fewest ? ['events'] : [];
  if (asked.kind === 'say') return typeof value === 'string' && value.trim() !== '' ? [] : ['text'];
  const fields = asFields(value);
  return named(asked).filter((name) => fields[name] === undefined || String(fields[name]).trim() === '');
}
