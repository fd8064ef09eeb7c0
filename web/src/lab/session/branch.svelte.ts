/** One line of history: an engine session, its trace so far, and the diagram built from it. */
import type { Status, TraceEvent } from '../../engine/types.ts';
import { DiagramModel } from '../model/diagram-model.ts';

const usualDelay = 50_000;
/** How many events are added to a diagram before it yields to the page: some milliseconds on a slow machine. */
export const drawnAtOnce = 250;

async function drawInSlices(model: DiagramModel, events: readonly TraceEvent[]): Promise<void> {
  for (let from = 0; from < events.length; from += drawnAtOnce) {
    for (const event of events.slice(from, from + drawnAtOnce)) model.append(event);
    await new Promise((done) => setTimeout(done));
  }
}

export class Branch {
  readonly id: number;
  /** The branch that it left, and the first world step that is not shared with it. */
  readonly parent: { id: number; step: number } | undefined;
  handle: number;
  /** The worker that knows the handle. */
  generation: number;
  /** A scenario that replays to this branch; updated after every action. */
  scenario = $state.raw('');
  readonly seed: number;
  events: TraceEvent[] = [];
  model: DiagramModel;
  status = $state.raw<Status>();
  /** Increases with every change of `events` and `model`, which are too large to be reactive themselves. */
  revision = $state(0);
  readonly #arrivals = new Map<string, number>();
  /** The echoes that are drawn segment by segment; all of them if the run is shown beside another. */
  #open: Set<number> | 'all' = new Set();
  #reference = 0;
  #drawn = false;

  constructor(id: number, handle: number, generation: number, seed: number, parent?: { id: number; step: number }) {
    this.id = id;
    this.handle = handle;
    this.generation = generation;
    this.seed = seed;
    this.parent = parent;
    this.model = new DiagramModel([], usualDelay);
  }

  /** Adds the engine's current status and the events since the last time. */
  grow(status: Status, fresh: readonly TraceEvent[]): void {
    for (const flight of status.in_flight) {
      if (flight.arrives === undefined || flight.arrives === null) continue;
      this.#arrivals.set(`${flight.id}:${flight.copy}`, flight.arrives);
    }
    const newScale = this.#reference === 0;
    if (newScale) this.#reference = firstFlight(status, fresh);
    // The first segment sets the scale, so hardly anything has been drawn that must be drawn again.
    if (!this.#drawn || (newScale && this.#reference > 0)) {
      this.model = this.#emptyModel(status);
      for (const event of this.events) this.model.append(event);
      this.#drawn = true;
    }
    for (const event of fresh) {
      this.events.push(event);
      this.model.append(event);
    }
    this.status = status;
    this.revision += 1;
  }

  /** Drops the events from number `count` on: an action was taken back. */
  async shrink(status: Status, count: number): Promise<void> {
    const events = this.events.slice(0, count);
    const model = this.#emptyModel(status);
    await drawInSlices(model, events);
    this.events = events;
    this.model = model;
    this.status = status;
    this.revision += 1;
  }

  /** Draws an echo segment by segment, or as one again. */
  async unfold(echo: number, open: boolean): Promise<void> {
    if (this.#open === 'all' || !this.status) return;
    if (open) this.#open.add(echo);
    else this.#open.delete(echo);
    const model = this.#emptyModel(this.status);
    await drawInSlices(model, this.events);
    this.model = model;
    this.revision += 1;
  }

  /** When a flight of this branch is due to arrive, if the engine has said so. */
  arrival(id: number, copy: number): number | undefined {
    return this.#arrivals.get(`${id}:${copy}`);
  }

  /** Copies the shared beginning from another branch instead of asking the engine for it again. */
  async inherit(other: Branch, status: Status, count: number): Promise<void> {
    this.events = other.events.slice(0, Math.min(count, status.events));
    this.#reference = other.#reference;
    for (const [key, value] of other.#arrivals) this.#arrivals.set(key, value);
    this.model = this.#emptyModel(status);
    await drawInSlices(this.model, this.events);
    this.#drawn = true;
  }

  /** Redraws two branches on one time axis, so that the same time has the same height in both. */
  static onOneAxis(...pair: [Branch, Branch]): void {
    for (const each of pair) each.#open = 'all';
    const models = pair.map((each) => (each.model = each.#emptyModel(each.status as Status)));
    const times = [...new Set(pair.flatMap(({ events }) => events.map(({ t }) => t)))].sort((a, b) => a - b);
    const done = [0, 0];
    for (const t of times) {
      models.forEach((model, i) => {
        let n = done[i] as number;
        const events = pair[i]?.events ?? [];
        if (events[n]?.t !== t) model.scale.append(t);
        for (; events[n]?.t === t; n++) model.append(events[n] as TraceEvent);
        done[i] = n;
      });
      const bottom = Math.max(...models.map(({ scale }) => scale.bottom));
      for (const { scale } of models) scale.stretch(bottom - scale.y(t));
    }
    for (const each of pair) each.revision += 1;
  }

  #emptyModel(status: Status): DiagramModel {
    const isOpen = (echo: number) => this.#open === 'all' || this.#open.has(echo);
    return new DiagramModel(status.hosts, this.#reference || usualDelay, this.#arrivals, isOpen);
  }
}

/** How long the first known segment takes to cross the network; 0 if none is known. */
export function firstFlight(status: Pick<Status, 'in_flight'>, fresh: readonly TraceEvent[]): number {
  const sent = new Map<number, number>();
  for (const event of fresh) {
    if (event.kind === 'segment.sent') sent.set(event.segment.id, event.t);
    const departed = event.kind === 'segment.received' ? sent.get(event.segment.id) : undefined;
    if (departed !== undefined && event.t > departed) return event.t - departed;
  }
  // Look for an arrival first: a segment still in flight after many events may be a delayed one.
  const flying = status.in_flight.find((flight) => (flight.arrives ?? 0) > flight.departed);
  return flying ? (flying.arrives as number) - flying.departed : 0;
}
