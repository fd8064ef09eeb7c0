/** What an event must have, and what a run must reach. */
import * as v from 'valibot';
import { states } from '../engine/types.ts';

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
  count: v.optional(v.object({ of: Match, at_least: v.optional(count), at_most: v.optional(count) })),
  before: v.optional(v.tuple([Match, Match])),
  delivered: v.optional(Delivered),
  at_end: v.optional(Where),
  always: v.optional(Where),
  all: v.optional(v.array(v.lazy(() => Goal))),
  any: v.optional(v.array(v.lazy(() => Goal))),
  not: v.optional(v.lazy(() => Goal)),
}) as v.GenericSchema<unknown, Goal>;
