/**
 * Validators for the engine's JSON, from which the types are inferred. Every answer is checked, so that a
 * mismatch shows as one clear error and not as a strange diagram.
 */
import * as v from 'valibot';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const microseconds = count;
const bilingual = v.object({ en: v.string(), zh: v.string() });

export const states = [
  'CLOSED',
  'LISTEN',
  'SYN_SENT',
  'SYN_RCVD',
  'ESTABLISHED',
  'FIN_WAIT_1',
  'FIN_WAIT_2',
  'CLOSE_WAIT',
  'CLOSING',
  'LAST_ACK',
  'TIME_WAIT',
] as const;
export const State = v.picklist(states);
export type State = v.InferOutput<typeof State>;

export const Segment = v.object({
  id: count,
  src: v.string(),
  dst: v.string(),
  flags: v.string(),
  seq: count,
  ack: v.optional(count),
  rel_seq: v.optional(v.number()),
  rel_ack: v.optional(v.number()),
  len: count,
  /** How many sequence numbers it takes, as its sender counts. */
  takes: count,
  win: count,
  options: v.optional(v.record(v.string(), v.unknown()), {}),
  text: v.optional(v.string()),
  /** For a forged segment: additional fields, and fields with unusual values. */
  urgent: v.optional(count),
  reserved: v.optional(count),
  data_offset: v.optional(count),
  bad_checksum: v.optional(v.boolean()),
  cut_to: v.optional(count),
});
export type Segment = v.InferOutput<typeof Segment>;

const common = {
  n: count,
  step: count,
  t: microseconds,
  host: v.optional(v.string()),
  conn: v.optional(count),
  rule: v.string(),
  cause: v.optional(count),
};
const socketName = v.optional(v.string());

const CallEvent = v.looseObject({
  ...common,
  kind: v.literal('call'),
  call: v.string(),
  socket: socketName,
});
const ReturnEvent = v.looseObject({
  ...common,
  kind: v.literal('return'),
  call: v.string(),
  socket: socketName,
  error: v.optional(v.string()),
  bytes: v.optional(v.number()),
  /** For getsockopt(): the option and its value. */
  option: v.optional(v.string()),
  value: v.optional(v.unknown()),
});
const SentEvent = v.object({
  ...common,
  kind: v.literal('segment.sent'),
  segment: Segment,
  retransmission: v.optional(v.boolean()),
  bytes: v.string(),
});
const NetworkEvent = v.looseObject({
  ...common,
  kind: v.picklist([
    'segment.received',
    'segment.dropped',
    'segment.held',
    'segment.released',
    'segment.delayed',
    'segment.duplicated',
    'segment.corrupted',
  ]),
  segment: Segment,
  copy: v.optional(count),
  /** Whether one of its bits was flipped. */
  corrupted: v.optional(v.boolean()),
  where: v.optional(v.string()),
});
const StateEvent = v.object({
  ...common,
  kind: v.literal('state'),
  from: State,
  to: State,
  event: v.string(),
  edge: v.optional(v.string()),
  socket: socketName,
});
const TimerEvent = v.object({
  ...common,
  kind: v.picklist(['timer.armed', 'timer.cancelled', 'timer.fired']),
  timer: v.string(),
  at: v.optional(microseconds),
});
const DeliverEvent = v.object({
  ...common,
  kind: v.literal('deliver'),
  bytes: count,
  text: v.optional(v.string()),
  segments: v.optional(v.array(count), []),
  stale: v.optional(v.boolean()),
});
const QueueEvent = v.object({
  ...common,
  kind: v.literal('queue'),
  queue: v.string(),
  length: count,
  limit: v.optional(count),
});
/** An ICMP error reached the sender of the segment that it quotes. */
const IcmpEvent = v.object({
  ...common,
  kind: v.literal('icmp'),
  error: v.string(),
  segment: Segment,
  mtu: v.optional(count),
});
const NoteEvent = v.looseObject({ ...common, kind: v.literal('note') });

export const TraceEvent = v.variant('kind', [
  CallEvent,
  ReturnEvent,
  SentEvent,
  NetworkEvent,
  StateEvent,
  TimerEvent,
  DeliverEvent,
  QueueEvent,
  IcmpEvent,
  NoteEvent,
]);
export type TraceEvent = v.InferOutput<typeof TraceEvent>;
export type SegmentEvent = Extract<TraceEvent, { segment: Segment }>;
export const Trace = v.array(TraceEvent);

export const Problem = v.object({
  pointer: v.optional(v.string(), ''),
  line: v.optional(count, 0),
  column: v.optional(count, 0),
  message: bilingual,
});
export type Problem = v.InferOutput<typeof Problem>;
export const Problems = v.object({ problems: v.array(Problem) });
export type Problems = v.InferOutput<typeof Problems>;
/** What an author must fix, and what they should look at again. */
export const Findings = v.object({ problems: v.array(Problem), warnings: v.array(Problem) });
export type Findings = v.InferOutput<typeof Findings>;

/** For each idea of a rubric: whether a text has it, and in which words (in UTF-16 code units). */
export const Ideas = v.object({
  ideas: v.array(
    v.object({
      id: v.string(),
      wrong: v.boolean(),
      outcome: v.picklist(['found', 'not_found', 'contradicted']),
      spans: v.array(v.tuple([count, count])),
    }),
  ),
});
export type Ideas = v.InferOutput<typeof Ideas>;

export const Flight = v.object({
  id: count,
  copy: v.optional(count, 1),
  from: v.string(),
  to: v.string(),
  departed: microseconds,
  arrives: v.nullish(microseconds),
  held: v.optional(v.boolean(), false),
  flags: v.string(),
  seq: count,
  ack: v.nullish(count),
  len: count,
});
export type Flight = v.InferOutput<typeof Flight>;

