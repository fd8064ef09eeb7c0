/**
 * Estimates from answers what a student believes. Each misconception has a score in log-odds, which starts at 0
 * (nothing is known) and moves with each opportunity. Scores are not saved as long as the answers are, so that another
 * policy can evaluate the same answers again.
 */
import * as v from 'valibot';
import { Moment, Name, type Exposure } from './exposure.ts';

export const policy = 1;

export const day = 24 * 60 * 60 * 1000;
/** Scores decay towards 0, as what was known long ago is uncertain again. */
export const halfLife = 30 * day;

/** The odds are multiplied by 3 if the answer shows the misconception, by 0.4 if it could have but did not. */
export const showing = Math.log(3);
export const rejecting = Math.log(0.4);

/** How much an answer changes the score of a misconception. */
export function stepOf(idea: string, { try: nth, shown, right, could, wrong, of }: Exposure): number {
  // Later answers do not count: after the first one, the page has given something away.
  if (nth > 1) return 0;
  if (shown.includes(idea)) return showing / shown.length;
  // A different wrong answer proves nothing: the student may still believe what they did not choose.
  if (!right || !could.includes(idea)) return 0;
  // Correct for guessing, which is right half of the time with two choices, and a third with three.
  const byMerit = wrong === undefined ? 1 : wrong / (wrong + 1);
  return (rejecting * byMerit) / of;
}

export const decayed = (score: number, elapsed: number): number => score * 2 ** (-Math.max(0, elapsed) / halfLife);

const Count = v.pipe(v.number(), v.integer(), v.minValue(0));
const Score = v.pipe(v.number(), v.finite(), v.minValue(-1000), v.maxValue(1000));

/** What the answers so far say of one misconception. */
export const Standing = v.object({
  /** The score at the time of the last opportunity. */
  score: Score,
  at: Moment,
  asked: Count,
  shown: Count,
  /** Kinds of questions that were right at the first try since the misconception was last shown. */
  kinds: v.pipe(v.array(Name), v.maxLength(40)),
  /** Whether the student was certain of a wrong answer that showed it, or was unexplained; not rejected since. */
  surely: v.boolean(),
});
export type Standing = v.InferOutput<typeof Standing>;

const unknown: Standing = { score: 0, at: 0, asked: 0, shown: 0, kinds: [], surely: false };

/** Right at the first try in two kinds of questions, since one kind may be answered by habit. */
export const isMastered = ({ kinds }: { kinds: readonly string[] }): boolean => kinds.length >= 2;

export const scoreAt = ({ score, at }: Standing, now: number): number => decayed(score, now - at);

function after(before: Standing, idea: string, exposure: Exposure): Standing {
  const { at, kind, right, sure, shown } = exposure;
  const isShown = shown.includes(idea);
  const isRejected = right && exposure.try === 1;
  const isAboutIt = !right && exposure.try === 1 && (isShown || shown.length === 0);
  const kinds = isShown ? [] : isRejected ? [...new Set([...before.kinds, kind])] : before.kinds;
  return {
    score: scoreAt(before, at) + stepOf(idea, exposure),
    at: Math.max(at, before.at),
    asked: before.asked + 1,
    shown: before.shown + (isShown ? 1 : 0),
    kinds,
    surely: isAboutIt ? sure === 'certain' : before.surely && !isRejected,
  };
}

export type Standings = Readonly<Record<string, Standing>>;

/** The standings after more answers, which must be in order of time. */
export function standingsAfter(before: Standings, exposures: readonly Exposure[]): Standings {
  const all = new Map(Object.entries(before));
  for (const exposure of exposures)
    for (const idea of new Set([...exposure.could, ...exposure.shown]))
      all.set(idea, after(all.get(idea) ?? unknown, idea, exposure));
  return Object.fromEntries(all);
}

/** Exercises of which some variant was right at the first try in all questions, with their kinds of questions. */
export type Firsts = Readonly<Record<string, readonly string[]>>;

export function firstsAfter(before: Firsts, exposures: readonly Exposure[]): Firsts {
  const steps = new Map<string, Map<string, string>>();
  const all = new Map(Object.entries(before));
  for (const { item, seed, step, kind, right, of, try: nth } of exposures) {
    if (!right || nth > 1) continue;
    const variant = JSON.stringify([item, seed]);
    const done = steps.get(variant) ?? new Map<string, string>();
    steps.set(variant, done.set(step, kind));
    if (done.size >= of) all.set(item, [...new Set(done.values())]);
  }
  return Object.fromEntries(all);
}

/** Whether all these exercises were right at the first try, and have two kinds of questions between them. */
export function areMastered(items: readonly string[], firsts: Firsts): boolean {
  const kinds = items.map((item) => (Object.hasOwn(firsts, item) ? (firsts[item] ?? []) : undefined));
  return (
    kinds.length > 0 && kinds.every((each) => each !== undefined) && isMastered({ kinds: [...new Set(kinds.flat())] })
  );
}
