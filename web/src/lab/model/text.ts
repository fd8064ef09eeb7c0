/** The lab's texts for durations, segments and events, in the reader's language. */
import type { Action, Segment, TraceEvent } from '../../engine/types.ts';
import { clauseOf, list, pick, t } from '../../i18n/index.svelte.ts';
import { bothNames, isTime, isTimeVariable, nameOf } from '../catalogue/names.svelte.ts';
import { ruleOf } from '../catalogue/rules.svelte.ts';
import type { Numbers } from '../../app/preferences.svelte.ts';

const second = 1_000_000;
const minute = 60 * second;
const hour = 60 * minute;

/**
 * A time or duration as people write it: "560 ms", "1.25 s", "4 min", "5 h 0.05 s". Exact to the microsecond, so that
 * two moments never read the same: a cause and its effect may be that close together after hours of silence.
 */
export function clock(microseconds: number): string {
  if (microseconds < 0) return `−${clock(-microseconds)}`;
  const time = Math.round(microseconds);
  if (time < second) return `${time / 1000} ms`;
  const said = [
    [Math.floor(time / hour), 'h'],
    [Math.floor((time % hour) / minute), 'min'],
    [(time % minute) / second, 's'],
  ] as const;
  return said.flatMap(([value, unit]) => (value > 0 ? [`${value} ${unit}`] : [])).join(' ');
}

/** A rounded duration for a silence: the longer it is, the less its small units matter. */
export function roughly(microseconds: number): string {
  const steps = [
    [second, 100],
    [minute, 1000],
    [hour, 100_000],
    [Infinity, second],
  ] as const;
  const step = steps.find(([limit]) => microseconds < limit)?.[1] ?? second;
  return clock(Math.round(microseconds / step) * step);
}

/**
 * The reader's time. At an event it is a whole microsecond and shown exactly; between events it is rounded, since
 * nobody can read digits that change in every frame.
 */
export function readersClock(microseconds: number): string {
  if (Number.isInteger(microseconds)) return clock(microseconds);
  const step = microseconds < second ? 100 : 1000;
  return clock(Math.round(microseconds / step) * step);
}

/** An end of a connection, with the host's name in place of its address if there is one. */
export function endName(end: string, hosts: readonly { name: string; address: string }[]): string {
  const at = end.lastIndexOf(':');
  return `${hosts.find((host) => host.address === end.slice(0, at))?.name ?? end.slice(0, at)}${end.slice(at)}`;
}

export function seqOf(segment: Segment, numbers: Numbers): number {
  return numbers === 'relative' ? (segment.rel_seq ?? segment.seq) : segment.seq;
}

export function ackOf(segment: Segment, numbers: Numbers): number | undefined {
  return numbers === 'relative' ? (segment.rel_ack ?? segment.ack) : segment.ack;
}

/** "SYN,ACK", as the RFCs write it. */
export const flagsOf = (flags: string): string => flags.replaceAll(' ', ',') || '—';

/** The part of a segment's label after its flags. */
export function numbersOf(segment: Segment, numbers: Numbers): string {
  const parts = [`seq ${seqOf(segment, numbers)}`];
  const ack = ackOf(segment, numbers);
  if (ack !== undefined) parts.push(`ack ${ack}`);
  if (segment.len > 0) parts.push(`len ${segment.len}`);
  return parts.join(' · ');
}

/** The one number to show when there is room for no more: ack for a pure ACK, seq for anything else. */
export function mainNumber(segment: Segment, numbers: Numbers): string {
  const ack = segment.flags === 'ACK' && segment.len === 0 ? ackOf(segment, numbers) : undefined;
  return ack === undefined ? `seq ${seqOf(segment, numbers)}` : `ack ${ack}`;
}

export function segmentName(segment: Segment, numbers: Numbers): string {
  return `${flagsOf(segment.flags)} ${numbersOf(segment, numbers)}`;
}