export const Socket = v.object({
  name: v.string(),
  conn: v.nullish(count),
  state: State,
  local: v.nullish(v.string()),
  remote: v.nullish(v.string()),
  listener: v.optional(v.boolean(), false),
  calls: v.array(v.string()),
  unread: v.optional(count, 0),
  unsent: v.optional(count, 0),
  backlog: v.nullish(count),
  accept_queue: v.nullish(count),
});
export type Socket = v.InferOutput<typeof Socket>;

export const Host = v.object({
  name: v.string(),
  address: v.string(),
  stack: v.string(),
  down: v.optional(v.boolean(), false),
  sockets: v.array(Socket),
});
export type Host = v.InferOutput<typeof Host>;

export const Status = v.object({
  now: microseconds,
  step: count,
  events: count,
  ended: v.boolean(),
  end_reason: v.nullish(v.string()),
  next: v.nullish(microseconds),
  actions: count,
  /** The longest time that a segment may be in flight: the network drops any that would take longer. */
  msl: microseconds,
  in_flight: v.array(Flight),
  hosts: v.array(Host),
});
export type Status = v.InferOutput<typeof Status>;

export const Opened = v.object({ session: count });
export type Opened = v.InferOutput<typeof Opened>;

export const Transition = v.object({
  id: v.string(),
  from: State,
  event: v.string(),
  action: v.nullish(v.string()),
  to: State,
  /** Its place in the specification: "figure 5", "note 1", "text". */
  origin: v.nullish(v.string()),
});
export type Transition = v.InferOutput<typeof Transition>;

/** The kinds of things that the engine has names for. */
export const nameKinds = [
  'state',
  'timer',
  'timer_short',
  'event',
  'action',
  'origin',
  'icmp',
  'kind',
  'call',
  'fault',
  'option',
  'variable',
] as const;
export type NameKind = (typeof nameKinds)[number];

const form = v.picklist([
  'number',
  'hex',
  'address',
  'low_words',
  'high_words',
  'flags',
  'shift',
  'pair',
  'pairs',
  'none',
]);
/** The layout of an IPv4 datagram with a TCP segment, and how to read its fields. */
export const HeaderLayout = v.object({
  fields: v.array(v.object({ part: v.picklist(['IPv4', 'TCP']), at: count, octets: count, form, name: bilingual })),
  options: v.array(v.object({ kind: count, octets: count, form, name: bilingual })),
  /** From the lowest bit. */
  flags: v.array(v.string()),
});
export type HeaderLayout = v.InferOutput<typeof HeaderLayout>;
export type Form = v.InferOutput<typeof form>;

export const Catalogue = v.object({
  version: v.string(),
  states: v.array(State),
  transitions: v.array(Transition),
  mutants: v.array(v.object({ id: v.string(), misconception: v.nullish(v.string()) })),
  profiles: v.array(v.string()),
  /** By profile: each field of its behaviour, and the source of the value. */
  profile_values: v.optional(
    v.record(
      v.string(),
      v.array(
        v.object({
          field: v.string(),
          value: v.string(),
          provenance: v.picklist(['measured', 'read', 'assumed']),
          source: v.string(),
        }),
      ),
    ),
    {},
  ),
  calls: v.array(v.string()),
  faults: v.array(v.string()),
  question_kinds: v.optional(v.array(v.string()), []),
  rules: v.optional(v.array(v.string()), []),
  errnos: v.optional(v.array(v.string()), []),
  names: v.object(v.entriesFromList(nameKinds, v.record(v.string(), bilingual))),
  /** The variables of a connection that count microseconds. */
  time_variables: v.array(v.string()),
  /** The socket options; `first` is an initial value for forms, empty for options that can only be read. */
  options: v.array(
    v.object({ id: v.string(), form: v.picklist(['flag', 'time', 'number', 'error', 'info']), first: v.string() }),
  ),
  header: HeaderLayout,
});
export type Catalogue = v.InferOutput<typeof Catalogue>;

/** A connection's control block around one event; null where the connection does not exist. */
export const ControlBlock = v.record(v.string(), v.nullable(v.union([v.string(), v.number(), v.boolean()])));
export type ControlBlock = v.InferOutput<typeof ControlBlock>;
export const Variables = v.object({
  conn: v.nullish(count),
  before: v.nullish(ControlBlock),
  after: v.nullish(ControlBlock),
});
export type Variables = v.InferOutput<typeof Variables>;

/** The world after some steps, what is new in its trace, or the first of it, and the control block around event `n`. */
export interface Followed {
  status: Status;
  events: TraceEvent[];
  n: number | null;
  variables: Variables | null;
}

/** What a reader sees at one moment; null where it was not asked for, or there is nothing. */
export interface Glance {
  status: Status | null;
  variables: Variables | null;
}

/** A file's bytes, in memory of their own. */
export const Bytes = v.pipe(
  v.instance(Uint8Array),
  v.guard((bytes): bytes is Uint8Array<ArrayBuffer> => bytes.buffer instanceof ArrayBuffer),
);

/** Numbers of events, in their own buffer. */
export const EventNumbers = v.pipe(
  v.instance(Uint32Array),
  v.guard((numbers): numbers is Uint32Array<ArrayBuffer> => numbers.buffer instanceof ArrayBuffer),
);
export type EventNumbers = v.InferOutput<typeof EventNumbers>;

/** A script entry without its time: what a student does. */
export type Action = { do: string } & Record<string, unknown>;

export const Bilingual = bilingual;

export function segmentOf(event: TraceEvent): Segment | undefined {
  return event.kind.startsWith('segment.') ? (event as SegmentEvent).segment : undefined;
}
