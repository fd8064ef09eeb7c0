/**
 * A student's session: branches of history, where the reader stands in one of them, and what is selected.
 * State flows one way: intents call the engine, its answers become the branch, components show the branch.
 * The world runs ahead only as far as the reader has gone; looking back never changes it.
 */
import { engine, EngineHung } from '../../engine/client.ts';
import { EngineMismatch } from '../../engine/api.ts';
import type { Action, Catalogue, Problem, Status, TraceEvent, Variables } from '../../engine/types.ts';
import { loadSession, saveSession, type Saved } from './autosave.ts';
import { Branch } from './branch.svelte.ts';
import { separate } from './recorded.ts';

/** Steps asked of the engine in one call: short enough to stay answerable. */
const stepsPerCall = 200;
/** A scenario file above this is refused unread. */
export const largestFile = 2_000_000;
/** Playback at speed 1, in pixels of the diagram a second. */
const playSpeed = 70;

export interface Failure {
  kind: 'failed' | 'hung' | 'mismatch';
  detail: string;
}

/** What is allowed where a task limits it: network actions, and calls for each host. Undefined: everything. */
export interface Allowed {
  network: readonly string[];
  calls: Readonly<Record<string, readonly string[]>>;
}

export class LabSession {
  branches = $state.raw<Branch[]>([]);
  branch = $state.raw<Branch>();
  catalogue = $state.raw<Catalogue>();
  /** Beats that have happened for the reader, and the reader's time in µs. */
  beat = $state(0);
  t = $state(0);
  playing = $state(false);
  speed = $state(1);
  /** The selected event's number. */
  selected = $state<number>();
  failure = $state.raw<Failure>();
  /** Why the last file or action was refused. */
  refused = $state.raw<{ what: string; problems: Problem[] }>();
  saving = $state<'kept' | 'blocked' | 'full'>('kept');
  loading = $state(false);
  /** The world may not go past this step: a question is waiting there. */
  barrier = $state<number>();
  allowed = $state.raw<Allowed>();
  /** While set, selecting an event adds it to, or takes it from, an answer. */
  picking = $state.raw<{ chosen: readonly number[]; change(chosen: readonly number[]): void }>();

  #queue: Promise<unknown> = Promise.resolve();
  #nextId = 1;
  #waiting = false;
  #playUntil: number | undefined;
  readonly #key: string | undefined;

  /** `key` names the place in storage where this session is kept; without it nothing is kept. */
  constructor(key?: string) {
    this.#key = key;
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
    const events = branch.events.slice(beat.first, beat.end);
    const first = events[0];
    if (first?.kind !== 'call') return first;
    // What a call did says more than that it was made.
    return events.find((each) => each.kind === 'state' || each.kind === 'segment.sent') ?? first;
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

  // --- opening ---------------------------------------------------------------------------------

  /**
   * Opens a scenario beside what is there, and only then lets the old work go. False when refused.
   * `steps` of the world have happened when it is first shown.
   */
  open(scenario: string, seed: number, what = '', steps = 0): Promise<boolean> {
    return this.#exclusive(async () => {
      const opened = await engine.call('open', scenario, seed);
      if ('problems' in opened) {
        this.refused = { what, problems: opened.problems };
        return false;
      }
      this.pause();
      const branch = new Branch(this.#nextId++, opened.session, engine.generation, seed);
      branch.scenario = scenario;
      await this.#pull(branch, await engine.call('step', opened.session, steps));
      const old = this.branches;
      this.branches = [branch];
      this.#show(branch, 0, 0);
      if (steps > 0) this.#toLive();
      this.refused = undefined;
      for (const each of old) await this.#release(each);
      this.#save();
      return true;
    });
  }

  /** Restores what was kept in storage. False when there is nothing, or it no longer replays. */
  async restore(): Promise<boolean> {
    const saved = this.#key === undefined ? undefined : loadSession(this.#key);
    if (!saved) return false;
    return this.#exclusive(() => this.#reopen(saved));
  }

