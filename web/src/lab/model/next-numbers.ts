/** The seq and ack of the next segment from one end to another, as far as the trace tells. */
import type { Segment, TraceEvent } from '../../engine/types.ts';

const modulo = 2 ** 32;

/** The sequence number that follows a segment. */
export const numberAfter = ({ seq, takes }: Segment): number => (seq + takes) % modulo;

export function nextNumbers(
  events: readonly TraceEvent[],
  from: string,
  to: string,
): { seq: number; ack: number } | undefined {
  let seq: number | undefined;
  let ack: number | undefined;
  // Search backwards: only the latest of each counts, and that is near the end of a long trace.
  for (let n = events.length - 1; n >= 0 && (seq === undefined || ack === undefined); n--) {
    const event = events[n];
    if (event?.kind !== 'segment.sent') continue;
    const { segment } = event;
    if (segment.src === from && segment.dst === to) seq ??= numberAfter(segment);
    if (segment.src === to && segment.dst === from) ack ??= numberAfter(segment);
  }
  return seq === undefined && ack === undefined ? undefined : { seq: seq ?? 0, ack: ack ?? 0 };
}
