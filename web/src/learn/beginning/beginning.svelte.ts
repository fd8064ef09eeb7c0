/**
 * The first 30 seconds of a beginner: a handshake that stops with its third segment half-way, and a call to a host that
 * is off. The texts take their numbers from the run.
 */
import { load, store } from '../../app/storage.ts';
import type { Flight, TraceEvent } from '../../engine/types.ts';
import { freeSeed } from '../../lab/scenarios/first-visit.ts';
import { LabSession } from '../../lab/session/session.svelte.ts';
import scenario from './run.json?raw';

/** What the student sees, in order; in phases that end with -ing the run moves by itself. */
export type Phase = 'coming' | 'third' | 'passing' | 'hello' | 'calling' | 'bet' | 'trying' | 'over';

/** How long the left computer will try, in µs. */
export const bets = { second: 1e6, minute: 60e6, minutes: 300e6, ever: Infinity } as const;
export type Bet = keyof typeof bets;

const left = 'client';
const right = 'server';
/** The server's listen and the client's connect: nothing is in flight before. */
const stepsToFirstSegment = 2;
/** Folded silences all have the same height, so minutes pass in seconds; this speed keeps even many of them short. */
const tryingSpeed = 2.5;

const kept = 'beginning';
export const isRemembered = (): boolean => load(kept) !== null;
export const remember = (): void => void store(kept, 'done');

const isSent = (event: TraceEvent) => event.kind === 'segment.sent';

export class Beginning {
  readonly session = new LabSession();
  phase = $state<Phase>('coming');
  dropped = $state(false);
  isOff = $state(false);
  bet = $state<Bet>();
  readonly #moving = !window.matchMedia('(prefers-reduced-motion: reduce)').matches;
  /** Increases whenever something else is begun, so that a run still moving for the last thing stops. */
  #turn = 0;

  /** Goes to the third segment; not animated if the student has already seen it and starts again. */
  async begin(again = false): Promise<void> {
    const turn = ++this.#turn;
    Object.assign(this, { phase: 'coming', dropped: false, isOff: false, bet: undefined });
    this.session.speed = 1;
    if (!(await this.session.open(scenario, freeSeed, '', stepsToFirstSegment)) || turn !== this.#turn) return;
    await this.#move(this.#moving && !again);
  }

  async drop(): Promise<void> {
    const flight = this.#third;
    if (this.phase !== 'third' || !flight) return;
    this.phase = 'passing';
    this.dropped = await this.session.act({ do: 'drop', segment: flight.id });
    await this.#move();
  }

  async letGo(): Promise<void> {
    if (this.phase !== 'third') return;
    this.phase = 'passing';
    await this.#move();
  }

  async switchOff(): Promise<void> {
    if (this.phase !== 'hello' || this.isOff) return;
    this.isOff = await this.session.act({ do: 'crash', host: right });
  }

  async sayHello(): Promise<void> {
    if (this.phase !== 'hello' || !this.isOff) return;
    this.phase = 'calling';
    await this.session.act({ do: 'send', host: left, socket: 'c', text: 'hello' });
    await this.#move();
  }

  async commit(bet: Bet): Promise<void> {
    if (this.phase !== 'bet') return;
    this.bet = bet;
    this.phase = 'trying';
    this.session.speed = tryingSpeed;
    await this.#move();
  }

  // --- what the run says ---------------------------------------------------------------------------

  get #events(): readonly TraceEvent[] {
    void this.session.branch?.revision;
    return this.session.branch?.events ?? [];
  }

  get #third(): Flight | undefined {
    void this.session.branch?.revision;
    const isThird = this.#events.filter(isSent).length === 3;
    return isThird ? this.session.branch?.status?.in_flight[0] : undefined;
  }

  /** How long the right computer waited before it sent the same again. */
  get repaired(): number | undefined {
    return gapOf(this.#events.filter((event) => isSent(event) && event.host === right));
  }

  get #hellos(): readonly TraceEvent[] {
    return this.#events.filter((event) => isSent(event) && event.host === left && event.segment.len > 0);
  }

  /** How the call ended: how often hello was sent, the first wait, and the total time. */
  get outcome(): { hellos: number; wait: number; time: number } | undefined {
    const end = this.#events.find(
      (event) => event.kind === 'return' && event.host === left && event.error !== undefined,
    );
    const [first] = this.#hellos;
    if (!end || !first) return undefined;
    return { hellos: this.#hellos.length, wait: gapOf(this.#hellos) ?? 0, time: end.t - first.t };
  }

  // --- moving --------------------------------------------------------------------------------------

  /** The time at which the run must stop, once it is known. */
  #stop(): number | undefined {
    const flight = this.phase === 'coming' ? this.#third : this.#helloInFlight();
    if (!flight || flight.arrives == null) return undefined;
    return this.phase === 'coming' ? (flight.departed + flight.arrives) / 2 : flight.arrives;
  }

  #helloInFlight(): Flight | undefined {
    return this.phase === 'calling' ? this.session.branch?.status?.in_flight[0] : undefined;
  }

  async #move(seen = this.#moving): Promise<void> {
    const { session } = this;
    if (seen) return session.play();
    const turn = this.#turn;
    const isBefore = (stop: number | undefined) => stop === undefined || (session.next ?? 0) <= stop;
    let stop = this.#stop();
    while (session.next !== undefined && isBefore(stop)) {
      if (!(await session.forward()) || turn !== this.#turn) break;
      stop = this.#stop() ?? stop;
    }
    if (turn !== this.#turn) return;
    if (stop !== undefined) session.t = stop;
    this.rest();
  }

  /** To be called when the run has grown: the time at which to stop may now be known. */
  follow(): void {
    const stop = this.session.playing ? this.#stop() : undefined;
    if (stop !== undefined) this.session.play(stop);
  }

  /** To be called when the run has stopped. */
  rest(): void {
    const next: Partial<Record<Phase, Phase>> = { coming: 'third', passing: 'hello', calling: 'bet', trying: 'over' };
    if (this.phase === 'coming' && !this.#third) return;
    if (this.phase === 'trying' && !this.outcome) return;
    this.phase = next[this.phase] ?? this.phase;
    if (this.phase === 'over') remember();
  }

  dispose(): void {
    this.#turn += 1;
    this.session.end();
  }
}

function gapOf([first, second]: readonly TraceEvent[]): number | undefined {
  return first && second ? second.t - first.t : undefined;
}