  /** After a failure: a fresh worker, and the same work in it. */
  async restart(): Promise<void> {
    engine.restart();
    this.failure = undefined;
    this.#queue = Promise.resolve();
    this.loading = false;
    const saved = this.#toSave();
    this.catalogue = undefined;
    await this.loadCatalogue();
    if (saved) await this.#exclusive(() => this.#reopen(saved));
  }

  async loadCatalogue(): Promise<void> {
    if (this.catalogue) return;
    await this.#guard(async () => {
      this.catalogue = await engine.call('catalogue');
    });
  }

  // --- moving ----------------------------------------------------------------------------------

  async forward(): Promise<boolean> {
    const branch = this.branch;
    if (!branch) return false;
    if (this.live) {
      if (this.held) return false;
      await this.#exclusive(() => this.#advance(branch));
    }
    const beat = branch.model.beats[this.beat];
    if (!beat || branch !== this.branch) return false;
    this.beat += 1;
    this.t = beat.t;
    this.selected = undefined;
    this.#remember();
    return true;
  }

  back(): void {
    const model = this.model;
    if (!model) return;
    this.pause();
    this.selected = undefined;
    const here = model.beats[this.beat - 1];
    // Between two events, back first means back to the earlier of them.
    if (here && this.t > here.t) this.t = here.t;
    else if (this.beat > 0) {
      this.beat -= 1;
      this.t = model.beats[this.beat - 1]?.t ?? 0;
    } else this.t = 0;
    this.#remember();
  }

  toStart(): void {
    this.pause();
    this.beat = 0;
    this.t = 0;
    this.#remember();
  }

  toEnd(): void {
    this.pause();
    this.#toLive();
    this.#remember();
  }

  /** To where event `n` has just happened. */
  seekEvent(n: number): void {
    const model = this.model;
    if (!model) return;
    const beat = model.beats.findIndex((each) => n < each.end);
    if (beat < 0) return;
    this.pause();
    this.beat = beat + 1;
    this.t = (model.beats[beat] as { t: number }).t;
    this.#remember();
  }

  /** To time `t`, within what the world has already lived. */
  seek(t: number): void {
    const model = this.model;
    if (!model) return;
    this.pause();
    const last = model.beats.at(-1)?.t ?? 0;
    this.t = Math.max(0, Math.min(t, Math.max(last, this.branch?.status?.now ?? 0)));
    this.beat = model.beatsUntil(this.t);
    this.#remember();
  }

  /** Plays on; with a time, only to there. */
  play(until?: number): void {
    if (this.next === undefined && this.live) return;
    this.#playUntil = until;
    this.selected = undefined;
    this.playing = true;
  }

  pause(): void {
    this.playing = false;
  }

  /** One frame of playback. */
  tick(milliseconds: number): void {
    const branch = this.branch;
    if (!this.playing || !branch || this.#waiting) return;
    const { model } = branch;
    const y = this.y + (Math.min(milliseconds, 100) / 1000) * playSpeed * this.speed;
    const next = this.next;
    if (next === undefined) {
      this.pause();
      this.#remember();
      return;
    }
    if (this.#playUntil !== undefined && next > this.#playUntil) {
      const stop = this.#playUntil;
      this.t = Math.max(this.t, Math.min(stop, model.scale.time(y, next)));
      if (this.t >= stop) this.pause();
      return;
    }
    const beat = model.beats[this.beat];
    if (y < (beat ? beat.y : model.scale.y(next, next))) {
      this.t = Math.max(this.t, model.scale.time(y, next));
      return;
    }
    if (beat) {
      this.beat += 1;
      this.t = beat.t;
      return;
    }
    this.t = next;
    this.#waiting = true;
    void this.forward().then((moved) => {
      this.#waiting = false;
      if (!moved) this.pause();
    });
  }

  /** Runs the world to before step `step`, in short calls, and stands there. */
  runTo(step: number): Promise<void> {
    const branch = this.branch;
    return this.#exclusive(async () => {
      if (branch) await this.#runTo(branch, step);
      this.#toLive();
    });
  }

  /** Runs on until nothing more happens by itself (or `steps` steps): an exercise's end. */
  runOn(steps = 20_000): Promise<void> {
    const branch = this.branch;
    return this.#exclusive(async () => {
      let left = steps;
      while (branch?.status && left > 0) {
        const { next, ended, step } = branch.status;
        if (ended || next === null || next === undefined) break;
        const count = Math.min(stepsPerCall, left);
        await this.#pull(branch, await engine.call('step', branch.handle, count));
        if (branch.status.step === step) break;
        left -= count;
      }
      this.#toLive();
    });
  }

  // --- acting ----------------------------------------------------------------------------------

  /** Does something now; in the past it does so on a new branch, and the old one is kept. */
  act(action: Action): Promise<boolean> {
    this.pause();
    return this.#exclusive(async () => {
      let branch = this.branch;
      if (!branch) return false;
      const t = this.t;
      if (!this.live) {
        const forked = await this.#fork(branch);
        if (!forked) return false;
        branch = forked;
      }
      const answer = await engine.call('act', branch.handle, action, t);
      if ('problems' in answer) {
        this.refused = { what: action.do, problems: answer.problems };
        return false;
      }
      this.refused = undefined;
      await this.#pull(branch, answer);
      branch.scenario = await engine.call('exportScenario', branch.handle);
      if (branch === this.branch) this.#toLive();
      this.#save();
      return true;
    });
  }

  /** A new branch from here; both go on from the same past. */
  fork(): Promise<boolean> {
    this.pause();
    return this.#exclusive(async () => this.branch !== undefined && (await this.#fork(this.branch)) !== undefined);
  }

  undo(): Promise<boolean> {
    this.pause();
    return this.#exclusive(async () => {
      const branch = this.branch;
      if (!branch) return false;
      const answer = await engine.call('undo', branch.handle);
      if ('problems' in answer) {
        this.refused = { what: 'undo', problems: answer.problems };
        return false;
      }
      await branch.shrink(answer, answer.events);
      branch.scenario = await engine.call('exportScenario', branch.handle);
      this.selected = undefined;
      this.#toLive();
      this.#save();
      return true;
    });
  }

  switchTo(branch: Branch): void {
    this.pause();
    this.#show(branch, branch.model.beatsUntil(this.t), Math.min(this.t, branch.status?.now ?? 0));
    this.#save();
  }

  closeBranch(branch: Branch): Promise<void> {
    return this.#exclusive(async () => {
      if (this.branches.length < 2) return;
      this.branches = this.branches.filter((each) => each !== branch);
      if (this.branch === branch) this.switchTo(this.branches.at(-1) as Branch);
      await this.#release(branch);
      this.#save();
    });
  }

  // --- reading ---------------------------------------------------------------------------------

  select(n: number | undefined): void {
    if (n !== undefined && this.picking) {
      const { chosen, change } = this.picking;
      change(chosen.includes(n) ? chosen.filter((each) => each !== n) : [...chosen, n]);
    }
    this.selected = n;
  }

  variables(n: number): Promise<Variables | undefined> {
    return this.#exclusive(async () =>
      this.branch ? ((await engine.call('variables', this.branch.handle, n)) ?? undefined) : undefined,
    );
  }

  /** The world as it stood where the reader stands: a glance at a fork that is dropped at once. */
  statusHere(): Promise<Status | undefined> {
    return this.#exclusive(async () => {
      const branch = this.branch;
      if (!branch || this.live) return branch?.status;
      const opened = await engine.call('fork', branch.handle, this.#stepHere(branch));
      if ('problems' in opened) return undefined;
      const status = await engine.call('status', opened.session);
      await engine.call('close', opened.session);
      return status;
    });
  }

  exportText(): Promise<string | undefined> {
    return this.#exclusive(async () =>
      this.branch ? engine.call('exportScenario', this.branch.handle) : undefined,
    );
  }

  /** A pcapng file of what the world has lived, seen by that host or ('') as every host sends. */
  capture(host: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
    return this.#exclusive(async () => {
      if (!this.branch) return undefined;
      const file = await engine.call('capture', this.branch.handle, host);
      if (file instanceof Uint8Array) return file;
      this.refused = { what: 'capture', problems: file.problems };
      return undefined;
    });
  }

  /** What the student did, as it was recorded: the script entries that carry their step. */
  async recordedActions(): Promise<Action[]> {
    const text = await this.exportText();
    if (text === undefined) return [];
    const { script } = JSON.parse(text) as { script?: Action[] };
    return (script ?? []).filter((entry) => entry.step !== undefined);
  }

  // --- inside ----------------------------------------------------------------------------------

  #stepHere(branch: Branch): number {
    return branch.model.beats[this.beat]?.step ?? branch.status?.step ?? 0;
  }

  async #fork(parent: Branch): Promise<Branch | undefined> {
    const step = this.#stepHere(parent);
    const opened = await engine.call('fork', parent.handle, step);
    if ('problems' in opened) {
      this.refused = { what: 'fork', problems: opened.problems };
      return undefined;
    }
    const id = this.#nextId++;
    const branch = new Branch(id, opened.session, engine.generation, parent.seed, { id: parent.id, step });
    const status = await engine.call('status', opened.session);
    await branch.inherit(parent, status, parent.model.beats[this.beat]?.first ?? parent.events.length);
    await this.#pull(branch, status);
    branch.scenario = await engine.call('exportScenario', opened.session);
    this.branches = [...this.branches, branch];
    const { t } = this;
    this.#show(branch, branch.model.beats.length, t);
    this.#save();
    return branch;
  }

  /** Steps until the trace grows, for some steps leave no event. */
  async #advance(branch: Branch): Promise<void> {
    for (let i = 0; i < stepsPerCall; i++) {
      const before = branch.events.length;
      await this.#pull(branch, await engine.call('step', branch.handle, 1));
      const { next, ended } = branch.status as Status;
      if (branch.events.length > before || ended || next === null || next === undefined) return;
    }
  }

  async #runTo(branch: Branch, step: number): Promise<void> {
    while (branch.status && branch.status.step < step && !branch.status.ended) {
      const before = branch.status.step;
      const count = Math.min(stepsPerCall, step - before);
      await this.#pull(branch, await engine.call('step', branch.handle, count));
      if (branch.status.step === before) break;
    }
  }

  async #pull(branch: Branch, status: Status): Promise<void> {
    // Slice by slice, so that a long trace never holds up the page.
    do {
      const missing = branch.events.length < status.events;
      const slice = missing ? await engine.call('trace', branch.handle, branch.events.length) : [];
      branch.grow(status, slice);
      if (slice.length === 0) return;
    } while (branch.events.length < status.events);
  }

  async #reopen(saved: Saved): Promise<boolean> {
    const branches: Branch[] = [];
    let active: { branch: Branch; t: number } | undefined;
    for (const [index, each] of saved.branches.entries()) {
      const parent = each.parent && branches[each.parent.index];
      const link = parent && each.parent ? { id: parent.id, step: each.parent.step } : undefined;
      const branch =
        (await this.#replay(each.scenario, each.seed, link, true)) ??
        (await this.#replay(each.scenario, each.seed, link, false));
      if (!branch) continue;
      await this.#runTo(branch, each.step);
      branches.push(branch);
      if (index === saved.active || !active) active = { branch, t: each.t };
    }
    if (!active) return false;
    this.branches = branches;
    this.#show(active.branch, active.branch.model.beatsUntil(active.t), active.t);
    return true;
  }

  /** Opens a scenario and does what was recorded in it again, step by step, so that it can be undone. */
  async #replay(
    scenario: string,
    seed: number,
    link: { id: number; step: number } | undefined,
    again: boolean,
  ): Promise<Branch | undefined> {
    const parts = again ? separate(scenario) : undefined;
    const opened = await engine.call('open', parts?.base ?? scenario, seed);
    if ('problems' in opened) return undefined;
    const branch = new Branch(this.#nextId++, opened.session, engine.generation, seed, link);
    branch.scenario = scenario;
    await this.#pull(branch, await engine.call('status', opened.session));
    for (const { action, step, at } of parts?.recorded ?? []) {
      await this.#runTo(branch, step);
      const done = await engine.call('act', branch.handle, action, at);
      if ('problems' in done) {
        await this.#release(branch);
        return undefined;
      }
      await this.#pull(branch, done);
    }
    return branch;
  }

  #show(branch: Branch, beat: number, t: number): void {
    this.branch = branch;
    this.beat = beat;
    this.t = t;
    this.selected = undefined;
  }

  #toLive(): void {
    const model = this.model;
    if (!model) return;
    this.beat = model.beats.length;
    this.t = Math.max(model.beats.at(-1)?.t ?? 0, this.branch?.status?.now ?? 0);
  }

  #release(branch: Branch): Promise<void> {
    if (branch.generation !== engine.generation) return Promise.resolve();
    return engine.call('close', branch.handle);
  }

  #toSave(): Saved | undefined {
    if (!this.branch) return undefined;
    return {
      version: 1,
      active: this.branches.indexOf(this.branch),
      branches: this.branches.map((each) => ({
        scenario: each.scenario,
        seed: each.seed,
        step: each.status?.step ?? 0,
        t: each === this.branch ? this.t : (each.status?.now ?? 0),
        ...(each.parent
          ? {
              parent: {
                index: this.branches.findIndex((other) => other.id === each.parent?.id),
                step: each.parent.step,
              },
            }
          : {}),
      })),
    };
  }

  /** Keeps the place in time at once: the page is about to go. */
  saveNow(): void {
    clearTimeout(this.#saveSoon);
    this.#saveSoon = undefined;
    this.#save();
  }

  #save(): void {
    const saved = this.#toSave();
    if (saved && this.#key !== undefined) this.saving = saveSession(this.#key, saved);
  }

  #saveSoon: ReturnType<typeof setTimeout> | undefined;
  /** The place in time matters less than the work: it is kept when moving has stopped for a moment. */
  #remember(): void {
    if (this.#key === undefined || this.#saveSoon !== undefined) return;
    this.#saveSoon = setTimeout(() => {
      this.#saveSoon = undefined;
      this.#save();
    }, 400);
  }

  /** Work for the engine runs one piece after another. */
  #exclusive<Result>(work: () => Promise<Result>): Promise<Result> {
    const run = this.#queue.then(() => this.#guard(work));
    this.#queue = run.catch(() => undefined);
    return run as Promise<Result>;
  }

  /** A failure of the engine is shown, and the work that met it stays undone: its promise never settles. */
  async #guard<Result>(work: () => Promise<Result>): Promise<Result> {
    this.loading = true;
    try {
      const result = await work();
      this.loading = false;
      return result;
    } catch (error) {
      this.loading = false;
      this.pause();
      const detail = error instanceof Error ? error.message : String(error);
      const mismatch = error instanceof EngineMismatch || (error as Error)?.name === 'EngineMismatch';
      const kind = error instanceof EngineHung ? 'hung' : mismatch ? 'mismatch' : 'failed';
      this.failure = { kind, detail };
      this.#waiting = false;
      return new Promise<never>(() => undefined);
    }
  }
}
