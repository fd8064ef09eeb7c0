/**
 * A student's session: branches of history, where the reader stands in one of them, and what is selected.
 * State flows one way: intents call the engine, its answers become the branch, components show the branch.
 * The world runs ahead only as far as the reader has gone; looking back never changes it.
 *
 * Intents wait in one queue, and what they mean is settled when their turn comes: the branch on show may be another
 * one by then. What was meant for a world that is gone (a call, an undo) is not done in its successor.
 */
import { engine, EngineHung } from '../../engine/client.ts';
import { EngineMismatch } from '../../engine/api.ts';
import type { Action, Catalogue, Problem, Status, Variables } from '../../engine/types.ts';
import { learn } from '../names.svelte.ts';
import { Keeper, savedFrom, type Saved } from './autosave.ts';
import type { Branch } from './branch.svelte.ts';
import { WorkQueue } from './queue.ts';
import { lastAction } from './recorded.ts';
import { Reader } from './reader.svelte.ts';
import { advance, opened, pull, release, reopened, runOn, runTo, split } from './worlds.ts';

/** A scenario file above this is refused unread. */
export const largestFile = 2_000_000;
/** The place in time is kept when moving has stopped for so many milliseconds. */
const settling = 400;

export interface Failure {
  kind: 'failed' | 'hung' | 'mismatch';
  detail: string;
}

/** What is allowed where a task limits it: network actions, and calls for each host. Undefined: everything. */
export interface Allowed {
  network: readonly string[];
  calls: Readonly<Record<string, readonly string[]>>;
}

export class LabSession extends Reader {
  branches = $state.raw<Branch[]>([]);
  catalogue = $state.raw<Catalogue>();
  failure = $state.raw<Failure>();
  /** Why the last file or action was refused. */
  refused = $state.raw<{ what: string; problems: Problem[] }>();
  /** What was undone last, and where the reader then stood. */
  undone = $state.raw<{ action: Action; t: number; revision: number }>();
  saving = $state<'kept' | 'blocked' | 'full'>('kept');
  /** Another tab has kept other work in the place of this one's. */
  elsewhere = $state(false);
  allowed = $state.raw<Allowed>();
  /** Variables of connections that are not shown: they would tell what a question asks. */
  covered = $state.raw<readonly string[]>([]);
  /** Hosts whose next states are to be predicted: the state diagram does not point at them. */
  asked = $state.raw<readonly string[]>([]);

  /** Nothing may be done before this step of the world. */
  earliest = $state.raw<number>();
  /** What was done is judged: until another try it is only read, so that the picture stays what the verdict is about. */
  closed = $state(false);

  /** Whether a call may be made on a host; without its name, whether any may. */
  mayCall(host: string, call?: string): boolean {
    if (this.closed) return false;
    if (!this.allowed) return true;
    const calls = this.allowed.calls[host] ?? [];
    return call === undefined ? calls.length > 0 : calls.includes(call);
  }

  /** Whether the network may do this to a segment. */
  mayDisturb(action: string): boolean {
    return !this.closed && (!this.allowed || this.allowed.network.includes(action));
  }

  readonly #queue = new WorkQueue((error) => this.#fail(error));
  readonly #keeper: Keeper | undefined;
  /** The step forward that is under way: there is never more than one. */
  #stepping: Promise<boolean> | undefined;
  /** The reader's turn in which it was last asked for. */
  #stepTurn = 0;
  #ended = false;
  /** What could not be opened for want of an engine. */
  #unopened: (() => Promise<unknown>) | undefined;

  /** `key` names the place in storage where this session is kept; without it nothing is kept. */
  constructor(key?: string) {
    super();
    if (key !== undefined) this.#keeper = new Keeper(key, (elsewhere) => (this.elsewhere = elsewhere));
  }

  // --- opening ---------------------------------------------------------------------------------

  /** Begins in a way that is tried again when the engine could not be started. */
  async begin(how: () => Promise<unknown>): Promise<void> {
    this.#unopened = how;
    await how();
  }

