/** What the loss of a segment led to, as far as the trace says. */
import type { TraceEvent } from '../../engine/types.ts';
import type { DiagramModel } from './diagram-model.ts';
import type { Arrow } from './diagram-types.ts';

type Sent = Extract<TraceEvent, { kind: 'segment.sent' }>;
type TimerEvent = Extract<TraceEvent, { timer: string }>;

export type Fate =
  /** Another copy of it has arrived. */
  | { kind: 'arrived'; event: TraceEvent }
  /** Its sender has sent the same numbers again. */
  | { kind: 'again'; event: Sent }
  /** It has no numbers that could be sent again. */
  | { kind: 'numberless' }
  /** Its sender's retransmission timer runs until `at`. */
  | { kind: 'timer'; event: TimerEvent; at: number }
  | { kind: 'none' };

/** The fate of a lost segment, once the events before `shown` have happened. */
export function fateOf(
  arrow: Arrow,
  model: DiagramModel,
  events: readonly TraceEvent[],
  shown: number,
): Fate | undefined {
  const { end, segment } = arrow;
  if (end?.kind !== 'lost' || end.n >= shown) return undefined;
  const isCopy = ({ n }: TraceEvent) => {
    const other = model.arrowOf(n);
    return other !== arrow && other?.segment.id === segment.id && other.end?.n === n && other.end.kind !== 'lost';
  };
  const copy = firstOf(events, arrow.n, shown, isCopy);
  if (copy) return { kind: 'arrived', event: copy };
  const again = firstOf(events, end.n + 1, shown, (event) => event.kind === 'segment.sent' && repeats(event, arrow));
  if (again) return { kind: 'again', event: again as Sent };
  if (segment.takes === 0) return { kind: 'numberless' };
  const timer = lastTimer(events, shown, arrow.fromConn);
  if (timer?.kind === 'timer.armed' && timer.at !== undefined) return { kind: 'timer', event: timer, at: timer.at };
  return { kind: 'none' };
}

/** A loop rather than `slice().find()`: copying a long trace would cost more than the search. */
function firstOf(
  events: readonly TraceEvent[],
  from: number,
  end: number,
  isIt: (event: TraceEvent) => boolean,
): TraceEvent | undefined {
  for (let n = from; n < end; n++) {
    const event = events[n] as TraceEvent;
    if (isIt(event)) return event;
  }
  return undefined;
}

function lastTimer(events: readonly TraceEvent[], end: number, conn: number | undefined): TimerEvent | undefined {
  for (let n = end - 1; n >= 0; n--) {
    const event = events[n] as TraceEvent;
    if (isRetransmissionTimer(event) && event.conn === conn) return event;
  }
  return undefined;
}

const isRetransmissionTimer = (event: TraceEvent): event is TimerEvent =>
  'timer' in event && event.timer === 'retransmission';

const repeats = ({ segment, retransmission }: Sent, { segment: lost }: Arrow): boolean =>
  retransmission === true && segment.src === lost.src && segment.dst === lost.dst && segment.seq === lost.seq;
