/** A goal in words, made from the predicate itself: the goal that is read is the goal that is checked. */
import { list, t } from '../i18n/index.svelte.ts';
import { flagsOf, quoted } from '../lab/model/text.ts';
import { nameOf } from '../lab/catalogue/names.svelte.ts';
import type { Goal, Match } from './goal.ts';
import type { Miss } from './types.ts';

export function goalText(goal: Goal): string {
  if (goal.eventually) return t('goal.eventually', { event: eventText(goal.eventually) });
  if (goal.never) return t('goal.never', { event: eventText(goal.never) });
  if (goal.count) return countText(goal.count);
  if (goal.before) {
    const [first, second] = goal.before;
    return t('goal.before', { first: eventText(first), second: eventText(second) });
  }
  if (goal.delivered) return deliveredText(goal.delivered);
  if (goal.at_end) return t('goal.atEnd', { who: placeName(goal.at_end), state: goal.at_end.state });
  if (goal.always) return t('goal.always', { who: placeName(goal.always), state: goal.always.state });
  if (goal.all) return t('goal.all', { goals: goal.all.map(goalText).join(t('goal.and')) });
  if (goal.any) return t('goal.any', { goals: goal.any.map(goalText).join(t('goal.or')) });
  if (goal.not) return t('goal.not', { goal: goalText(goal.not) });
  return '';
}

function countText({ of, at_least: least, at_most: most }: NonNullable<Goal['count']>): string {
  const event = eventText(of);
  if (least !== undefined && most !== undefined) {
    return least === most
      ? t('goal.count.exactly', { n: least, event })
      : t('goal.count.between', { least, most, event });
  }
  if (most !== undefined) return t('goal.count.most', { n: most, event });
  return t('goal.count.least', { n: least ?? 0, event });
}

/** "server", "server (listener)", "server (socket accepted)" */
export function placeName({ host, socket }: { host: string; socket?: string | undefined }): string {
  if (socket === undefined) return host;
  return socket === 'listener' ? t('goal.listenerOf', { host }) : t('goal.socketOf', { host, socket });
}

function deliveredText(delivered: NonNullable<Goal['delivered']>): string {
  const { text, at_least: least = 1, stale } = delivered;
  const data = text === undefined ? t('goal.delivered.bytes', { n: least }) : t('goal.delivered.text', { text });
  const whose = stale === undefined ? data : t(stale ? 'goal.delivered.stale' : 'goal.delivered.fresh', { data });
  return t('goal.delivered', { who: placeName(delivered), data: whose });
}

/** Keeps track of the fields that a sentence already mentions; the others are listed after it. */
class Fields {
  readonly #left: Map<string, string | number | boolean>;

  constructor(match: Match) {
    this.#left = new Map(
      Object.entries(match).filter((entry): entry is [string, string | number | boolean] => entry[1] !== undefined),
    );
  }

  /** The field's value as text, now marked as mentioned; undefined if the goal does not ask for it. */
  take(field: keyof Match): string | undefined {
    const value = this.#left.get(field);
    this.#left.delete(field);
    return value === undefined ? undefined : String(value);
  }

  rest(): string {
    const rest = [...this.#left].map(([field, value]) => `${field} = ${String(value)}`);
    return rest.length === 0 ? '' : t('goal.rest', { fields: list(rest) });
  }
}

/** "client enters CLOSING": a clause that a goal puts into its sentence. */
export function eventText(match: Match): string {
  const fields = new Fields(match);
  const kind = fields.take('kind');
  const clause = clauseOf(kind, fields);
  return clause + fields.rest();
}

function clauseOf(kind: string | undefined, fields: Fields): string {
  const host = whoOf(fields);
  const who = host ?? t('goal.anyHost');
  switch (kind) {
    case 'state':
      return stateClause(who, fields);
    case 'call':
      return t('goal.event.call', { who, call: callName(fields) });
    case 'return':
      return returnClause(who, fields);
    case 'timer.armed':
      return t('goal.event.armed', { who, timer: timerOf(fields) });
    case 'timer.cancelled':
      return t('goal.event.cancelled', { who, timer: timerOf(fields) });
    case 'timer.fired':
      return t('goal.event.fired', { who, timer: timerOf(fields) });
    case 'deliver':
      return t('goal.event.deliver', { who, data: dataText(fields) });
    case 'queue':
      return t('goal.event.queue', { who });
    case 'icmp':
      return t('goal.event.icmp', { who });
    case 'note':
      return t('goal.event.note', { who });
    case undefined:
      return host === undefined ? t('goal.event.any') : t('goal.event.anyOn', { who });
    default:
      return segmentClause(kind, host, fields);
  }
}

/** The host and its socket; a socket without a host is left for the list after the sentence. */
function whoOf(fields: Fields): string | undefined {
  const host = fields.take('host');
  return host === undefined ? undefined : placeName({ host, socket: fields.take('socket') });
}

function stateClause(who: string, fields: Fields): string {
  const from = fields.take('from');
  const to = fields.take('to');
  const event = fields.take('event');
  const move =
    from !== undefined && to !== undefined
      ? t('goal.event.moves', { who, from, to })
      : to !== undefined
        ? t('goal.event.enters', { who, to })
        : from !== undefined
          ? t('goal.event.leaves', { who, from })
          : t('goal.event.changes', { who });
  return event === undefined ? move : move + t('goal.event.on', { event: nameOf('event', event) });
}

function returnClause(who: string, fields: Fields): string {
  const call = callName(fields);
  const error = fields.take('error');
  if (error !== undefined) return t('goal.event.fails', { who, call, error });
  const bytes = fields.take('bytes');
  return bytes === undefined
    ? t('goal.event.returns', { who, call })
    : t('goal.event.returnsBytes', { who, call, n: Number(bytes) });
}

