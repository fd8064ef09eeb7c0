/** Compares a branch of history with its parent: where they differ, or how far they are known to be the same. */
import type { Status, TraceEvent } from '../../engine/types.ts';

export interface Side {
  events: readonly TraceEvent[];
  status: Pick<Status, 'now' | 'next' | 'ended'> | undefined;
}

export type Comparison =
  | { kind: 'differ'; here: TraceEvent | undefined; there: TraceEvent | undefined }
  /** One side, which has run only to `t`, has not reached an event that the other already has. */
  | { kind: 'behind'; who: 'here' | 'there'; t: number }
  | { kind: 'same' };

const isOver = ({ status }: Side): boolean => status !== undefined && (status.ended || (status.next ?? null) === null);

/** `n` is the first event that both have but that differs between them. */
export function compared(n: number | undefined, here: Side, there: Side): Comparison {
  if (n !== undefined) return { kind: 'differ', here: here.events[n], there: there.events[n] };
  const common = Math.min(here.events.length, there.events.length);
  const who = here.events.length < there.events.length ? 'here' : 'there';
  const [shorter, longer] = who === 'here' ? [here, there] : [there, here];
  const more = longer.events[common];
  if (!more) return { kind: 'same' };
  const now = shorter.status?.now ?? 0;
  // A world that has passed this moment, or has ended, will never have the event.
  if (now > more.t || isOver(shorter))
    return { kind: 'differ', here: here.events[common], there: there.events[common] };
  return { kind: 'behind', who, t: now };
}
