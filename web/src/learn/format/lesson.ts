/** lesson.json: what a lesson is made of. */
import * as v from 'valibot';
import { labelLevels } from './label-levels.ts';
import { Match } from './match.ts';
import { Id } from './name.ts';

const ids = v.array(Id);

/** A number in the prose that comes from the run: a field of the nth matching event. */
export const Figure = v.object({
  of: Match,
  nth: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1)), 1),
  field: v.pipe(v.string(), v.maxLength(100)),
});
export type Figure = v.InferOutput<typeof Figure>;
export const name = /^[A-Za-z_]\w{0,63}$/;
const Figures = v.record(v.pipe(v.string(), v.regex(name)), Figure);

export const About = v.object({
  format: v.literal('tcplab-lesson/1'),
  id: Id,
  rev: v.pipe(v.number(), v.integer(), v.minValue(1)),
  number: v.pipe(v.number(), v.integer(), v.minValue(1)),
  minutes: v.pipe(v.number(), v.minValue(1)),
  rests_on: v.optional(ids, []),
  /** The terms that are first taught here. */
  terms: v.optional(ids, []),
  /** The beats in order; the first is the hook. */
  beats: v.pipe(ids, v.minLength(1), v.maxLength(20)),
  exercises: v.optional(ids, []),
  /** The exercises that show that the lesson is understood. */
  mastery: v.optional(ids, []),
  /** By beat. */
  figures: v.optional(v.record(Id, Figures), {}),
  /** By beat: how detailed the labels of arrows are from there on. */
  labels: v.optional(v.record(Id, v.picklist(labelLevels)), {}),
});
export type About = v.InferOutput<typeof About>;
