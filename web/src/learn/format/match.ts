/** The events that the prose of a lesson may name, matched as engine/lab/match.cpp does. */
import * as v from 'valibot';
import { segmentOf, type TraceEvent } from '../../engine/types.ts';

export const Match = v.record(v.string(), v.union([v.string(), v.number(), v.boolean()]));
export type Match = v.InferOutput<typeof Match>;

const ofSegment = ['flags', 'len', 'len_min', 'src', 'dst', 'seq', 'ack', 'id'];

/** Without PSH, which means nothing for the connection. */
const flagsOf = (flags: unknown): string =>
  String(flags)
    .split(' ')
    .filter((flag) => flag !== '' && flag !== 'PSH')
    .sort()
    .join(' ');

function valueOf(event: TraceEvent, key: string): unknown {
  const place = ofSegment.includes(key) ? segmentOf(event) : event;
  return (place as Record<string, unknown> | undefined)?.[key === 'len_min' ? 'len' : key];
}

function holds(event: TraceEvent, key: string, wanted: Match[string]): boolean {
  const found = valueOf(event, key);
  if (key === 'len_min') return Number(found ?? -1) >= Number(wanted);
  if (key === 'flags') return found !== undefined && flagsOf(found) === flagsOf(wanted);
  // The trace leaves out flags that are false.
  return found === undefined ? wanted === false : found === wanted;
}

/** The nth event, from 1, that matches in every field. */
export function eventOf(events: readonly TraceEvent[], match: Match, nth = 1): TraceEvent | undefined {
  const keys = Object.entries(match);
  return events.filter((event) => keys.every(([key, wanted]) => holds(event, key, wanted)))[nth - 1];
}

/** Any key of the event, or of what lies in it: `t`, `segment.seq`. */
export function fieldOf(event: TraceEvent, field: string): unknown {
  let found: unknown = event;
  for (const key of field.split('.')) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, key)) return undefined;
    found = (found as Record<string, unknown>)[key];
  }
  return found;
}
