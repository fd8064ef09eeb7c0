/** How far a student has come with one question, and what the page may tell there. */
import { kindOf, type Kind } from './kinds/all.ts';
import type { StepVerdict } from './types.ts';

/** The answer is shown after so many wrong ones. */
export const triesBeforeShown = 2;

export type Stage =
  /** Not answered yet. */
  | 'asked'
  /** Answered wrongly; the right answer stays hidden. */
  | 'again'
  /** Not given by the student, or only once it was shown. */
  | 'shown'
  /** All is done, but that it can be was denied before. */
  | 'done'
  | 'right'
  /** Handed in, and not judged: finished once the student has compared. */
  | 'said';

export function stageOf(kind: Kind, verdict: StepVerdict | undefined, shown: boolean): Stage {
  if (!verdict) return 'asked';
  if (!kindOf({ kind }).isJudged) return 'said';
  if (shown) return canBeShown(kind) ? 'shown' : 'done';
  return verdict.correct ? 'right' : 'again';
}

/** Nothing is left to find out: the world may go on. */
export const isSettled = (stage: Stage): boolean => stage !== 'asked' && stage !== 'again';

/** What an exercise came to: passed when all that is judged is right, and finished when nothing is left to do. */
export type Outcome = 'passed' | 'finished' | 'begun';

export function outcomeOf(steps: readonly { kind: Kind; stage: Stage }[]): Outcome {
  // A build may be left as it is, for its goals tell nothing.
  const isDone = ({ kind, stage }: { kind: Kind; stage: Stage }) =>
    isSettled(stage) || (stage === 'again' && !canBeShown(kind));
  if (steps.length === 0 || !steps.every(isDone)) return 'begun';
  const judged = steps.filter((step) => kindOf(step).isJudged);
  return judged.length > 0 && judged.every(({ stage }) => stage === 'right') ? 'passed' : 'finished';
}

/** Whether there is an answer that could be shown. */
export const canBeShown = (kind: Kind): boolean => kindOf({ kind }).canBeShown;

/** Whether one more wrong answer, after so many, lets the right one be shown. */
export const isLastTry = (kind: Kind, tries: number): boolean => canBeShown(kind) && tries >= triesBeforeShown - 1;

/** Whether the world waits where the question is asked, rather than being there as a whole. */
export const waits = (asked: { kind: Kind; pause: unknown }): boolean =>
  kindOf(asked).isAhead === true || asked.pause !== null;
