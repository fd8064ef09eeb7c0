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
  /** Number of the event with which the flight begins, and of the one with which it ends. */
  n: number;
  end: { n: number; kind: 'received' | 'lost' | 'refused' } | undefined;
  held: boolean;
  delayed: boolean;
  retransmission: boolean;
  way: WayPoint[];
  /** The echo that it is a part of, unless something happened to it. */
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

/** A label beside a lifeline: a state entered, a listener's child that ended, a call, an error, a timer that fired. */
export interface Label {
  host: string;
  n: number;
  y: number;
  kind: 'state' | 'gone' | 'call' | 'error' | 'timer' | 'deliver';
  event: TraceEvent;
  /** Set if this host has several connections, so that the label must say which one it is about. */
  conn: number | undefined;
}

/** One step of the world that produced events; "one forward" moves by one beat. */
export interface Beat {
  step: number;
  t: number;
  first: number;
  end: number;
  y: number;
}
