/** How far a student has come with one question, and what the page may tell there. */
import { kindOf, type Kind } from './kinds/all.ts';
import type { StepVerdict } from './types.ts';

/** After how many wrong answers the right one is shown. */
export const triesBeforeShown = 2;

export type Stage =
  /** Not answered yet. */
  | 'asked'
  /** Answered wrongly; the right answer stays hidden. */
  | 'again'
  /** The right answer was shown: the student did not find it, or only afterwards. */
  | 'shown'
  /** All goals are reached, but the student had said that it cannot be done. */
  | 'done'
  | 'right'
  /** Submitted and not judged: finished once the student has compared. */
  | 'said';

export function stageOf(kind: Kind, verdict: StepVerdict | undefined, shown: boolean): Stage {
  if (!verdict) return 'asked';
  if (!kindOf({ kind }).isJudged) return 'said';
  if (shown) return canBeShown(kind) ? 'shown' : 'done';
  return verdict.correct ? 'right' : 'again';
}

/** Whether nothing is left to find out, so that the world may go on. */
export const isSettled = (stage: Stage): boolean => stage !== 'asked' && stage !== 'again';

/** The result of an exercise: passed if all that is judged is right, finished if nothing is left to do. */
export type Outcome = 'passed' | 'finished' | 'begun';

export function outcomeOf(steps: readonly { kind: Kind; stage: Stage }[]): Outcome {
  // A build may be left unsolved: its goals give nothing away.
  const isDone = ({ kind, stage }: { kind: Kind; stage: Stage }) =>
    isSettled(stage) || (stage === 'again' && !canBeShown(kind));
  if (steps.length === 0 || !steps.every(isDone)) return 'begun';
  const judged = steps.filter((step) => kindOf(step).isJudged);
  return judged.length > 0 && judged.every(({ stage }) => stage === 'right') ? 'passed' : 'finished';
}

/** Whether there is an answer that could be shown. */
export const canBeShown = (kind: Kind): boolean => kindOf({ kind }).canBeShown;

/** Whether the right answer is shown if this try is wrong too. */
export const isLastTry = (kind: Kind, tries: number): boolean => canBeShown(kind) && tries >= triesBeforeShown - 1;

/** Whether the world waits at the question, rather than being shown as a whole. */
export const waits = (asked: { kind: Kind; pause: unknown }): boolean =>
  kindOf(asked).isAhead === true || asked.pause !== null;
