/**
 * What a student has done in exercises, kept in the browser's own storage at every step; in memory where that is
 * blocked. Verdicts are not kept: they are graded anew, and come out the same.
 */
import * as v from 'valibot';
import { forget, load, store, type Stored } from '../app/storage.ts';

const byStep = <Schema extends v.GenericSchema>(value: Schema) =>
  v.optional(v.record(v.string(), value), {});

const Attempt = v.object({
  seed: v.number(),
  /** Index of the step at which the student is. */
  at: v.optional(v.number(), 0),
  /** By step: the last answer that was handed in, and what is being written. */
  answers: byStep(v.unknown()),
  drafts: byStep(v.unknown()),
  tries: byStep(v.number()),
  /** Steps answered rightly: at which try. */
  right: byStep(v.number()),
  /** Steps whose right answer was shown before it was given. */
  seen: byStep(v.literal(true)),
  /** Sentences of model answers that the student ticked. */
  ticks: byStep(v.array(v.number())),
  hints: v.optional(v.number(), 0),
});
export type Attempt = v.InferOutput<typeof Attempt>;

const Kept = v.object({
  rev: v.number(),
  attempts: v.array(Attempt),
  passed: v.optional(v.boolean(), false),
  finished: v.optional(v.boolean(), false),
});
type Kept = v.InferOutput<typeof Kept>;

export type Progress = 'new' | 'begun' | 'passed' | 'seen';

const mostAttempts = 5;
const memory = new Map<string, Kept>();
const storageKey = (key: string) => `exercise.${key}`;
export const buildKey = (key: string, seed: number, step: string): string =>
  `exercise-build.${key}.${seed}.${step}`;

function keptOf(key: string, rev: number): Kept {
  const here = memory.get(key);
  if (here?.rev === rev) return here;
  const fresh: Kept = { rev, attempts: [], passed: false, finished: false };
  const text = load(storageKey(key));
  if (text === null) return fresh;
  try {
    const result = v.safeParse(Kept, JSON.parse(text));
    // Answers to another revision are answers to other questions.
    return result.success && result.output.rev === rev ? result.output : fresh;
  } catch {
    return fresh;
  }
}

export function attemptOf(key: string, rev: number, seed: number): Attempt {
  const found = keptOf(key, rev).attempts.find((attempt) => attempt.seed === seed);
  return found ?? v.parse(Attempt, { seed });
}

/** The seed that the student worked with last. */
export const lastSeed = (key: string, rev: number): number | undefined =>
  keptOf(key, rev).attempts[0]?.seed;

export function keep(
  key: string,
  rev: number,
  attempt: Attempt,
  reached: { passed: boolean; finished: boolean },
): Stored {
  const before = keptOf(key, rev);
  const others = before.attempts.filter((each) => each.seed !== attempt.seed);
  const attempts = [attempt, ...others];
  for (const old of attempts.splice(mostAttempts)) {
    for (const step of Object.keys(old.drafts)) forget(buildKey(key, old.seed, step));
  }
  const kept = {
    rev,
    attempts,
    passed: before.passed || reached.passed,
    finished: before.finished || reached.finished,
  };
  memory.set(key, kept);
  return store(storageKey(key), JSON.stringify(kept));
}

export function progressOf(key: string, rev: number): Progress {
  const { attempts, passed, finished } = keptOf(key, rev);
  if (passed) return 'passed';
  if (finished) return 'seen';
  const begun = attempts.some((attempt) => Object.keys(attempt.answers).length > 0);
  return begun ? 'begun' : 'new';
}

/** Whether this browser stores anything for this page. */
export function storageWorks(): boolean {
  const works = store('probe', '1') === 'kept';
  forget('probe');
  return works;
}
