/** Where a reader stands in a branch of history, by what is selected there, and every way through what is known. */
import { mainEvent } from '../../engine/main-event.ts';
import type { TraceEvent } from '../../engine/types.ts';
import { countWhile } from '../model/count-while.ts';
import type { Branch } from './branch.svelte.ts';
import { Playback } from './playback.svelte.ts';

export abstract class Reader {
  branch = $state.raw<Branch>();
  /** Beats that have happened for the reader, and the reader's time in µs. */
  beat = $state(0);
  t = $state(0);
  /** The selected event's number. */
  selected = $state<number>();
  /** The world may not go past this step: a question is waiting there. */
  barrier = $state<number>();
  /** While set, selecting an event adds it to, or takes it from, an answer. */
  picking = $state.raw<{ chosen: readonly number[]; change(chosen: readonly number[]): void }>();
  /** Events that the page points at, until the reader touches one. */
  marks = $state.raw<readonly number[]>([]);
  /** What is typed for a search of the events that was asked for, until their list is there and opens it. */
  typedAhead = $state<string>();
  /** Grows whenever the reader does something else: what was waiting to move on is no longer wanted. */
  turn = 0;
  /** Grows whenever the reader asks about an event: its answer comes forward. */
  questions = $state(0);
  /** Whether the page has brought the reader here, rather than that somebody has gone here. */
  brought = $state(false);
  readonly #playback = new Playback(this);

  /** One event forward, for which the engine may have to be asked. */
  abstract forward(): Promise<boolean>;
  /** Called whenever the reader stands elsewhere. */
  protected abstract moved(): void;

  /** Events that stand out: those picked for an answer or, where none is asked for, those pointed at. */
  get picked(): readonly number[] {
    return this.picking?.chosen ?? this.marks;
  }

  /** Whether events stand out, or may be picked. */
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

  /** Whether the reader stands where the world stands. */
  get live(): boolean {
    void this.branch?.revision;
    return this.branch !== undefined && this.beat >= this.branch.model.beats.length;
  }

  /** Time of the next thing that will happen: known from the trace, or from the engine at the live edge. */
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

  /** The event that is explained: the selected one, or else what set off the newest moment. */
  get focus(): TraceEvent | undefined {
    const branch = this.branch;
    void branch?.revision;
    if (!branch) return undefined;
    if (this.selected !== undefined) return branch.events[this.selected];
    const beat = branch.model.beats[this.beat - 1];
    if (!beat) return undefined;
    return mainEvent(branch.events.slice(beat.first, beat.end));
  }

  /** Height in the diagram at which the reader stands. */
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

  /** Past the next beat of those that are known. */
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
    // Between two events, back first means back to the earlier of them.
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

  /** To where event `n` has just happened. */
  seekEvent(n: number): void {
    const beats = this.model?.beats ?? [];
    const found = countWhile(beats, (each) => each.end <= n);
    const beat = beats[found];
    if (!beat) return;
    this.pause();
    this.stand(found + 1, beat.t, this.selected);
  }

  /** The same on the page's own account, which says so until the reader moves. */
  bringTo(n: number): void {
    this.seekEvent(n);
    this.brought = true;
  }

  bringToTime(t: number): void {
    this.seek(t);
    this.brought = true;
  }

  /** To time `t`, within what the world has already lived. */
  seek(t: number): void {
    const model = this.model;
    if (!model) return;
    this.pause();
    const last = model.beats.at(-1)?.t ?? 0;
    const at = Math.max(0, Math.min(t, Math.max(last, this.branch?.status?.now ?? 0)));
    this.stand(model.beatsUntil(at), at, this.selected);
  }

  /** Plays on; with a time, only to there. */
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

  /** Looks at an event without picking it for an answer. */
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
