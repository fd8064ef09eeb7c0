/** An exercise from a file that has taken the place of another, which was opened before under the same id. */
import { t } from '../i18n/index.svelte.ts';
import { progressOf } from './attempts.ts';
import type { Entry } from './pack.ts';

export interface Replaced {
  id: string;
  /** Whether the replaced exercise had answers, which do not count for the new one. */
  answered: boolean;
}

/** Undefined if nothing is replaced, as when the same exercise is opened again. */
export function replacedBy(entry: Entry, before: Entry | undefined): Replaced | undefined {
  if (!before || before.rev === entry.rev) return undefined;
  return { id: entry.id, answered: progressOf(before.key, before.rev) !== 'new' };
}

export const replacedText = ({ id, answered }: Replaced): string =>
  t(answered ? 'exercise.file.replaced.answered' : 'exercise.file.replaced', { id });

/** By exercise: the notice that its view must show next. */
const unsaid = new Map<string, Replaced>();

export function sayInView(key: string, replaced: Replaced): void {
  unsaid.set(key, replaced);
}

/** Takes the notice, so that it is shown only once. */
export function takeUnsaid(key: string): Replaced | undefined {
  const replaced = unsaid.get(key);
  unsaid.delete(key);
  return replaced;
}
