/** One answered question, as far as it tells what a student believes: what was seen, and no score. */
import * as v from 'valibot';

export const sureness = ['guess', 'fairly', 'certain'] as const;
export type Sure = (typeof sureness)[number];

const count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1_000_000));
/** Milliseconds since 1970. */
export const Moment = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(8.64e15));
export const Name = v.pipe(v.string(), v.minLength(1), v.maxLength(200));
/** Misconceptions: a question that could show more tells nothing of any. */
const Ideas = v.pipe(v.array(v.pipe(v.string(), v.regex(/^M\d{2,4}$/))), v.maxLength(40));

export const Exposure = v.object({
  at: Moment,
  /** The exercise, or the step of a lesson, by its key; and its question. */
  item: Name,
  step: Name,
  seed: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0xffff_ffff)),
  kind: v.pipe(v.string(), v.regex(/^[a-z_]{1,40}$/)),
  /** From 1; an answer after something was told is never the first. */
  try: v.pipe(count, v.minValue(1)),
  right: v.boolean(),
  sure: v.optional(v.picklist(sureness)),
  /** How many judged questions the exercise has: it says of them together what they can show. */
  of: v.pipe(count, v.minValue(1)),
  /** How many wrong answers there were to choose; missing where they are many. */
  wrong: v.optional(v.pipe(count, v.minValue(1))),
  /** Misconceptions that an answer could have shown, and those that explain this one equally well. */
  could: Ideas,
  shown: Ideas,
});
export type Exposure = v.InferOutput<typeof Exposure>;

/** Two records of one answer have the same. */
export const placeOf = ({ item, seed, step }: Exposure): string => JSON.stringify([item, seed, step]);
export const identityOf = (each: Exposure): string => `${each.at} ${each.try} ${placeOf(each)}`;
