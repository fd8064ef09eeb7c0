/** Where a reader stands in a branch of history, by what is selected there, and every way through what is known. */
import { mainEvent } from '../../engine/main-event.ts';
import type { TraceEvent } from '../../engine/types.ts';
import { countWhile } from '../model/count-while.ts';
import type { Branch } from './branch.svelte.ts';
import { Playback } from './playback.svelte.ts';

export abstract class Reader {
  branch = $state.raw<Branch>();
  /** How many beats have happened at the reader's position, and the time there in µs. */
  beat = $state(0);
  t = $state(0);
  /** The selected event's number. */
  selected = $state<number>();
  /** The step at which a question waits; the world may not go past it. */
  barrier = $state<number>();
  /** While set, selecting an event adds it to an answer or removes it. */
  picking = $state.raw<{ chosen: readonly number[]; change(chosen: readonly number[]): void }>();
  /** Events that the page highlights, until the reader selects one. */
  marks = $state.raw<readonly number[]>([]);
  /** What was typed for a search, until the event list is there to open it. Undefined if no search is waiting. */
  typedAhead = $state<string>();
  /** Increases whenever the reader does something else, so that a pending move is dropped. */
  turn = 0;
  /** Increases whenever the reader asks about an event, so that the panel with the answer opens. */
  questions = $state(0);
  /** Whether the page has moved the reader here, rather than the reader themselves. */
  brought = $state(false);
  readonly #playback = new Playback(this);

  /** Moves one event forward, for which it may have to ask the engine. */
  abstract forward(): Promise<boolean>;
  /** Called whenever the reader's position has changed. */
  protected abstract moved(): void;

  /** The highlighted events: those picked for an answer or, if none is asked for, those in `marks`. */
  get picked(): readonly number[] {
    return this.picking?.chosen ?? this.marks;
  }

  /** Whether events are highlighted or may be picked. */
  get pointing(): boolean {
    return this.picking !== undefined || this.marks.length > 0;
  }

  get playing(): boolean {
    return this.#playback.playing;
  }

  get speed(): number {
    return this.#playback.speed;
  }

  set speed(speed: number) {
    this.#playback.speed = speed;
  }

  get model() {
    void this.branch?.revision;
    return this.branch?.model;
  }

  /** Number of events that have happened for the reader. */
  get shown(): number {
    void this.branch?.revision;
    if (!this.branch || this.beat === 0) return 0;
    return this.branch.model.beats[this.beat - 1]?.end ?? 0;
  }

  /** Whether the reader is at the world's present. */
  get live(): boolean {
    void this.branch?.revision;
    return this.branch !== undefined && this.beat >= this.branch.model.beats.length;
  }

  /** Time of the next event: from the trace or, at the world's present, from the engine. */
  get next(): number | undefined {
    const beat = this.model?.beats[this.beat];
    if (beat) return beat.t;
    if (this.held) return undefined;
    return this.branch?.status?.next ?? undefined;
  }

  /** Whether a question holds the world back. */
  get held(): boolean {
    const step = this.branch?.status?.step;
    return this.barrier !== undefined && step !== undefined && this.live && step >= this.barrier;
  }

  /** The event that is explained: the selected one, or else the one that caused the latest beat. */
  get focus(): TraceEvent | undefined {
    const branch = this.branch;
    void branch?.revision;
    if (!branch) return undefined;
    if (this.selected !== undefined) return branch.events[this.selected];
    const beat = branch.model.beats[this.beat - 1];
    if (!beat) return undefined;
    return mainEvent(branch.events.slice(beat.first, beat.end));
  }

  /** The reader's position as a height in the diagram. */
  get y(): number {
    const model = this.model;
    if (!model) return 0;
    const past = model.beats[this.beat - 1];
    if (past && this.t <= past.t) return past.y;
    return model.scale.y(this.t, this.next);
  }

  get canStep(): boolean {
    return this.next !== undefined;
  }

  /** Moves past the next known beat. */
  pass(): boolean {
    const beat = this.model?.beats[this.beat];
    if (!beat) return false;
    this.stand(this.beat + 1, beat.t);
    return true;
  }

  back(): void {
    const model = this.model;
    if (!model) return;
    this.pause();
    const here = model.beats[this.beat - 1];
    // Between two events, the first step back goes to the earlier one.
    if (here && this.t > here.t) this.stand(this.beat, here.t);
    else if (this.beat > 0) this.stand(this.beat - 1, model.beats[this.beat - 2]?.t ?? 0);
    else this.stand(0, 0);
  }

  toStart(): void {
    this.pause();
    this.stand(0, 0, this.selected);
  }

  toEnd(): void {
    this.pause();
    this.toLive();
    this.moved();
  }

  /** Moves to where event `n` has just happened. */
  seekEvent(n: number): void {
    const beats = this.model?.beats ?? [];
    const found = countWhile(beats, (each) => each.end <= n);
    const beat = beats[found];
    if (!beat) return;
    this.pause();
    this.stand(found + 1, beat.t, this.selected);
  }

  /** Like seekEvent, but by the page itself: the timeline says so until the reader moves. */
  bringTo(n: number): void {
    this.seekEvent(n);
    this.brought = true;
  }

  bringToTime(t: number): void {
    this.seek(t);
    this.brought = true;
  }

  /** Moves to time `t`, within what has already happened. */
  seek(t: number): void {
    const model = this.model;
    if (!model) return;
    this.pause();
    const last = model.beats.at(-1)?.t ?? 0;
    const at = Math.max(0, Math.min(t, Math.max(last, this.branch?.status?.now ?? 0)));
    this.stand(model.beatsUntil(at), at, this.selected);
  }

  /** Starts playing, up to `until` if given. */
  play(until?: number): void {
    if (this.next === undefined && this.live) return;
    this.selected = undefined;
    this.brought = false;
    this.#playback.start(until);
  }

  pause(): void {
    this.turn += 1;
    if (this.playing) this.moved();
    this.#playback.stop();
  }

  /** One frame of playback. */
  tick(milliseconds: number): void {
    this.#playback.tick(milliseconds);
  }

  select(n: number | undefined): void {
    if (n !== undefined && this.picking) {
      const { chosen, change } = this.picking;
      change(chosen.includes(n) ? chosen.filter((each) => each !== n) : [...chosen, n]);
    }
    if (n !== undefined) this.marks = [];
    this.selected = n;
    if (n !== undefined) this.questions += 1;
  }

  /** Selects an event without picking it for an answer. */
  look(n: number): void {
    if (this.picking) this.selected = n;
    else this.select(n);
  }

  protected stand(beat: number, t: number, selected?: number): void {
    this.brought = false;
    this.beat = beat;
    this.t = t;
    this.selected = selected;
    this.moved();
  }

  protected show(branch: Branch, beat: number, t: number): void {
    this.brought = false;
    this.branch = branch;
    this.beat = beat;
    this.t = t;
    this.selected = undefined;
  }

  protected toLive(): void {
    const model = this.model;
    if (!model) return;
    this.brought = false;
    this.beat = model.beats.length;
    this.t = Math.max(model.beats.at(-1)?.t ?? 0, this.branch?.status?.now ?? 0);
  }
}
