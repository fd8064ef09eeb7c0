/** What the sequence diagram is made of. */
import type { Segment, State, TraceEvent } from '../../engine/types.ts';
import type { Echo } from './echoes.ts';

/** A point on a segment's way: `share` 0 at the sender, 1 at the receiver. */
export interface WayPoint {
  t: number;
  y: number;
  share: number;
}

export interface Arrow {
  segment: Segment;
  copy: number;
  from: string;
  to: string;
  fromConn: number | undefined;
  toConn: number | undefined;
  /** Number of the event that put it on the way, and of the one that took it off. */
  n: number;
  end: { n: number; kind: 'received' | 'lost' | 'refused' } | undefined;
  held: boolean;
  delayed: boolean;
  retransmission: boolean;
  way: WayPoint[];
  /** What it is a part of, unless something befell it. */
  echo: Echo | undefined;
}

export type StateChange = Extract<TraceEvent, { kind: 'state' }>;

export interface Band {
  host: string;
  conn: number;
  lane: number;
  listener: boolean;
  state: State;
  n: number;
  top: number;
  /** Undefined while the state lasts. */
  bottom: number | undefined;
  endN: number | undefined;
}

/** A word beside a lifeline: a state entered, a listener's child that is gone, a call, an error, a timer that fired. */
export interface Label {
  host: string;
  n: number;
  y: number;
  kind: 'state' | 'gone' | 'call' | 'error' | 'timer' | 'deliver';
  event: TraceEvent;
  /** Whether several connections stand on this host, so that the label must say which. */
  conn: number | undefined;
}

/** One step of the world that left events: what "one forward" moves by. */
export interface Beat {
  step: number;
  t: number;
  first: number;
  end: number;
  y: number;
}
