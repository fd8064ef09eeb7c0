/**
 * The engine's exercises and verdicts as validators, like engine/types.ts: what the page believes about them is
 * checked on every answer.
 */
import * as v from 'valibot';
import { Bilingual, Problems, TraceEvent } from '../engine/types.ts';
import { Match } from './goal.ts';
import { Alone, Part } from './kinds/all.ts';
import { common, count } from './kinds/asked.ts';
import { Chosen, Plotted } from './kinds/tune/plotted.ts';

const Explain = v.object({
  ...common,
  kind: v.literal('explain'),
  parts: v.array(Part),
});
export const Question = v.union([Alone, Explain]);
export type Question = v.InferOutput<typeof Question>;

const Intro = v.object({ title: v.string(), task: v.string(), after: v.optional(v.string(), '') });

/** A plain text is the same in both languages. */
export const Chapter = v.pipe(
  v.union([v.object({ en: v.string(), zh: v.string() }), v.string()]),
  v.transform((text) => (typeof text === 'string' ? { en: text, zh: text } : text)),
);

export const Exercise = v.object({
  id: v.string(),
  rev: count,
  chapter: Chapter,
  teaches: v.array(v.string()),
  seed: count,
  params: v.record(v.string(), v.unknown()),
  profile: v.string(),
  scenario: v.string(),
  text: v.object({ en: Intro, zh: Intro }),
  questions: v.array(Question),
});
export type Exercise = v.InferOutput<typeof Exercise>;
export const Loaded = v.object({ exercise: Exercise });

export const Diagnosis = v.object({
  misconception: v.string(),
  /** The mutants that would give this answer: one, or two together; none if the answer itself shows the idea. */
  mutants: v.optional(v.array(v.string()), []),
  fields: v.array(v.string()),
  /** Numbers of the first events that differ, in the real run and in the mutants'. */
  parts: v.optional(v.object({ n: count, other: v.nullish(count) })),
  /** Number of the event of the real run that refutes it. */
  event: v.optional(count),
});
export type Diagnosis = v.InferOutput<typeof Diagnosis>;

/** A small mistake that needs no misconception to explain it. */
const Slip = v.object({ kind: v.string(), fields: v.array(v.string()), text: Bilingual });

const OneOrMore = v.union([v.string(), v.array(v.string())]);
const Fault = v.object({
  do: v.string(),
  match: v.optional(v.record(v.string(), v.union([v.string(), v.number(), v.boolean()])), {}),
});
const ScriptEntry = v.looseObject({ do: v.string(), host: v.optional(v.string()) });
/** How another run differs from the exercise's. */
const Change = v.object({
  mutant: v.optional(OneOrMore, []),
  faults: v.optional(v.array(Fault), []),
  script: v.optional(v.array(ScriptEntry), []),
});
export type Change = v.InferOutput<typeof Change>;

export const FieldVerdict = v.object({
  name: v.string(),
  answer: v.optional(v.unknown()),
  expected: v.optional(v.unknown()),
  correct: v.boolean(),
  /** Why this field's value could not be read. */
  problem: v.optional(Bilingual),
  /** For a wrong field: numbers of the events that decide it. */
  evidence: v.optional(v.array(count), []),
  /** For a wrong field: what decides it in changed runs. */
  elsewhere: v.optional(v.array(v.object({ change: Change, events: v.array(TraceEvent) })), []),
});
export type FieldVerdict = v.InferOutput<typeof FieldVerdict>;

/** A field in which an event differs from a goal. */
const Miss = v.object({ field: v.string(), wanted: v.unknown(), found: v.unknown() });
export type Miss = v.InferOutput<typeof Miss>;
/** Why a goal does not hold, and how far the run got: engine/lab/shortfall.hpp. */
const Shortfall = v.object({
  reason: v.picklist(['nearest', 'unlike', 'happened', 'count', 'order', 'state', 'holds']),
  /** Leads to the goal that this is about, inside `all`, `any` and `not`. */
  part: v.string(),
  n: v.nullish(count),
  misses: v.optional(v.array(Miss), []),
  found: v.optional(v.union([count, v.string()])),
  match: v.optional(Match),
});
export type Shortfall = v.InferOutput<typeof Shortfall>;
/** Data of an earlier connection that was accepted: the event where it came, its seq, and RCV.NXT then. */
const OldData = v.object({ n: count, seq: count, expected: count });
export type OldData = v.InferOutput<typeof OldData>;
export const GoalVerdict = v.object({
  holds: v.boolean(),
  /** The event that decided. */
  n: v.nullish(count),
  /** Where octets of an earlier connection were delivered. */
  old_data: v.optional(OldData),
  /** Set if the goal does not hold. */
  why: v.nullish(Shortfall),
});
export type GoalVerdict = v.InferOutput<typeof GoalVerdict>;

/** The verdict on a tune: the choice, its cost, and its result. */
const Tuned = v.object({
  choice: Chosen,
  cost: count,
  /** The cheapest choice that reaches all goals, if that was asked for. */
  best: v.optional(v.object({ choice: Chosen, cost: count })),
  plotted: Plotted,
  end: count,
  /** The events that show why goals hold or not. */
  events: v.array(TraceEvent),
});

const judged = {
  id: v.string(),
  kind: v.string(),
  score: count,
  max: count,
  /** What the attempt earns: twice `max` at most. */
  half_points: count,
  correct: v.boolean(),
  fields: v.optional(v.array(FieldVerdict), []),
  diagnoses: v.optional(v.array(Diagnosis), []),
  slips: v.optional(v.array(Slip), []),
  evidence: v.optional(v.array(count), []),
  goals: v.optional(v.array(GoalVerdict), []),
  /** For a break: the count of actions, where both runs part, and which other runs would have parted too. */
  actions: v.optional(count, 0),
  differs: v.nullish(v.object({ n: count, other: count })),
  others: v.optional(v.array(v.object({ mutant: v.string(), misconception: v.string() })), []),
  tuned: v.optional(Tuned),
  /** An answer that could not be read, and why. */
  problem: v.optional(Bilingual),
};
const PartVerdict = v.object(judged);
export const QuestionVerdict = v.object({ ...judged, parts: v.optional(v.array(PartVerdict), []) });
export type StepVerdict = v.InferOutput<typeof PartVerdict>;

export const Verdict = v.object({
  exercise: v.string(),
  rev: count,
  seed: count,
  engine: v.string(),
  score: count,
  max: count,
  half_points: count,
  questions: v.array(QuestionVerdict),
});
export type Verdict = v.InferOutput<typeof Verdict>;

export { Problems };