const shorten = (text: string) => (text.length > 12 ? `${text.slice(0, 12)}…` : text);

/** Data is quoted in sentences up to this length: nobody reads more, and its size is stated too. */
const longestQuote = 100;
export const quoted = (text: string): string => (text.length > longestQuote ? `${text.slice(0, longestQuote)}…` : text);

type CallEvent = Extract<TraceEvent, { kind: 'call' }>;
type ReturnEvent = Extract<TraceEvent, { kind: 'return' }>;

/** The value that getsockopt() returned; times are in microseconds. No error reads as 0, as in a program. */
function optionValue({ option = '', value }: ReturnEvent): string {
  if (value === '') return '0';
  if (typeof value === 'number' && isTime(option)) {
    return value < 0 ? t('lab.value.off') : clock(value);
  }
  if (typeof value !== 'object' || value === null) return String(value);
  const info = Object.entries(value).map(([key, part]): [string, string] => {
    if (isTimeVariable(key)) return [key, clock(Number(part))];
    return [key, Array.isArray(part) ? part.join(' ') || '—' : String(part)];
  });
  return list(info.map(([key, part]) => `${nameOf('variable', key)} ${part}`));
}

/** The arguments of a call, as a programmer would write them. */
export function callText(event: CallEvent): string {
  const said = event as Record<string, unknown>;
  if (event.call === 'setsockopt') return `setsockopt(${String(said.option)}, ${String(said.value)})`;
  if (event.call === 'getsockopt') return `getsockopt(${String(said.option)})`;
  if (event.call === 'socket' && said.nonblocking === true) return 'socket(nonblocking)';
  const text = typeof said.text === 'string' ? `"${shorten(said.text)}"` : undefined;
  const argument = said.to ?? said.port ?? text ?? said.bytes ?? '';
  return `${event.call}(${typeof argument === 'object' ? '' : String(argument)})`;
}

/** Events that no program calls, but that happen to it or to its host. */
function mishap(event: CallEvent, of: 'event' | 'label'): string | undefined {
  const host = event.host ?? '';
  switch (event.call) {
    case 'kill':
    case 'crash':
    case 'reboot':
      return t(`lab.${of}.${event.call}`, { host });
    default:
      return undefined;
  }
}

/** A short name for an action: a network action, something that happens to a host, or a call. */
export function actionName({ do: what }: Action): string {
  if (bothNames('fault', what).length > 0) return nameOf('fault', what);
  if (what === 'kill' || what === 'crash' || what === 'reboot') return t(`lab.label.${what}`);
  return what === 'inject' ? t('lab.inject.do') : `${what}()`;
}

