/** Actions that bring a world to its goals. */
import * as v from 'valibot';
import { byName } from '../../../app/by-name.ts';
import { t } from '../../../i18n/index.svelte.ts';
import { Goal } from '../../goal.ts';
import { common } from '../asked.ts';
import { doubts, waitsForWord } from '../doubts.ts';
import type { QuestionKind } from '../kind.ts';

const Asked = v.object({
  ...common,
  kind: v.literal('build'),
  goals: v.array(Goal),
  allow: v.object({
    network: v.array(v.string()),
    calls: byName(v.array(v.string())),
    inject: byName(v.array(v.string())),
  }),
  scenario: v.string(),
  /** Whether the student may act from the start, rather than only once the run waits for a call. */
  from_start: v.boolean(),
  doubts,
});

export const build: QuestionKind<typeof Asked> = {
  asked: Asked,
  isPart: true,
  isJudged: true,
  canBeShown: false,
  isInDiagram: true,
  isPlayed: true,
  isDone: ({ goals }) => goals.length > 0 && goals.every(({ holds }) => holds),
  missing: (asked, value) => (waitsForWord(value, asked) ? ['can'] : []),
  missingText: () => t('exercise.missing.can'),
  nextStep: () => t('exercise.step.build'),
};
