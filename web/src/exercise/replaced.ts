/** An exercise from a file that has taken the place of another, which was opened before under the same id. */
import { t } from '../i18n/index.svelte.ts';
import { progressOf } from './attempts.ts';
import type { Entry } from './pack.ts';

export interface Replaced {
  id: string;
  /** Whether something was answered to the one before, which counts for that one alone. */
  answered: boolean;
}

/** Undefined where nothing is replaced: the same exercise opened again is the same. */
export function replacedBy(entry: Entry, before: Entry | undefined): Replaced | undefined {
  if (!before || before.rev === entry.rev) return undefined;
  return { id: entry.id, answered: progressOf(before.key, before.rev) !== 'new' };
}

export const replacedText = ({ id, answered }: Replaced): string =>
  t(answered ? 'exercise.file.replaced.answered' : 'exercise.file.replaced', { id });

/** By exercise: what the view that shows it next has to say. */
const unsaid = new Map<string, Replaced>();

export function sayInView(key: string, replaced: Replaced): void {
  unsaid.set(key, replaced);
}

/** Said once. */
export function takeUnsaid(key: string): Replaced | undefined {
  const replaced = unsaid.get(key);
  unsaid.delete(key);
  return replaced;
}