/** An event in one sentence, for the event list. */
export function describe(event: TraceEvent, numbers: Numbers): string {
  const host = event.host ?? t('lab.network');
  switch (event.kind) {
    case 'call':
      return mishap(event, 'event') ?? t('lab.event.call', { host, call: callText(event) });
    case 'return': {
      const call = `${event.call}()`;
      if (event.error !== undefined) return t('lab.event.error', { host, call, error: event.error });
      if (event.call === 'recv' && event.bytes === 0) return t('lab.event.eof', { host, call });
      if (event.bytes !== undefined) return t('lab.event.returnBytes', { host, call, n: event.bytes });
      if (event.option !== undefined) {
        return t('lab.event.option', { host, option: event.option, value: optionValue(event) });
      }
      return t('lab.event.return', { host, call });
    }
    case 'segment.sent': {
      const segment = segmentName(event.segment, numbers);
      return event.retransmission
        ? t('lab.event.sentAgain', { host, segment })
        : t('lab.event.sent', { host, segment });
    }
    case 'segment.received':
      return t('lab.event.received', { host, segment: segmentName(event.segment, numbers) });
    case 'segment.dropped': {
      const segment = segmentName(event.segment, numbers);
      return event.where === 'host' ? t('lab.event.refused', { host, segment }) : t('lab.event.lost', { segment });
    }
    case 'segment.held':
      return t('lab.event.held', { segment: segmentName(event.segment, numbers) });
    case 'segment.released':
      return t('lab.event.released', { segment: segmentName(event.segment, numbers) });
    case 'segment.delayed':
      return t('lab.event.delayed', { segment: segmentName(event.segment, numbers) });
    case 'segment.duplicated':
      return t('lab.event.duplicated', { segment: segmentName(event.segment, numbers) });
    case 'segment.corrupted':
      return t('lab.event.corrupted', { segment: segmentName(event.segment, numbers) });
    case 'state':
      return t('lab.event.state', { host, from: event.from, to: event.to });
    case 'timer.armed':
      return event.at === undefined
        ? t('lab.event.armed', { host, timer: nameOf('timer', event.timer) })
        : t('lab.event.armedFor', {
            host,
            timer: nameOf('timer', event.timer),
            duration: clock(event.at - event.t),
          });
    case 'timer.cancelled':
      return t('lab.event.cancelled', { host, timer: nameOf('timer', event.timer) });
    case 'timer.fired':
      return t('lab.event.fired', { host, timer: nameOf('timer', event.timer) });
    case 'deliver':
      return event.stale
        ? t('lab.event.deliverStale', { host, n: event.bytes, text: quoted(event.text ?? '') })
        : t('lab.event.deliver', { host, n: event.bytes, text: quoted(event.text ?? '') });
    case 'queue':
      return t('lab.event.queue', { host, length: event.length, limit: event.limit ?? '∞' });
    case 'icmp':
      return t('lab.event.icmp', {
        host,
        error: icmpText(event),
        segment: segmentName(event.segment, numbers),
      });
    case 'note':
      return t('lab.event.note', { host, remark: clauseOf(pick(ruleOf(event.rule))) || event.rule });
  }
}

function icmpText(event: Extract<TraceEvent, { kind: 'icmp' }>): string {
  return nameOf('icmp', event.error) + (event.mtu === undefined ? '' : ` · MTU ${event.mtu}`);
}

/** A Chinese character is as wide as two letters of the monospaced font. */
const widthOf = (character: string) => (/[\u2e80-\uffef]/u.test(character) ? 2 : 1);

/** The text, shortened with an ellipsis if it is wider than so many letters. */
export function fit(text: string, letters: number): string {
  const characters = [...text];
  if (characters.reduce((sum, each) => sum + widthOf(each), 0) <= letters) return text;
  let width = 1;
  const fitting = characters.filter((each) => (width += widthOf(each)) <= letters);
  return `${fitting.join('').trimEnd()}…`;
}

/** Booleans as 1 and 0, as in C, which is shorter. */
const flagText = (value: unknown) => String(typeof value === 'boolean' ? Number(value) : value);

/** The short label beside a lifeline; even shorter in a narrow diagram. */
export function labelText(event: TraceEvent, narrow = false): string {
  switch (event.kind) {
    case 'state':
      return event.to;
    case 'call': {
      const said = event as Record<string, unknown>;
      if (event.call === 'setsockopt')
        return narrow ? String(said.option) : `${String(said.option)}=${flagText(said.value)}`;
      if (event.call === 'getsockopt') return `${String(said.option)}?`;
      const text = mishap(event, 'label') ?? callText(event);
      return narrow && text.length > 11 ? `${event.call}()` : text;
    }
    case 'return':
      if (event.error !== undefined) return event.error;
      if (event.option !== undefined) return `= ${optionValue(event)}`;
      return t('lab.label.returns', { call: `${event.call}()` });
    case 'icmp':
      return narrow ? 'ICMP' : `ICMP ${icmpText(event)}`;
    case 'timer.fired':
      return t('lab.label.fired', { timer: nameOf('timer_short', event.timer) });
    case 'deliver':
      return event.text ? `“${shorten(event.text)}”` : '';
    default:
      return '';
  }
}
