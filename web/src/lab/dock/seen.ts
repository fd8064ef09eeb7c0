/** Numbers that an injected segment can take from a segment that was seen. */
import type { TraceEvent } from '../../engine/types.ts';
import { numberTyped } from './typed.ts';

export interface Seen {
  /** "3 next" is the sequence number that follows segment 3; "" means that the number is typed. */
  key: string;
  text: string;
}

const most = 8;

/** The last segments that were sent, each with the numbers that can be taken from it. */
export function numbersSeen(events: readonly TraceEvent[]): Seen[] {
  const found: Seen[] = [];
  for (let n = events.length - 1; n >= 0 && found.length < 3 * most; n--) {
    const event = events[n];
    if (event?.kind !== 'segment.sent') continue;
    const { id, flags, ack } = event.segment;
    const of = `#${id} ${flags.replaceAll(' ', ',')}`;
    found.push({ key: `${id} next`, text: `${of}: seq + len` }, { key: `${id} seq`, text: `${of}: seq` });
    if (ack !== undefined) found.push({ key: `${id} ack`, text: `${of}: ack` });
  }
  return found;
}

/** A number as an action takes it: what was typed, or a number of a segment plus what was typed. */
export function numberOf(key: string, typed: string): unknown {
  const [nth, take] = key.split(' ');
  if (key === '' || take === undefined) return numberTyped(typed);
  const plus = /^[+-]?\d+$/.test(typed.trim()) ? Number(typed) : typed;
  return { of: { nth: Number(nth) }, take, ...(plus === 0 || plus === '' ? {} : { plus }) };
}
