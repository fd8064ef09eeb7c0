/** Numbers that an injected segment takes over from one that was seen. */
import type { TraceEvent } from '../../engine/types.ts';
import { numberTyped } from './typed.ts';

export interface Seen {
  /** "3 next": of the third segment, the number after those that it takes; "": the number is typed. */
  key: string;
  text: string;
}

const most = 8;

/** The last segments that were sent, each with the numbers that it has to give. */
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

/** A number as an action has it: what was typed, or that of the segment and so much more. */
export function numberOf(key: string, typed: string): unknown {
  const [nth, take] = key.split(' ');
  if (key === '' || take === undefined) return numberTyped(typed);
  const plus = /^[+-]?\d+$/.test(typed.trim()) ? Number(typed) : typed;
  return { of: { nth: Number(nth) }, take, ...(plus === 0 || plus === '' ? {} : { plus }) };
}
