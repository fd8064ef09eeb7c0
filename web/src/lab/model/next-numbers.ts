/** The numbers with which the next segment from one end to another would go on, as far as the trace tells. */
import type { Segment, TraceEvent } from '../../engine/types.ts';

const modulo = 2 ** 32;

/** The number after those that a segment takes. */
export const numberAfter = ({ seq, takes }: Segment): number => (seq + takes) % modulo;

export function nextNumbers(
  events: readonly TraceEvent[],
  from: string,
  to: string,
): { seq: number; ack: number } | undefined {
  let seq: number | undefined;
  let ack: number | undefined;
  // The last of each counts, and in a long trace it is near the end.
  for (let n = events.length - 1; n >= 0 && (seq === undefined || ack === undefined); n--) {
    const event = events[n];
    if (event?.kind !== 'segment.sent') continue;
    const { segment } = event;
    if (segment.src === from && segment.dst === to) seq ??= numberAfter(segment);
    if (segment.src === to && segment.dst === from) ack ??= numberAfter(segment);
  }
  return seq === undefined && ack === undefined ? undefined : { seq: seq ?? 0, ack: ack ?? 0 };
}
