/** An attempt as a file that `tcplab grade` takes, and back. */
import { answersText, type AnswersFile } from './answers-file.ts';
import type { Attempt } from './attempts.ts';
import { answersOf, bySteps, type Step } from './steps.ts';

/** The exercise and variant that the answers belong to. */
export type About = Pick<AnswersFile, 'exercise' | 'rev' | 'seed' | 'engine'>;
/** The answers, with what is known of earlier tries and hints. */
export type History = Pick<Attempt, 'answers'> & Partial<Pick<Attempt, 'tries' | 'earlier' | 'seen' | 'hints'>>;

export function fileOf(
  about: About,
  steps: readonly Step[],
  { answers, tries, earlier, seen, hints }: History,
): string {
  return answersText({ ...about, answers: answersOf(steps, answers), hints, tries, earlier, revealed: seen });
}

/** Whether a file's answers would overwrite others. */
export function replaces(file: AnswersFile, steps: readonly Step[], { answers }: Pick<Attempt, 'answers'>): boolean {
  const theirs = bySteps(steps, file.answers);
  return Object.entries(answers).some(([step, mine]) => JSON.stringify(mine) !== JSON.stringify(theirs[step]));
}

/** The attempt in a file, which replaces the one before; it continues at the last question that it answers. */
export function attemptFrom(file: AnswersFile, steps: readonly Step[], before: Attempt): Attempt {
  const answers = bySteps(steps, file.answers);
  const { tries = {}, earlier = {}, revealed = {} } = file;
  const hints = typeof file.hints === 'object' ? file.hints : before.hints;
  const seen: Attempt['seen'] = {};
  for (const [step, shown] of Object.entries(revealed)) if (shown) seen[step] = true;
  const at = Math.max(
    0,
    steps.findLastIndex(({ key }) => Object.hasOwn(answers, key)),
  );
  return { ...before, at, answers, drafts: answers, tries, earlier, seen, hints, right: {}, met: {} };
}
