/**
 * What a student has done in exercises, saved in the browser's storage at every step, or in memory if that is blocked.
 * Verdicts are not saved: grading the answers again gives the same ones.
 */
import * as v from 'valibot';
import { forget, load, onStored, store, type Stored } from '../app/storage.ts';
import { storedNames } from '../app/stored-names.ts';
import type { Outcome } from './stage.ts';

const byStep = <Schema extends v.GenericSchema>(value: Schema) => v.optional(v.record(v.string(), value), {});

const index = v.pipe(v.number(), v.integer(), v.minValue(0));

const Attempt = v.object({
  seed: v.pipe(index, v.maxValue(0xffff_ffff)),
  /** Index of the step at which the student is. */
  at: v.optional(index, 0),
  /** By step: the last answer that was submitted, and the current draft. */
  answers: byStep(v.unknown()),
  drafts: byStep(v.unknown()),
  tries: byStep(v.number()),
  /** By step: the answers submitted before the last one. */
  earlier: byStep(v.array(v.unknown())),
  /** By step: the misconceptions that wrong answers showed. */
  met: byStep(v.array(v.string())),
  /** For steps answered correctly: at which try. */
  right: byStep(v.number()),
  /** Steps whose right answer was shown before the student gave it. */
  seen: byStep(v.literal(true)),
  /** Sentences of model answers that the student ticked. */
  ticks: byStep(v.array(v.number())),
  /** By step: how many hints were read. Old attempts have one count for all steps, which is dropped. */
  hints: v.fallback(byStep(v.number()), {}),
});
export type Attempt = v.InferOutput<typeof Attempt>;

/** How many earlier answers are kept per step: the first ones and the last. */
const mostEarlier = 8;

/** The attempt with one more submitted answer. */
export function handedIn(attempt: Attempt, step: string, answer: unknown): Attempt {
  const { answers, tries, earlier } = attempt;
  const before = Object.hasOwn(answers, step)
    ? [...(earlier[step] ?? []).slice(0, mostEarlier - 1), answers[step]]
    : [];
  return {
    ...attempt,
    answers: { ...answers, [step]: answer },
    tries: { ...tries, [step]: (tries[step] ?? 0) + 1 },
    earlier: { ...earlier, [step]: before },
  };
}

/** All that is kept of one exercise. */
export const Kept = v.object({
  rev: v.number(),
  attempts: v.array(Attempt),
  passed: v.optional(v.boolean(), false),
  finished: v.optional(v.boolean(), false),
});
export type Kept = v.InferOutput<typeof Kept>;

export type Progress = 'new' | Outcome;

export const mostAttempts = 5;
/** What the browser's storage did not take. */
const memory = new Map<string, Kept>();
/** By exercise and seed: the attempt as this tab last read or wrote it, from which its own changes are found. */
const bases = new Map<string, Attempt>();
const baseKey = (key: string, seed: number) => `${seed} ${key}`;
const storagePrefix = 'exercise.';
const storageKey = (key: string) => storagePrefix + key;
export const buildKey = (key: string, rev: number, seed: number, step: string): string =>
  `exercise-build.${key}.${rev}.${seed}.${step}`;

/** The exercises and steps of lessons of which something is kept, whether the page has them now or not. */
export const keysKept = (): string[] => [...new Set([...storedNames(storagePrefix), ...memory.keys()])];

/** What is kept of an exercise, of whatever revision. */
export function keptOf(key: string): Kept | undefined {
  const here = memory.get(key);
  if (here) return here;
  try {
    const result = v.safeParse(Kept, JSON.parse(load(storageKey(key)) ?? ''));
    return result.success ? result.output : undefined;
  } catch {
    return undefined;
  }
}

/** Replaces what is saved, or removes it. */
export function putKept(key: string, kept: Kept | undefined): Stored {
  const stored = kept ? store(storageKey(key), JSON.stringify(kept)) : 'kept';
  if (!kept) forget(storageKey(key));
  if (kept && stored !== 'kept') memory.set(key, kept);
  else memory.delete(key);
  return stored;
}

/** Nothing if the revision differs: another revision may ask other questions. */
function keptNow(key: string, rev: number): Kept {
  const kept = keptOf(key);
  return kept?.rev === rev ? kept : { rev, attempts: [], passed: false, finished: false };
}

const found = (kept: Kept, seed: number): Attempt =>
  kept.attempts.find((attempt) => attempt.seed === seed) ?? v.parse(Attempt, { seed });

export function attemptOf(key: string, rev: number, seed: number): Attempt {
  const attempt = found(keptNow(key, rev), seed);
  bases.set(baseKey(key, seed), structuredClone(attempt));
  return attempt;
}

/** The attempt merged with what another tab has saved of it meanwhile. */
export function joined(key: string, rev: number, mine: Attempt): Attempt {
  const base = bases.get(baseKey(key, mine.seed)) ?? mine;
  const attempt = merged(base, mine, found(keptNow(key, rev), mine.seed));
  bases.set(baseKey(key, mine.seed), structuredClone(attempt));
  return attempt;
}

/** Calls `listener` when another tab has saved something of this exercise; returns a function that stops it. */
export const onKept = (key: string, listener: () => void): (() => void) => onStored(storageKey(key), listener);

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A three-way merge, step by step: the changes made here, and everything else as the other tab has it. */
function merged<Value>(base: Value, mine: Value, theirs: Value, depth = 2): Value {
  if (depth === 0 || !isRecord(base) || !isRecord(mine) || !isRecord(theirs)) return same(base, mine) ? theirs : mine;
  const names = new Set([...Object.keys(theirs), ...Object.keys(mine)]);
  const result: Record<string, unknown> = {};
  for (const name of names) {
    const value = merged(base[name], mine[name], theirs[name], depth - 1);
    if (value !== undefined) result[name] = value;
  }
  return result as Value;
}

/** All that is kept of one exercise, the newest first. */
export const keptAttempts = (key: string, rev: number): readonly Attempt[] => keptNow(key, rev).attempts;

/** The seed that the student worked with last. */
export const lastSeed = (key: string, rev: number): number | undefined => keptNow(key, rev).attempts[0]?.seed;

export function keep(
  key: string,
  rev: number,
  attempt: Attempt,
  reached: { passed: boolean; finished: boolean },
): Stored {
  const before = keptNow(key, rev);
  const base = bases.get(baseKey(key, attempt.seed));
  const changed = base === undefined || !same(base, attempt);
  if (!changed && before.passed >= reached.passed && before.finished >= reached.finished) return 'kept';
  const whole = base ? merged(base, attempt, found(before, attempt.seed)) : attempt;
  bases.set(baseKey(key, attempt.seed), structuredClone(attempt));
  const others = before.attempts.filter((each) => each.seed !== attempt.seed);
  const attempts = [whole, ...others];
  for (const old of attempts.splice(mostAttempts)) {
    for (const step of Object.keys(old.drafts)) forget(buildKey(key, rev, old.seed, step));
  }
  const kept = {
    rev,
    attempts,
    passed: before.passed || reached.passed,
    finished: before.finished || reached.finished,
  };
  return putKept(key, kept);
}

export function progressOf(key: string, rev: number): Progress {
  const { attempts, passed, finished } = keptNow(key, rev);
  if (passed) return 'passed';
  if (finished) return 'finished';
  const begun = attempts.some((attempt) => Object.keys(attempt.answers).length > 0);
  return begun ? 'begun' : 'new';
}

/** Whether this browser stores anything for this page. */
export function storageWorks(): boolean {
  const works = store('probe', '1') === 'kept';
  forget('probe');
  return works;
}
