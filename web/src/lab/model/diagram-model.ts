/**
 * The sequence diagram as numbers: built from the trace event by event, never from knowledge of the protocol.
 * Heights are final when they are written; widths are left to the component that draws.
 */
import type { Host, SegmentEvent, TraceEvent } from '../../engine/types.ts';
import { Buckets } from './buckets.ts';
import { Children } from './children.ts';
import { Connections } from './connections.ts';
import type { Arrow, Band, Beat, Label, StateChange, WayPoint } from './diagram-types.ts';
import { Echoes } from './echoes.ts';
import { Rulers } from './rulers.ts';
import { countWhile } from './count-while.ts';
import { clock } from './text.ts';
import { flightHeight, slotHeight, TimeScale } from './time-scale.ts';

export type { Arrow, Band, Beat, Label, StateChange, WayPoint } from './diagram-types.ts';

const labelDistance = 15;
/** Half the height of a loss mark. */
const lossMark = 8;
/** How many labels beyond the first fit beside the gap to the next moment. */
const labelsBeside = 1;

interface HostState {
  slot: number;
  sent: boolean;
  received: boolean;
  lanes: (number | undefined)[];
  lastLabel: number;
}

export class DiagramModel {
  readonly scale: TimeScale;
  readonly beats: Beat[] = [];
  readonly arrows = new Buckets<Arrow>();
  readonly bands = new Buckets<Band>();
  readonly labels = new Buckets<Label>();
  readonly flying = new Map<string, Arrow>();
  readonly standing = new Map<number, Band>();
  /** The most lanes that each host has needed, and the hosts that have listened. */
  readonly lanes = new Map<string, number>();
  readonly listening = new Set<string>();
  readonly connections = new Connections();
  readonly rulers = new Rulers();
  readonly echoes: Echoes;
  /** Length of the longest time in characters: the column of times must have room for it. */
  timeLetters = 0;
  /** Every change of state, in order. */
  readonly changes: StateChange[] = [];
  /** Number of the event that first sent each segment. */
  readonly sentAt = new Map<number, number>();
  readonly #hosts = new Map<string, HostState>();
  readonly #laneOf = new Map<number, number>();
  readonly #children = new Children();
  readonly #addresses = new Map<string, string>();
  readonly #arrowOf = new Map<number, Arrow>();
  /** The flights that have ended, by segment and copy. */
  readonly #over = new Map<string, Arrow>();
  readonly #heights: number[] = [];
  /** Number of the last call's event. */
  #lastCall: number | undefined;
  readonly #arrivals: ReadonlyMap<string, number>;
  readonly #reference: number;

  /**
   * `arrivals` has the expected arrival of each flight (`id:copy`) that the engine has told. `isOpen` says which echoes
   * are drawn segment by segment.
   */
  constructor(
    hosts: readonly Pick<Host, 'name' | 'address'>[],
    reference: number,
    arrivals: ReadonlyMap<string, number> = new Map(),
    isOpen: (echo: number) => boolean = () => false,
  ) {
    this.echoes = new Echoes(isOpen);
    this.scale = new TimeScale(reference);
    this.#reference = reference;
    this.#arrivals = arrivals;
    for (const host of hosts) {
      this.#addresses.set(host.address, host.name);
      this.#hosts.set(host.name, freshHost());
    }
  }

  /** Height of event `n`. */
  yOf(n: number): number {
    return this.#heights[n] ?? 0;
  }

  /** The arrow that event `n` belongs to, if it is about a segment. */
  arrowOf(n: number): Arrow | undefined {
    return this.#arrowOf.get(n);
  }

