/**
 * The engine's exercises and verdicts as validators, like engine/types.ts: what the page believes about them is
 * checked on every answer.
 */
import * as v from 'valibot';
import { byName } from '../app/by-name.ts';
import { Bilingual, Problems, State, states, TraceEvent } from '../engine/types.ts';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

export const matchFields = [
  'kind',
  'host',
  'socket',
  'rule',
  'conn',
  'from',
  'to',
  'event',
  'edge',
  'flags',
  'len',
  'len_min',
  'seq',
  'ack',
  'src',
  'dst',
  'id',
  'copy',
  'retransmission',
  'where',
  'call',
  'error',
  'bytes',
  'text',
  'stale',
  'timer',
] as const;
/** Fields that an event must have, as engine/lab/predicate.hpp lists them. */
export const Match = v.record(
  v.picklist(matchFields),
  v.union([v.string(), v.number(), v.boolean()]),
) as v.GenericSchema<unknown, Match>;
export type Match = Partial<Record<(typeof matchFields)[number], string | number | boolean>>;

/** A host, or one of its sockets. */
const place = { host: v.string(), socket: v.optional(v.string()) };
const Socket = v.object({ host: v.string(), socket: v.string() });
const Where = v.object({ ...place, state: v.picklist(states) });
const Delivered = v.object({
  ...place,
  text: v.optional(v.string()),
  at_least: v.optional(count),
  stale: v.optional(v.boolean()),
});

/** A temporal predicate over the trace: exactly one of its members is there. */
export interface Goal {
  eventually?: Match | undefined;
  never?: Match | undefined;
  count?: { of: Match; at_least?: number | undefined; at_most?: number | undefined } | undefined;
  before?: [Match, Match] | undefined;
  delivered?: v.InferOutput<typeof Delivered> | undefined;
  at_end?: v.InferOutput<typeof Where> | undefined;
  always?: v.InferOutput<typeof Where> | undefined;
  all?: Goal[] | undefined;
  any?: Goal[] | undefined;
  not?: Goal | undefined;
}
export const Goal: v.GenericSchema<unknown, Goal> = v.strictObject({
  eventually: v.optional(Match),
  never: v.optional(Match),
  count: v.optional(
    v.object({ of: Match, at_least: v.optional(count), at_most: v.optional(count) }),
  ),
  before: v.optional(v.tuple([Match, Match])),
  delivered: v.optional(Delivered),
  at_end: v.optional(Where),
  always: v.optional(Where),
  all: v.optional(v.array(v.lazy(() => Goal))),
  any: v.optional(v.array(v.lazy(() => Goal))),
  not: v.optional(v.lazy(() => Goal)),
}) as v.GenericSchema<unknown, Goal>;

const Hints = v.object({ en: v.array(v.string()), zh: v.array(v.string()) });

const common = {
  id: v.string(),
  points: count,
  text: Bilingual,
  /** From the most general to the most specific. */
  hints: Hints,
  /** The world stands before this step while the question is asked. */
  pause: v.nullable(v.object({ step: count, t: count })),
  /** Variables of a connection that would tell the answer. */
  covered: v.optional(v.array(v.string()), []),
};

/** What is asked about, as it is called in the answer, and which of them are sockets. */
const places = { hosts: v.array(v.string()), sockets: v.optional(v.record(v.string(), Socket), {}) };
const StateQuestion = v.object({
  ...common,
  kind: v.literal('state'),
  ...places,
  options: v.array(State),
});
export const segmentFields = ['seq', 'ack', 'flags', 'len'] as const;
const SegmentQuestion = v.object({
  ...common,
  kind: v.literal('segment'),
  of: v.object({ host: v.string() }),
  fields: v.array(v.picklist(segmentFields)),
});
const RoleQuestion = v.object({
  ...common,
  kind: v.literal('role'),
  ...places,
});
const PickQuestion = v.object({
  ...common,
  kind: v.literal('pick'),
  /** With fewer events no answer is right. */
  fewest: count,
});
const BuildQuestion = v.object({
  ...common,
  kind: v.literal('build'),
  goals: v.array(Goal),
  allow: v.object({
    network: v.array(v.string()),
    calls: byName(v.array(v.string())),
  }),
  scenario: v.string(),
});
const ClaimQuestion = v.object({
  ...common,
  kind: v.literal('claim'),
  slots: v.array(
    v.object({
      id: v.string(),
      text: Bilingual,
      options: v.array(v.object({ id: v.string(), text: Bilingual })),
    }),
  ),
});
const SayQuestion = v.object({ ...common, kind: v.literal('say'), model: Bilingual });

const Part = v.variant('kind', [ClaimQuestion, PickQuestion, BuildQuestion, SayQuestion]);
const ExplainQuestion = v.object({
  ...common,
  kind: v.literal('explain'),
  parts: v.array(Part),
});

export const Question = v.variant('kind', [
  StateQuestion,
  SegmentQuestion,
  RoleQuestion,
  PickQuestion,
  BuildQuestion,
  ExplainQuestion,
]);
export type Question = v.InferOutput<typeof Question>;
/** A question that is answered in one go; an explain is a series of them. */
export type Asked = Exclude<Question, { kind: 'explain' }> | v.InferOutput<typeof Part>;
export type Kind = Asked['kind'];
export type Of<K extends Kind> = Extract<Asked, { kind: K }>;

const Intro = v.object({ title: v.string(), task: v.string(), after: v.optional(v.string(), '') });

/** As one text, it is the same in both languages. */
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
  /** The mutants whose answer it is: one or, together, two; none where the idea is seen in the answer itself. */
  mutants: v.optional(v.array(v.string()), []),
  fields: v.array(v.string()),
  /** Numbers of the events, of the real run and of the mutants', in which the runs first differ. */
  parts: v.optional(v.object({ n: count, other: v.nullish(count) })),
});
export type Diagnosis = v.InferOutput<typeof Diagnosis>;

/** A small mistake that needs no wrong idea, told as what it is. */
const Slip = v.object({ kind: v.string(), fields: v.array(v.string()), text: Bilingual });

const OneOrMore = v.union([v.string(), v.array(v.string())]);
const Fault = v.object({
  do: v.string(),
  match: v.optional(v.record(v.string(), v.union([v.string(), v.number(), v.boolean()])), {}),
});
const ScriptEntry = v.looseObject({ do: v.string(), host: v.optional(v.string()) });
/** What another run has otherwise than the exercise's. */
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
  /** Of a wrong field: numbers of the events that decide it. */
  evidence: v.optional(v.array(count), []),
  /** Of a wrong field: what decides it in runs that were changed. */
  elsewhere: v.optional(v.array(v.object({ change: Change, events: v.array(TraceEvent) })), []),
});
export type FieldVerdict = v.InferOutput<typeof FieldVerdict>;

/** Fields of a goal that an event has otherwise. */
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
export const GoalVerdict = v.object({
  holds: v.boolean(),
  /** The event that decided. */
  n: v.nullish(count),
  /** Of a goal that does not hold. */
  why: v.nullish(Shortfall),
});
export type GoalVerdict = v.InferOutput<typeof GoalVerdict>;

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