function segmentClause(kind: string, host: string | undefined, fields: Fields): string {
  const again = kind === 'segment.sent' ? fields.take('retransmission') : undefined;
  const segment = segmentText(fields);
  const where = kind === 'segment.dropped' ? fields.take('where') : undefined;
  const who = host ?? t('goal.anyHost');
  switch (kind) {
    case 'segment.sent':
      if (again === 'true') return t('goal.event.sendsAgain', { who, segment });
      if (again === 'false') return t('goal.event.sendsFirst', { who, segment });
      return t('goal.event.sends', { who, segment });
    case 'segment.received':
      return t('goal.event.receives', { who, segment });
    case 'segment.dropped':
      if (where === 'host') return t('goal.event.refused', { who, segment });
      break;
  }
  const at = host === undefined ? '' : t('goal.event.at', { who });
  return networkClause(kind, segment, where) + at;
}

function networkClause(kind: string, segment: string, where: string | undefined): string {
  switch (kind) {
    case 'segment.dropped':
      return t(where === undefined ? 'goal.event.dropped' : 'goal.event.lost', { segment });
    case 'segment.held':
      return t('goal.event.held', { segment });
    case 'segment.released':
      return t('goal.event.released', { segment });
    case 'segment.delayed':
      return t('goal.event.delayed', { segment });
    case 'segment.duplicated':
      return t('goal.event.duplicated', { segment });
    case 'segment.corrupted':
      return t('goal.event.corrupted', { segment });
    default:
      return kind;
  }
}

/** "a SYN,ACK with at least 1 byte from 10.0.0.1:40000" */
function segmentText(fields: Fields): string {
  const id = fields.take('id');
  const said = fields.take('flags');
  const flags = said === undefined ? undefined : flagsOf(said);
  let text =
    id === undefined
      ? flags === undefined
        ? t('goal.segment')
        : t('goal.segment.flags', { flags: together(flags) })
      : flags === undefined
        ? t('goal.segment.id', { id })
        : t('goal.segment.idFlags', { id, flags: together(flags) });
  const len = fields.take('len');
  if (len !== undefined) text += t('goal.segment.len', { n: Number(len) });
  const least = fields.take('len_min');
  if (least !== undefined) text += t('goal.segment.lenMin', { n: Number(least) });
  const seq = fields.take('seq');
  if (seq !== undefined) text += t('goal.segment.seq', { seq });
  const ack = fields.take('ack');
  if (ack !== undefined) text += t('goal.segment.ack', { ack });
  const src = fields.take('src');
  if (src !== undefined) text += t('goal.segment.src', { src });
  const dst = fields.take('dst');
  if (dst !== undefined) text += t('goal.segment.dst', { dst });
  const copy = fields.take('copy');
  if (copy !== undefined) text += t('goal.segment.copy', { copy });
  return text;
}

/** A segment that has these fields. */
export const segmentWords = (match: Match): string => segmentText(new Fields(match));

/** Flags as they stand in a sentence: "SYN,ACK". */
const together = (flags: string) => flags.replaceAll(' ', ',');

function dataText(fields: Fields): string {
  const bytes = fields.take('bytes');
  const text = fields.take('text');
  const stale = fields.take('stale');
  let said = bytes === undefined ? t('goal.data') : t('goal.data.bytes', { n: Number(bytes) });
  if (text !== undefined) said += t('goal.data.text', { text });
  if (stale === 'true') said += t('goal.data.stale');
  if (stale === 'false') said += t('goal.data.fresh');
  return said;
}

function callName(fields: Fields): string {
  const call = fields.take('call');
  return call === undefined ? t('goal.anyCall') : `${call}()`;
}

function timerOf(fields: Fields): string {
  const timer = fields.take('timer');
  return timer === undefined ? t('goal.anyTimer') : t('goal.theTimer', { timer: nameOf('timer', timer) });
}

/** Readable names for fields of a match; the others keep their names from the trace. */
const fieldNames = {
  host: 'goal.field.host',
  socket: 'goal.field.socket',
  from: 'goal.field.from',
  to: 'goal.field.to',
  event: 'goal.field.event',
  flags: 'goal.field.flags',
  len: 'goal.field.len',
  len_min: 'goal.field.lenMin',
  at_least: 'goal.field.atLeast',
  bytes: 'goal.field.bytes',
  text: 'goal.field.text',
  text_octets: 'goal.field.textOctets',
  stale: 'goal.field.stale',
  call: 'goal.field.call',
  error: 'goal.field.error',
  timer: 'goal.field.timer',
  retransmission: 'goal.field.retransmission',
  where: 'goal.field.where',
} as const;

/** How an event differs from what a goal wants, as a sentence. */
export function missText({ field, wanted, found }: Miss): string {
  const name = Object.hasOwn(fieldNames, field) ? t(fieldNames[field as keyof typeof fieldNames]) : field;
  return t('goal.miss', { field: name, found: valueText(field, found), wanted: valueText(field, wanted) });
}

function valueText(field: string, value: unknown): string {
  if (value === null || value === undefined) return t('goal.value.none');
  if (field === 'event') return nameOf('event', String(value));
  if (field === 'timer') return nameOf('timer', String(value));
  if (field === 'stale') return t(value === true ? 'goal.value.stale' : 'goal.value.fresh');
  if (field === 'retransmission') return t(value === true ? 'goal.value.again' : 'goal.value.first');
  if (field === 'where') return t(value === 'host' ? 'goal.value.host' : 'goal.value.network');
  if (field === 'text') return t('goal.value.text', { text: quoted(String(value)) });
  return together(String(value));
}