  append(event: TraceEvent): void {
    if (event.t > this.scale.lastTime) {
      for (const host of this.#hosts.values()) Object.assign(host, { slot: 0, sent: false, received: false });
    }
    const top = this.scale.append(event.t);
    this.echoes.note(event, top);
    const y = top + (this.echoes.squeezed ? 0 : this.#slot(event) * slotHeight);
    this.scale.squeezed = this.echoes.squeezed;
    this.#heights[event.n] = y;
    this.#beat(event, y);
    switch (event.kind) {
      case 'segment.sent':
        this.#depart(event, y);
        break;
      case 'segment.received':
      case 'segment.dropped':
        this.#arrive(event, y);
        break;
      case 'segment.held':
      case 'segment.released':
      case 'segment.delayed':
      case 'segment.duplicated':
      case 'segment.corrupted':
        this.#divert(event, y);
        break;
      case 'state': {
        const gone = this.#children.endsWith(event);
        this.changes.push(event);
        this.#state(event, y, gone);
        this.#label(event, y, gone ? 'gone' : 'state');
        break;
      }
      case 'call':
        this.#lastCall = event.n;
        this.#label(event, y, 'call');
        break;
      case 'return':
        if (event.error !== undefined) this.#label(event, y, 'error');
        else if (event.option !== undefined || this.#waited(event)) this.#label(event, y, 'deliver');
        break;
      case 'timer.fired':
        this.#label(event, y, 'timer');
        break;
      case 'icmp':
        this.#label(event, y, 'error');
        break;
      case 'deliver':
        this.#label(event, y, 'deliver');
        break;
    }
  }

  /** How far an arrow has come at time `t`: 0 at the sender, 1 at the receiver. */
  shareAt(arrow: Arrow, t: number): number {
    let last = arrow.way[0] as WayPoint;
    for (const point of arrow.way) {
      if (point.t > t) return between(last, point, t);
      last = point;
    }
    if (arrow.held || arrow.end) return last.share;
    return between(last, { t: this.#arrival(arrow), y: 0, share: 1 }, t);
  }

  /** How many beats are complete before world step `step`. */
  beatsBefore(step: number): number {
    return countWhile(this.beats, (beat) => beat.step < step);
  }

  /** How many beats have happened by time `t`. */
  beatsUntil(t: number): number {
    return countWhile(this.beats, (beat) => beat.t <= t);
  }

  /** How many beats are above height `y`. */
  beatsAbove(y: number): number {
    return countWhile(this.beats, (beat) => beat.y < y);
  }

  /** The arrows in flight when the events before `shown` have happened. */
  flyingAt(shown: number, y: number): Arrow[] {
    const here = this.arrows.between(y - 1, y + 1).concat([...this.flying.values()]);
    return here.filter((arrow) => arrow.n < shown && (arrow.end === undefined || arrow.end.n >= shown));
  }

  #host(name: string): HostState {
    let host = this.#hosts.get(name);
    if (!host) this.#hosts.set(name, (host = freshHost()));
    return host;
  }

  /** Segments of one kind at one host and instant get slots below each other; what a segment causes shares its slot. */
  #slot(event: TraceEvent): number {
    if (event.host === undefined) return 0;
    const host = this.#host(event.host);
    const sent = event.kind === 'segment.sent';
    const received = event.kind === 'segment.received';
    if ((sent && host.sent) || (received && (host.received || host.sent))) {
      Object.assign(host, { slot: host.slot + 1, sent: false, received: false });
      this.scale.extend(host.slot);
    }
    if (sent) host.sent = true;
    if (received) host.received = true;
    return host.slot;
  }

  #beat(event: TraceEvent, y: number): void {
    const last = this.beats.at(-1);
    if (last && last.step === event.step) {
      last.end = event.n + 1;
      last.y = Math.max(last.y, y);
    } else {
      this.beats.push({ step: event.step, t: event.t, first: event.n, end: event.n + 1, y });
      this.timeLetters = Math.max(this.timeLetters, clock(event.t).length);
    }
  }

  #depart(event: Extract<TraceEvent, { kind: 'segment.sent' }>, y: number): void {
    const { segment } = event;
    this.sentAt.set(segment.id, event.n);
    this.rulers.note(segment, event.n);
    const arrow: Arrow = {
      segment,
      copy: 1,
      from: event.host ?? this.#hostOf(segment.src),
      to: this.#hostOf(segment.dst),
      fromConn: event.conn,
      toConn: undefined,
      n: event.n,
      end: undefined,
      held: false,
      delayed: false,
      retransmission: event.retransmission ?? false,
      way: [{ t: event.t, y, share: 0 }],
      echo: this.echoes.current,
    };
    arrow.echo?.arrows.push(arrow);
    this.connections.note(segment, event.conn);
    this.flying.set(`${segment.id}:1`, arrow);
    this.#arrowOf.set(event.n, arrow);
  }

  #arrive(event: SegmentEvent & { copy?: number | undefined; where?: string | undefined }, y: number): void {
    const key = `${event.segment.id}:${event.copy ?? 1}`;
    const arrow = this.#take(event);
    if (!arrow) {
      // The host has just received this segment and now drops it.
      const over = this.#over.get(key);
      if (over?.end && event.kind === 'segment.dropped') over.end = { n: over.end.n, kind: 'refused' };
      if (over) this.#arrowOf.set(event.n, over);
      return;
    }
    this.#over.set(key, arrow);
    const lost = event.kind === 'segment.dropped' && event.where !== 'host';
    arrow.toConn = event.conn;
    if (event.conn !== undefined) this.connections.note(event.segment, event.conn);
    if (lost) arrow.echo = undefined;
    else if (arrow.echo) this.echoes.reach(arrow.echo, y);
    arrow.end = { n: event.n, kind: lost ? 'lost' : event.kind === 'segment.dropped' ? 'refused' : 'received' };
    if (!lost) {
      arrow.way.push({ t: event.t, y, share: 1 });
    } else {
      const start = arrow.way.at(-1) as WayPoint;
      const share = this.shareBefore(arrow, event.t);
      // A loss at the very start is drawn about half way along, or there would be no line to see.
      if (share - start.share < 0.2 && start.share === 0) {
        const loss = flightHeight * 0.55;
        arrow.way.push({ t: event.t, y: y + loss, share: 0.55 });
        // Whatever comes next, even a fold, must be below the loss mark.
        this.scale.stretch(y + loss + lossMark - this.scale.y(event.t));
      } else {
        arrow.way.push({ t: event.t, y, share });
      }
    }
    const ys = arrow.way.map((point) => point.y);
    this.arrows.add(arrow, Math.min(...ys), Math.max(...ys));
    this.flying.delete(key);
  }

