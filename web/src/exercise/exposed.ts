/** What an answer says about the student's misconceptions, for the record of mastery. */
import type { Stored } from '../app/storage.ts';
import type { Exposure, Sure } from '../mastery/exposure.ts';
import { keepExposure } from '../mastery/store.ts';
import { kindOf } from './kinds/all.ts';
import type { Step } from './steps.ts';
import type { StepVerdict } from './types.ts';

/** The exercise and variant that an answer belongs to. */
interface Of {
  item: string;
  seed: number;
  teaches: readonly string[];
  steps: readonly Step[];
}

/** The misconceptions that explain an answer as well as the likeliest one does. */
function explaining({ correct, diagnoses }: StepVerdict): string[] {
  const most = diagnoses[0]?.fields.length ?? 0;
  const equal = correct ? [] : diagnoses.filter(({ fields }) => fields.length === most);
  return [...new Set(equal.map(({ misconception }) => misconception))];
}

export function exposureOf(
  { item, seed, teaches, steps }: Of,
  { asked, key }: Pick<Step, 'asked' | 'key'>,
  verdict: StepVerdict,
  { nth, sure, at }: { nth: number; sure: Sure | undefined; at: number },
): Exposure {
  const shown = explaining(verdict);
  const wrong = kindOf(asked).wrongAnswers?.(asked);
  return {
    at,
    item,
    step: key,
    seed,
    kind: asked.kind,
    try: nth,
    right: verdict.correct,
    ...(sure && { sure }),
    of: Math.max(1, steps.filter((step) => kindOf(step.asked).isJudged).length),
    ...(wrong && { wrong }),
    could: [...new Set([...teaches, ...shown])],
    shown,
  };
}

/** Adds a judged answer to the record. */
export function keepAnswer(
  of: Of,
  step: Pick<Step, 'asked' | 'key'>,
  verdict: StepVerdict,
  nth: number,
  sure: Sure | undefined,
): Stored {
  if (!kindOf(step.asked).isJudged) return 'kept';
  return keepExposure(exposureOf(of, step, verdict, { nth, sure, at: Date.now() }));
}
