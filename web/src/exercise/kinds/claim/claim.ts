/** Sentences to complete. */
import * as v from 'valibot';
import { Bilingual } from '../../../engine/types.ts';
import { pick, t } from '../../../i18n/index.svelte.ts';
import { emptyOf } from '../answer.ts';
import { common } from '../asked.ts';
import type { QuestionKind } from '../kind.ts';

const Asked = v.object({
  ...common,
  kind: v.literal('claim'),
  slots: v.array(
    v.object({
      id: v.string(),
      text: Bilingual,
      options: v.array(v.object({ id: v.string(), text: Bilingual })),
    }),
  ),
});

const slotOf = (asked: v.InferOutput<typeof Asked>, name: string) => asked.slots.find(({ id }) => id === name);

export const claim: QuestionKind<typeof Asked> = {
  asked: Asked,
  isPart: true,
  isJudged: true,
  canBeShown: true,
  asksRules: true,
  fields: 'sentences',
  wrongAnswers: ({ slots }) => slots.reduce((ways, { options }) => ways * options.length, 1) - 1,
  missing: (asked, value) =>
    emptyOf(
      asked.slots.map(({ id }) => id),
      value,
    ),
  fieldName: (asked, name) => pick(slotOf(asked, name)?.text),
  fieldValue: (asked, name, value) =>
    pick(slotOf(asked, name)?.options.find(({ id }) => id === value)?.text) || String(value),
  nextStep: () => t('exercise.step.claim'),
};
