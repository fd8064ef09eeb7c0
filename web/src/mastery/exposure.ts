/** One answered question as evidence of what a student believes: only what was observed, without a score. */
import * as v from 'valibot';

export const sureness = ['guess', 'fairly', 'certain'] as const;
export type Sure = (typeof sureness)[number];

const count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1_000_000));
/** Milliseconds since 1970. */
export const Moment = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(8.64e15));
export const Name = v.pipe(v.string(), v.minLength(1), v.maxLength(200));
/** Misconceptions; the limit is there because a question that could show more would say nothing about any of them. */
const Ideas = v.pipe(v.array(v.pipe(v.string(), v.regex(/^M\d{2,4}$/))), v.maxLength(40));

export const Exposure = v.object({
  at: Moment,
  /** The key of the exercise, or of the lesson's step, and the question in it. */
  item: Name,
  step: Name,
  seed: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0xffff_ffff)),
  kind: v.pipe(v.string(), v.regex(/^[a-z_]{1,40}$/)),
  /** From 1; an answer given after a hint or a shown answer never counts as the first. */
  try: v.pipe(count, v.minValue(1)),
  right: v.boolean(),
  sure: v.optional(v.picklist(sureness)),
  /** How many judged questions the exercise has, since it declares for all of them together what they can show. */
  of: v.pipe(count, v.minValue(1)),
  /** How many wrong choices there were; undefined if there were many. */
  wrong: v.optional(v.pipe(count, v.minValue(1))),
  /** Misconceptions that an answer could have shown, and those that explain this one equally well. */
  could: Ideas,
  shown: Ideas,
});
export type Exposure = v.InferOutput<typeof Exposure>;

/** Two records of the same answer have the same identity. */
export const placeOf = ({ item, seed, step }: Exposure): string => JSON.stringify([item, seed, step]);
export const identityOf = (each: Exposure): string => `${each.at} ${each.try} ${placeOf(each)}`;
