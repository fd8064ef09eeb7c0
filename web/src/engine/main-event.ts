/** Of events that happen at one moment, the one that says what it is about. */
import type { TraceEvent } from './types.ts';

export function mainEvent(events: readonly TraceEvent[]): TraceEvent | undefined {
  const first = events[0];
  if (first?.kind !== 'call') return first;
  // What a call did says more than that it was made.
  return events.find((each) => each.kind === 'state' || each.kind === 'segment.sent') ?? first;
}
