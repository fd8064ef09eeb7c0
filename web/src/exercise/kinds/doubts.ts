/** “Can it be done?” is asked once, before anything is done in a world; the answer then contains it beside the plan. */
import * as v from 'valibot';
import { Bilingual, type Action } from '../../engine/types.ts';
import { pick, t } from '../../i18n/index.svelte.ts';
import { asFields } from './answer.ts';

/** The reasons that an exercise offers why it could not be done; if it has none, the question is not asked. */
export const doubts = v.optional(v.array(v.object({ id: v.string(), text: Bilingual })), []);
export type Doubts = v.InferOutput<typeof doubts>;

export const canBeDone = 'yes';

interface Doubted {
  doubts: Doubts;
}

/** What the student said; undefined if nothing yet, or nothing that is offered. */
export function saidIn(value: unknown, asked: Doubted): string | undefined {
  const { can } = asFields(value);
  return can === canBeDone || asked.doubts.some(({ id }) => id === can) ? (can as string) : undefined;
}

export const saidText = (said: string, asked: Doubted): string =>
  said === canBeDone
    ? t('exercise.can.yes')
    : t('exercise.can.no', { why: pick(asked.doubts.find(({ id }) => id === said)?.text) });

export const waitsForWord = (value: unknown, asked: Doubted): boolean =>
  asked.doubts.length > 0 && saidIn(value, asked) === undefined;

export const actionsOf = (answer: unknown): readonly Action[] => {
  const plan = Array.isArray(answer) ? answer : asFields(answer).plan;
  return Array.isArray(plan) ? (plan as Action[]) : [];
};

/** The answer made of what was said and what was done. */
export const handedIn = (asked: Doubted, said: string | undefined, plan: unknown): unknown =>
  asked.doubts.length > 0 ? { can: said, plan } : plan;
