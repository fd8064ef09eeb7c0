/** Actions that make a wrong engine differ from the real one. */
import * as v from 'valibot';
import { byName } from '../../../app/by-name.ts';
import { t } from '../../../i18n/index.svelte.ts';
import { common, count } from '../asked.ts';
import { doubts, waitsForWord } from '../doubts.ts';
import type { QuestionKind } from '../kind.ts';

const Asked = v.object({
  ...common,
  kind: v.literal('break'),
  mutant: v.string(),
  /** The misconception that holds in the wrong engine. */
  misconception: v.string(),
  most: count,
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

export const breaks: QuestionKind<typeof Asked> = {
  asked: Asked,
  isPart: true,
  isJudged: true,
  canBeShown: false,
  isInDiagram: true,
  isPlayed: true,
  wrongEngine: ({ misconception, mutant }) => ({ misconception, mutants: [mutant] }),
  isDone: ({ differs }) => Boolean(differs),
  missing: (asked, value) => (waitsForWord(value, asked) ? ['can'] : []),
  missingText: () => t('exercise.missing.can'),
  nextStep: () => t('exercise.step.break'),
};