  /**
   * Opens a scenario beside what is there, and only then lets the old work go. False when refused.
   * `steps` of the world have happened when it is first shown.
   */
  async open(scenario: string, seed: number, what = '', steps = 0): Promise<boolean> {
    this.#unopened ??= () => this.open(scenario, seed, what, steps);
    const done = await this.#exclusive(async () => {
      const branch = await opened(scenario, seed, steps);
      this.#unopened = undefined;
      if ('problems' in branch) {
        this.refused = { what, problems: branch.problems };
        return false;
      }
      this.refused = undefined;
      this.pause();
      await this.#replace([branch], branch);
      if (steps > 0) this.toLive();
      this.#save();
      return true;
    });
    return done ?? false;
  }

  /** Opens a scenario and does what is recorded in it once more, step by step, so that it can be taken back. */
  async replay(scenario: string, seed: number): Promise<boolean> {
    this.pause();
    const saved: Saved = { version: 1, active: 0, branches: [{ scenario, seed, step: 0, t: 0 }] };
    const done = (await this.#exclusive(() => this.#reopen(saved))) ?? false;
    if (done) this.#save();
    return done;
  }

  /** Restores what was kept in storage. False when there is nothing, or it no longer replays. */
  async restore(): Promise<boolean> {
    const saved = this.#keeper?.restore();
    if (!saved) return false;
    return (await this.#exclusive(() => this.#reopen(saved))) ?? false;
  }

  /** Another tab's work is kept in the place of this one's: keeps this one instead. */
  keepMine(): void {
    const saved = this.#toSave();
    if (saved && this.#keeper) this.saving = this.#keeper.keep(saved, true);
  }

  /** Shows the work that another tab has kept. */
  async takeOther(): Promise<boolean> {
    this.pause();
    const saved = this.#keeper?.takeOver();
    return saved ? ((await this.#exclusive(() => this.#reopen(saved))) ?? false) : false;
  }

  /** After a failure: a fresh worker, and the same work in it. */
  async restart(): Promise<void> {
    engine.restart();
    this.failure = undefined;
    this.#queue.reopen();
    this.#stepping = undefined;
    await this.loadCatalogue();
    // With branches, whatever comes first reopens them.
    if (this.branch) await this.#exclusive(() => Promise.resolve());
    else await this.#unopened?.();
  }

  async loadCatalogue(): Promise<void> {
    await this.#queue.run(async () => {
      this.catalogue ??= await engine.call('catalogue');
      learn(this.catalogue);
    });
  }

  /** Lets everything go: the session is of no more use. */
  end(): void {
    this.pause();
    clearTimeout(this.#saveSoon);
    this.#ended = true;
    this.#keeper?.end();
    const { branches } = this;
    this.#queue.end(() => this.#releaseAll(branches));
  }

  // --- moving ----------------------------------------------------------------------------------

  /** One event forward. While one such step is under way, asking again asks for the same. */
  override forward(): Promise<boolean> {
    this.#stepTurn = this.turn;
    if (this.#stepping) return this.#stepping;
    if (!this.live) return Promise.resolve(this.branch !== undefined && this.pass());
    const wanted = () => this.#stepTurn === this.turn && !this.#ended;
    const step = this.#exclusive(async () => {
      const branch = this.branch;
      if (!branch || !wanted() || this.held) return false;
      if (this.live) await advance(branch, wanted);
      return this.pass();
    }).then((moved) => moved ?? false);
    this.#stepping = step;
    void step.then(() => {
      if (this.#stepping === step) this.#stepping = undefined;
    });
    return step;
  }

  /** Runs the world to before step `step`, in short calls, and stands there. */
  async runTo(step: number): Promise<void> {
    await this.#exclusive(async () => {
      if (this.branch) await runTo(this.branch, step, () => !this.#ended);
      this.toLive();
    });
  }

  /** Runs on until nothing more happens by itself (or `steps` steps): an exercise's end. */
  async runOn(steps = 20_000): Promise<void> {
    await this.#exclusive(async () => {
      if (this.branch) await runOn(this.branch, steps, () => !this.#ended);
      this.toLive();
    });
  }

  // --- acting ----------------------------------------------------------------------------------

  /** Does something now; in the past it does so on a new branch, and the old one is kept. */
  act(action: Action): Promise<boolean> {
    return this.#change(async (here) => {
      const { t } = this;
      const branch = this.live ? here : await this.#split(here);
      if (!branch) return false;
      const answer = await engine.call('act', branch.handle, action, t);
      if ('problems' in answer) {
        this.refused = { what: action.do, problems: answer.problems };
        if (branch !== here) await release(branch);
        return false;
      }
      this.refused = undefined;
      await pull(branch, answer);
      branch.scenario = await engine.call('exportScenario', branch.handle);
      if (branch !== here) this.#add(branch, t);
      this.toLive();
      return true;
    });
  }

  /** A new branch from where the reader stands, which is shown. */
  fork(): Promise<boolean> {
    return this.#change(async (here) => {
      const { t } = this;
      const branch = await this.#split(here);
      if (branch) this.#add(branch, t);
      return branch !== undefined;
    });
  }

  /** Takes the last action back, with all that came after it: the reader stands where it was done. */
  undo(): Promise<boolean> {
    return this.#change(async (branch) => {
      const action = lastAction(branch.scenario);
      const answer = await engine.call('undo', branch.handle);
      if ('problems' in answer) {
        this.refused = { what: 'undo', problems: answer.problems };
        return false;
      }
      await branch.shrink(answer, answer.events);
      branch.scenario = await engine.call('exportScenario', branch.handle);
      this.selected = undefined;
      this.toLive();
      this.undone = action && { action, t: this.t, revision: branch.revision };
      return true;
    });
  }

  switchTo(branch: Branch): void {
    if (!this.branches.includes(branch)) return;
    this.pause();
    const t = Math.min(this.t, branch.status?.now ?? 0);
    this.show(branch, branch.model.beatsUntil(t), t);
    this.#save();
  }

  async closeBranch(branch: Branch): Promise<void> {
    await this.#exclusive(async () => {
      if (this.branches.length < 2 || !this.branches.includes(branch)) return;
      this.branches = this.branches.filter((each) => each !== branch);
      if (this.branch === branch) this.switchTo(this.branches.at(-1) as Branch);
      await release(branch);
      this.#save();
    });
  }

  // --- reading ---------------------------------------------------------------------------------

  /** The control block around event `n` of the branch on show. */
  async variables(n: number): Promise<Variables | undefined> {
    const asked = this.branch;
    const found = await this.#exclusive(async () =>
      asked && asked === this.branch ? engine.call('variables', asked.handle, n) : undefined,
    );
    return found ?? undefined;
  }

  /** The world as it stood where the reader stands: a glance at a fork that is dropped at once. */
  statusHere(): Promise<Status | undefined> {
    return this.#exclusive(async () => {
      const branch = this.branch;
      if (!branch || this.live) return branch?.status;
      const answer = await engine.call('fork', branch.handle, this.#stepHere(branch));
      if ('problems' in answer) return undefined;
      const status = await engine.call('status', answer.session);
      await engine.call('close', answer.session);
      return status;
    });
  }

  /** The number of the first event in which the branch on show differs from another run; undefined while none is known. */
  async difference(other: Branch): Promise<number | undefined> {
    const here = this.branch;
    const n = await this.#exclusive(async () => {
      if (!here || here !== this.branch || here.generation !== other.generation) return null;
      const from = here.parent ? here.events.findIndex(({ step }) => step >= (here.parent?.step ?? 0)) : 0;
      return from < 0 ? null : engine.call('difference', here.handle, other.handle, from);
    });
    return n ?? undefined;
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

  /** What changes the work: not in another world than the one it was meant for, nor in one that left that since. */
  async #change(work: (here: Branch) => Promise<boolean>): Promise<boolean> {
    this.pause();
    const meant = this.branch;
    const done = await this.#exclusive(async () => {
      const here = this.branch;
      if (this.closed || !meant || !here || (here !== meant && here.parent?.id !== meant.id)) return false;
      this.#toEarliest(here);
      const changed = await work(here);
      if (changed) this.#save();
      return changed;
    });
    return done ?? false;
  }

  /** Who stands before the moment at which something may be done comes to it first. */
  #toEarliest(here: Branch): void {
    const { earliest } = this;
    if (earliest === undefined || this.#stepHere(here) >= earliest) return;
    const { beats } = here.model;
    const first = beats.findIndex(({ step }) => step >= earliest);
    if (first < 0) this.toLive();
    else this.stand(first, beats[first - 1]?.t ?? 0);
  }

  async #split(parent: Branch): Promise<Branch | undefined> {
    const count = parent.model.beats[this.beat]?.first ?? parent.events.length;
    const branch = await split(parent, this.#stepHere(parent), count);
    if (!('problems' in branch)) return branch;
    this.refused = { what: 'fork', problems: branch.problems };
    return undefined;
  }

  #add(branch: Branch, t: number): void {
    this.branches = [...this.branches, branch];
    this.show(branch, branch.model.beats.length, t);
  }

  /** Shows these branches in the place of all that were there. */
  async #replace(branches: Branch[], active: Branch, beat = 0, t = 0): Promise<void> {
    const old = this.branches;
    this.branches = branches;
    this.show(active, beat, t);
    await this.#releaseAll(old);
  }

  async #releaseAll(branches: readonly Branch[]): Promise<void> {
    for (const branch of branches) await release(branch);
  }

  async #reopen(saved: Saved): Promise<boolean> {
    const found = await reopened(saved);
    if (!found) return false;
    this.#unopened = undefined;
    const { active, branches, place } = found;
    const { beats } = active.model;
    const standing = place.shown === 0 ? 0 : beats.findIndex((beat) => beat.end === place.shown) + 1;
    const known = place.shown === 0 || standing > 0;
    await this.#replace(branches, active, known ? standing : active.model.beatsUntil(place.t), place.t);
    return true;
  }

  // --- keeping ---------------------------------------------------------------------------------

  #toSave(): Saved | undefined {
    return this.branch && savedFrom(this.branches, this.branch, this.t, this.shown);
  }

  /** Keeps the place in time at once: the page is about to go. */
  saveNow(): void {
    clearTimeout(this.#saveSoon);
    this.#saveSoon = undefined;
    this.#save();
  }

  #save(): void {
    const saved = this.#toSave();
    if (saved && this.#keeper) this.saving = this.#keeper.keep(saved);
  }

  #saveSoon: ReturnType<typeof setTimeout> | undefined;
  /** The place in time matters less than the work: it is kept when moving has stopped for a moment. */
  protected override moved(): void {
    if (!this.#keeper || this.#ended || this.#saveSoon !== undefined) return;
    this.#saveSoon = setTimeout(() => {
      this.#saveSoon = undefined;
      this.#save();
    }, settling);
  }

  /** Work for the engine, one piece after another; undefined when it fails, which is shown. */
  #exclusive<Result>(work: () => Promise<Result>): Promise<Result | undefined> {
    return this.#queue.run(async () => {
      await this.#revive();
      return work();
    });
  }

  /** Whoever restarted the worker, what stood in it is opened anew before anything is done with it. */
  async #revive(): Promise<void> {
    if (this.#ended || !this.branch || this.branch.generation === engine.generation) return;
    const saved = this.#toSave();
    if (saved && !(await this.#reopen(saved))) throw new EngineMismatch('what was kept does not replay');
  }

  #fail(error: unknown): void {
    this.pause();
    const detail = error instanceof Error ? error.message : String(error);
    const mismatch = error instanceof EngineMismatch || (error as Error)?.name === 'EngineMismatch';
    const kind = error instanceof EngineHung ? 'hung' : mismatch ? 'mismatch' : 'failed';
    this.failure = { kind, detail };
  }
}
