/** Events as evidence. */
import * as v from 'valibot';
import { t } from '../../../i18n/index.svelte.ts';
import { asNumbers } from '../answer.ts';
import { common, count } from '../asked.ts';
import type { QuestionKind } from '../kind.ts';

const Asked = v.object({
  ...common,
  kind: v.literal('pick'),
  /** The fewest events that a right answer has. */
  fewest: count,
});

export const pick: QuestionKind<typeof Asked> = {
  asked: Asked,
  isPart: true,
  isJudged: true,
  canBeShown: true,
  isInDiagram: true,
  fields: 'events',
  missing: (asked, value) => (asNumbers(value).length < asked.fewest ? ['events'] : []),
  missingText: (asked, value) => t('exercise.missing.events', { n: asked.fewest - asNumbers(value).length }),
  nextStep: (_, some) => t(some ? 'exercise.step.pick' : 'exercise.step.pick.all'),
};
