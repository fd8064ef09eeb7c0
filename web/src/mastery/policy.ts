/**
 * How answers become a picture of what a student believes. For each misconception there is a score in log-odds, 0 where
 * nothing is known; each opportunity moves it. Nothing of this is kept while the answers are: another policy can read
 * the same answers again.
 */
import * as v from 'valibot';
import { Moment, Name, type Exposure } from './exposure.ts';

export const policy = 1;

export const day = 24 * 60 * 60 * 1000;
/** What was known long ago is uncertain again. */
export const halfLife = 30 * day;

/** Odds times 3 where the answer shows it, times 0.4 where it could have been shown and was not. */
export const showing = Math.log(3);
export const rejecting = Math.log(0.4);

/** By how much an answer moves the score of a misconception. */
export function stepOf(idea: string, { try: nth, shown, right, could, wrong, of }: Exposure): number {
  // After the first answer something was told.
  if (nth > 1) return 0;
  if (shown.includes(idea)) return showing / shown.length;
  // Of another wrong answer nothing follows: what was not chosen may still be believed.
  if (!right || !could.includes(idea)) return 0;
  // Of two choices one is right by chance half the time, of three a third of it.
  const byMerit = wrong === undefined ? 1 : wrong / (wrong + 1);
  return (rejecting * byMerit) / of;
}

export const decayed = (score: number, elapsed: number): number => score * 2 ** (-Math.max(0, elapsed) / halfLife);

const Count = v.pipe(v.number(), v.integer(), v.minValue(0));
const Score = v.pipe(v.number(), v.finite(), v.minValue(-1000), v.maxValue(1000));

/** What the answers so far say of one misconception. */
export const Standing = v.object({
  /** As it was at that moment, which is that of the last opportunity. */
  score: Score,
  at: Moment,
  asked: Count,
  shown: Count,
  /** Kinds of questions that were answered rightly at first try since it was shown last. */
  kinds: v.pipe(v.array(Name), v.maxLength(40)),
  /** The student was certain of a wrong answer that showed it, or that nothing explains; it was not rejected since. */
  surely: v.boolean(),
});
export type Standing = v.InferOutput<typeof Standing>;

const unknown: Standing = { score: 0, at: 0, asked: 0, shown: 0, kinds: [], surely: false };

/** Right at first try in two kinds: another question of the same kind may be answered by habit. */
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

/** The standings after some more answers, in the order of time. */
export function standingsAfter(before: Standings, exposures: readonly Exposure[]): Standings {
  const all = new Map(Object.entries(before));
  for (const exposure of exposures)
    for (const idea of new Set([...exposure.could, ...exposure.shown]))
      all.set(idea, after(all.get(idea) ?? unknown, idea, exposure));
  return Object.fromEntries(all);
}

/** Exercises of which one variant was right at first try from its first question to its last, and their kinds. */
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

/** Whether exercises that were right at first try show two kinds together; all of them must be. */
export function areMastered(items: readonly string[], firsts: Firsts): boolean {
  const kinds = items.map((item) => (Object.hasOwn(firsts, item) ? (firsts[item] ?? []) : undefined));
  return (
    kinds.length > 0 && kinds.every((each) => each !== undefined) && isMastered({ kinds: [...new Set(kinds.flat())] })
  );
}
