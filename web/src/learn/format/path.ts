/** path.json: all lessons in order, and entries for readers with an incident. */
import * as v from 'valibot';
import { Bilingual } from '../../engine/types.ts';

export const parts = ['open', 'close', 'break', 'load'] as const;
export type Part = (typeof parts)[number];

const Step = v.object({
  number: v.number(),
  id: v.string(),
  part: v.picklist(parts),
  minutes: v.number(),
  /** Lessons that should be done before. */
  rests_on: v.optional(v.array(v.string()), []),
  title: Bilingual,
  question: Bilingual,
});
export type Step = v.InferOutput<typeof Step>;

const Incident = v.object({
  symptom: Bilingual,
  /** The first question to ask. */
  ask: Bilingual,
  /** The number of the lesson that explains it. */
  lesson: v.optional(v.number()),
  /** A scenario that shows it. */
  scenario: v.optional(v.string()),
});
export type Incident = v.InferOutput<typeof Incident>;

export const Path = v.object({
  format: v.literal('tcplab-path/1'),
  lessons: v.array(Step),
  incidents: v.optional(v.array(Incident), []),
});
