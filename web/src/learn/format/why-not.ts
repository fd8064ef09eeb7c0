/** What is wrong with a file that does not match its schema, in words for its author. */
import * as v from 'valibot';
import { inBoth, type Bilingual } from '../../i18n/index.svelte.ts';
import { idForm } from './name.ts';

type Issue = v.BaseIssue<unknown>;

/** What was found, short enough for a line. */
function shown(found: unknown): string {
  const text = typeof found === 'object' && found !== null ? (Array.isArray(found) ? '[…]' : '{…}') : found;
  return (typeof text === 'string' && text !== '[…]' && text !== '{…}' ? JSON.stringify(text) : String(text)).slice(
    0,
    80,
  );
}

export function whyNot(issue: Issue): Bilingual {
  const place = v.getDotPath(issue) ?? '/';
  const found = shown(issue.input);
  const { type, requirement } = issue;
  if (issue.expected === 'never') return inBoth('learn.problem.shape.unknown', { place });
  if (issue.input === undefined) return inBoth('learn.problem.shape.missing', { place });
  if (requirement instanceof RegExp)
    return inBoth(`learn.problem.shape.${requirement.source === idForm.source ? 'name' : 'text'}`, { place, found });
  if (type === 'integer' || type === 'min_value')
    return inBoth('learn.problem.shape.number', {
      place,
      found,
      least: typeof requirement === 'number' ? requirement : 1,
    });
  if (type === 'literal' || type === 'picklist')
    return inBoth('learn.problem.shape.one', { place, found, needed: issue.expected ?? '' });
  if (typeof requirement === 'number' && Array.isArray(issue.input))
    return inBoth(`learn.problem.shape.${issue.input.length < requirement ? 'few' : 'many'}`, {
      place,
      n: requirement,
    });
  return inBoth('learn.problem.shape.other', { place, found });
}