  #divert(event: SegmentEvent & { copy?: number | undefined }, y: number): void {
    const arrow = this.#take(event, event.kind === 'segment.duplicated');
    if (!arrow) return;
    const point = { t: event.t, y, share: this.shareBefore(arrow, event.t) };
    if (event.kind === 'segment.duplicated') {
      const copy = event.copy ?? 2;
      const twin: Arrow = { ...arrow, copy, n: event.n, held: false, delayed: false, way: [point], echo: undefined };
      this.flying.set(`${event.segment.id}:${copy}`, twin);
      this.#arrowOf.set(event.n, twin);
      return;
    }
    arrow.way.push(point);
    arrow.echo = undefined;
    if (event.kind === 'segment.delayed') arrow.delayed = true;
    else if (event.kind !== 'segment.corrupted') arrow.held = event.kind === 'segment.held';
  }

  /** Like shareAt, for an arrow whose next way point is not yet known. */
  shareBefore(arrow: Arrow, t: number): number {
    const last = arrow.way.at(-1) as WayPoint;
    if (arrow.held) return last.share;
    return between(last, { t: this.#arrival(arrow), y: 0, share: 1 }, t);
  }

  #arrival(arrow: Arrow): number {
    const start = arrow.way.at(-1) as WayPoint;
    const known = this.#arrivals.get(`${arrow.segment.id}:${arrow.copy}`);
    return known !== undefined && known > start.t ? known : start.t + this.#reference;
  }

  #take(event: SegmentEvent & { copy?: number | undefined }, original = false): Arrow | undefined {
    const { id } = event.segment;
    const arrow = this.flying.get(`${id}:${original ? 1 : (event.copy ?? 1)}`);
    if (arrow) this.#arrowOf.set(event.n, arrow);
    return arrow;
  }

  /** `gone` means that a listener's child ends, whatever state the event says that it enters. */
  #state(event: StateChange, y: number, gone: boolean): void {
    if (event.host === undefined || event.conn === undefined) return;
    const { conn } = event;
    const before = this.standing.get(conn);
    if (before) {
      before.bottom = y;
      before.endN = event.n;
      this.bands.add(before, before.top, y);
      this.standing.delete(conn);
    }
    const lanes = this.#host(event.host).lanes;
    if (gone || event.to === 'CLOSED') {
      const lane = lanes.indexOf(conn);
      if (lane >= 0) lanes[lane] = undefined;
      return;
    }
    const listener = event.to === 'LISTEN';
    if (listener) this.listening.add(event.host);
    const lane = listener ? 0 : this.#lane(event.host, lanes, conn);
    this.standing.set(conn, {
      host: event.host,
      conn,
      lane,
      listener,
      state: event.to,
      n: event.n,
      top: y,
      bottom: undefined,
      endN: undefined,
    });
  }

  #lane(host: string, lanes: (number | undefined)[], conn: number): number {
    let lane = lanes.indexOf(conn);
    if (lane < 0) {
      lane = lanes.indexOf(undefined);
      if (lane < 0) lane = lanes.length;
      lanes[lane] = conn;
      this.lanes.set(host, Math.max(this.lanes.get(host) ?? 0, lanes.length));
    }
    this.#laneOf.set(conn, lane);
    return lane;
  }

  #label(event: TraceEvent, y: number, kind: Label['kind']): void {
    if (event.host === undefined) return;
    const host = this.#host(event.host);
    const at = Math.max(y, host.lastLabel + labelDistance);
    host.lastLabel = at;
    // A tall stack of labels would run into those of the next moment, or into a fold, so make this moment higher.
    this.scale.stretch(at - this.scale.y(event.t) - labelsBeside * labelDistance);
    const several = host.lanes.filter((conn) => conn !== undefined).length > 1;
    const label: Label = {
      host: event.host,
      n: event.n,
      y: at,
      kind,
      event,
      conn: several ? event.conn : undefined,
    };
    this.labels.add(label, at - labelDistance, at);
  }

  /** Whether this is the return of a close() that lingered: it comes late, and the reader waits for it. */
  #waited(event: Extract<TraceEvent, { kind: 'return' }>): boolean {
    return event.call === 'close' && event.cause !== this.#lastCall;
  }

  #hostOf(endpoint: string): string {
    const address = endpoint.slice(0, endpoint.lastIndexOf(':'));
    return this.#addresses.get(address) ?? address;
  }
}

function freshHost(): HostState {
  return { slot: 0, sent: false, received: false, lanes: [], lastLabel: -Infinity };
}

function between(a: WayPoint, b: WayPoint, t: number): number {
  if (b.t <= a.t) return b.share;
  const share = a.share + ((b.share - a.share) * (t - a.t)) / (b.t - a.t);
  return Math.min(Math.max(share, 0), 1);
}
