/**
 * A student's session: branches of history, the reader's position in one of them, and what is selected.
 * State flows one way: intents call the engine, its answers become the branch, components show the branch.
 * The world runs ahead only as far as the reader has gone; looking back never changes it.
 *
 * Intents wait in one queue, and apply to the state at the time when their turn comes: by then another branch may be on
 * show. An intent for a world that has been replaced (a call, an undo) is dropped.
 */
import { EngineMismatch } from '../../engine/api.ts';
import { engine } from '../../engine/client.ts';
import { segmentOf, type Action, type Catalogue, type Followed, type Problem } from '../../engine/types.ts';
import { learn } from '../catalogue/names.svelte.ts';
import { savedFrom, type Saved } from './autosave.ts';
import type { Branch } from './branch.svelte.ts';
import { EngineReader } from './engine-reader.svelte.ts';
import { EngineWork, type Failure } from './engine-work.svelte.ts';
import { Limits } from './limits.svelte.ts';
import { lastAction } from './recorded.ts';
import { Saving } from './saving.svelte.ts';
import { advance, opened, pull, release, reopened, runOn, runTo, split } from './worlds.ts';

export class LabSession extends EngineReader {
  branches = $state.raw<Branch[]>([]);
  catalogue = $state.raw<Catalogue>();
  /** The name of the file that was opened last; its world is saved under the same name. */
  file = $state.raw<string>();
  /** Warnings for the author of the open file. */
  warned = $state.raw<{ name: string; warnings: Problem[] }>();
  /** Actions that wait for the engine to load. */
  waiting = $state.raw<readonly Action[]>([]);
  /** The action that was undone last, and the reader's position after that. */
  undone = $state.raw<{ action: Action; t: number; revision: number }>();
  readonly limits = new Limits();
  readonly saving: Saving;
  readonly #work = new EngineWork({ revive: () => this.#revive(), failed: () => this.pause() });
  /** The pending step forward; there is never more than one. */
  #stepping: Promise<boolean> | undefined;
  /** The reader's turn in which a step forward was last asked for. */
  #stepTurn = 0;
  /** Opens again what could not be opened because the engine had failed. */
  #unopened: (() => Promise<unknown>) | undefined;

  /** `key` is this session's key in storage; without it nothing is saved. */
  constructor(key?: string) {
    super();
    this.saving = new Saving(key, () => this.branch && savedFrom(this.branches, this.branch, this));
  }

  get failure(): Failure | undefined {
    return this.#work.failure;
  }

  /** Whether work is still being done. */
  get busy(): boolean {
    return this.#work.busy;
  }

  // --- opening ---------------------------------------------------------------------------------

  /** Begins with `how`, which is run again on a restart if the engine could not be started. */
  async begin(how: () => Promise<unknown>): Promise<void> {
    this.#unopened = how;
    await how();
  }

  /**
   * Opens a scenario, and closes the old work only when that has succeeded. False if it was refused.
   * The world has run `steps` steps when it is first shown.
   */
  async open(scenario: string, seed: number, what = '', steps = 0): Promise<boolean> {
    this.#unopened ??= () => this.open(scenario, seed, what, steps);
    const done = await this.exclusive(async () => {
      const branch = await opened(scenario, seed, steps);
      this.#unopened = undefined;
      if ('problems' in branch) {
        this.refused = { what, problems: branch.problems };
        return false;
      }
      this.refused = undefined;
      this.warned = undefined;
      this.file = undefined;
      this.pause();
      // Show the world at its present from the first frame on.
      if (steps > 0) await this.#replace([branch], branch, branch.model.beats.length, branch.status?.now);
      else await this.#replace([branch], branch);
      this.saving.save();
      return true;
    });
    return done ?? false;
  }

  /** Opens a file, and warns about anything in it that has no effect. */
  async openFile(text: string, seed: number, name: string): Promise<void> {
    if (!(await this.open(text, seed, `file:${name}`))) return;
    this.file = name;
    this.saving.save();
    const [opened] = this.branches;
    const found = await this.exclusive(() => engine.call('checkScenario', text));
    if (found && found.warnings.length > 0 && opened === this.branches[0])
      this.warned = { name, warnings: found.warnings };
  }

  /** Opens a scenario and replays its recorded actions step by step, so that they can be undone. */
  async replay(scenario: string, seed: number): Promise<boolean> {
    this.pause();
    const saved: Saved = { version: 1, active: 0, branches: [{ scenario, seed, step: 0, t: 0 }] };
    const done = (await this.exclusive(() => this.#reopen(saved))) ?? false;
    if (done) this.saving.save();
    return done;
  }

  /** The code of a link to the reader's moment; undefined if it would be too long. */
  async link(): Promise<string | undefined> {
    const { branch } = this;
    if (!branch) return undefined;
    const { linkTo } = await import('./link.ts');
    return linkTo(branch, this);
  }

  /** Opens a link's world; work that was done here before is set aside. */
  async openLink(code: string): Promise<'opened' | 'refused' | 'unreadable'> {
    this.pause();
    const { readLink } = await import('./link.ts');
    const saved = await readLink(code);
    const linked = saved?.branches[0];
    if (!saved || !linked) return 'unreadable';
    const opened = await this.exclusive(async () => {
      const mine = this.branch && savedFrom(this.branches, this.branch, this);
      if (await this.#reopen(saved)) {
        if (mine?.branches.some(({ scenario }) => lastAction(scenario))) this.saving.setAside(mine);
        this.refused = undefined;
        this.saving.save();
        return true;
      }
      const { problems } = await engine.call('checkScenario', linked.scenario);
      this.refused = { what: 'link', problems };
      return false;
    });
    return opened ? 'opened' : 'refused';
  }

  /** Reopens the work that was set aside for a link's world. */
  async takeBack(): Promise<void> {
    this.pause();
    const { aside } = this.saving;
    const done = aside && (await this.exclusive(() => this.#reopen(aside)));
    if (!done) return;
    this.saving.setAside(undefined);
    this.saving.save();
  }

  /** Restores the saved session. False if there is none, or it no longer replays. */
  async restore(): Promise<boolean> {
    const saved = this.saving.restore();
    if (!saved) return false;
    return (await this.exclusive(() => this.#reopen(saved))) ?? false;
  }

  /** Opens the work that another tab has saved. */
  async takeOther(): Promise<boolean> {
    this.pause();
    const saved = this.saving.takeOver();
    return saved ? ((await this.exclusive(() => this.#reopen(saved))) ?? false) : false;
  }

  /** After a failure: starts a new worker and reopens the same work in it. */
  async restart(): Promise<void> {
    this.#work.restart();
    this.#stepping = undefined;
    await this.loadCatalogue();
    // Any work reopens existing branches first, even work that does nothing.
    if (this.branch) await this.exclusive(() => Promise.resolve());
    else await this.#unopened?.();
  }

  /** Resolves when the engine has loaded; a failure is shown. */
  awaitEngine(): Promise<void> {
    return this.#work.watch(engine.call('version'));
  }

  async loadCatalogue(): Promise<void> {
    await this.#work.runAside(async () => {
      this.catalogue ??= await engine.call('catalogue');
      learn(this.catalogue);
    });
  }

  /** Closes everything; the session cannot be used afterwards. */
  end(): void {
    this.pause();
    this.saving.end();
    const { branches } = this;
    this.#work.end(() => this.#releaseAll(branches));
  }

  // --- moving ----------------------------------------------------------------------------------

  /** Moves one event forward. While such a step is pending, further calls return that one. */
  override forward(): Promise<boolean> {
    this.#stepTurn = this.turn;
    if (this.#stepping) return this.#stepping;
    if (!this.live) return this.passWith();
    const wanted = () => this.#stepTurn === this.turn && !this.#work.ended;
    const step = this.exclusive(async () => {
      const branch = this.branch;
      if (!branch || !wanted() || this.held) return false;
      if (!this.live) return this.pass();
      let moved = false;
      const grown = (told: Followed) => {
        this.takeVariables(branch, told);
        moved ||= this.pass();
      };
      await advance(branch, wanted, grown, this.detailed);
      return moved;
    }).then((moved) => moved ?? false);
    this.#stepping = step;
    void step.then(() => {
      if (this.#stepping === step) this.#stepping = undefined;
    });
    return step;
  }

  /** Runs the world up to, but not including, step `step`, and moves the reader there. */
  async runTo(step: number): Promise<void> {
    await this.#run((branch, wanted) => runTo(branch, step, wanted));
  }

  /** Runs on until nothing more happens by itself, or for `steps` steps; used at the end of an exercise. */
  async runOn(steps = 20_000): Promise<void> {
    await this.#run((branch, wanted) => runOn(branch, steps, wanted));
  }

  /** Draws an echo of the branch on show segment by segment, or folds it again. */
  async unfold(echo: number, open: boolean): Promise<void> {
    this.pause();
    await this.exclusive(async () => this.branch?.unfold(echo, open));
  }

  // --- acting ----------------------------------------------------------------------------------

  /** Does an action at the reader's moment. In the past, this makes a new branch and keeps the old one. */
  async act(action: Action): Promise<boolean> {
    if (!engine.hasCome) this.waiting = [...this.waiting, action];
    try {
      return await this.#act(action);
    } finally {
      this.waiting = this.waiting.filter((each) => each !== action);
    }
  }

  #act(action: Action): Promise<boolean> {
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
      const before = branch.events.length;
      await pull(branch, answer, () => branch === this.branch && this.toLive());
      branch.scenario = await engine.call('exportScenario', branch.handle);
      if (branch !== here) this.#add(branch, t);
      this.toLive();
      // Select what happened to the segment, so that it is marked and explained until the reader moves on.
      this.selected = branch.events
        .slice(before)
        .find((each) => action.segment !== undefined && segmentOf(each)?.id === action.segment)?.n;
      return true;
    });
  }

  /** Starts another try: shows a new branch from the first moment at which something may be done. */
  async tryAgain(): Promise<boolean> {
    this.pause();
    const done = await this.exclusive(async () => {
      const beat = this.branch && this.#firstTurn(this.branch);
      const branch = this.branch && (await this.#split(this.branch, beat));
      if (!branch) return false;
      this.refused = undefined;
      this.limits.closed = false;
      this.#add(branch, branch.status?.now ?? 0);
      this.saving.save();
      return true;
    });
    return done ?? false;
  }

  /** Makes a new branch at the reader's position, and shows it. */
  fork(): Promise<boolean> {
    return this.#change(async (here) => {
      const { t } = this;
      const branch = await this.#split(here);
      if (branch) this.#add(branch, t);
      return branch !== undefined;
    });
  }

  /** Undoes the last action and all that came after it, and moves the reader to where it was done. */
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
    this.saving.save();
  }

  async closeBranch(branch: Branch): Promise<void> {
    await this.exclusive(async () => {
      if (this.branches.length < 2 || !this.branches.includes(branch)) return;
      this.branches = this.branches.filter((each) => each !== branch);
      if (this.branch === branch) this.switchTo(this.branches.at(-1) as Branch);
      await release(branch);
      this.saving.save();
    });
  }

  // --- inside ----------------------------------------------------------------------------------

  /** Runs the world on and moves the reader to its new present, unless the reader has moved meanwhile. */
  async #run(run: (branch: Branch, wanted: () => boolean) => Promise<void>): Promise<void> {
    await this.exclusive(async () => {
      const { turn } = this;
      if (this.branch) await run(this.branch, () => !this.#work.ended);
      if (turn === this.turn) this.toLive();
    });
  }

  /** Runs work that changes the branch on show, if that is still the branch it was meant for, or a child of it. */
  async #change(work: (here: Branch) => Promise<boolean>): Promise<boolean> {
    this.pause();
    const meant = this.branch;
    const done = await this.exclusive(async () => {
      const here = this.branch;
      if (this.limits.still || !meant || !here || (here !== meant && here.parent?.id !== meant.id)) return false;
      this.#toEarliest(here);
      const changed = await work(here);
      if (changed) this.saving.save();
      return changed;
    });
    return done ?? false;
  }

  /** Moves the reader to the first moment at which something may be done, if they are before it. */
  #toEarliest(here: Branch): void {
    const { earliest } = this.limits;
    if (earliest === undefined || this.stepHere(here) >= earliest) return;
    const first = this.#firstTurn(here);
    if (first === here.model.beats.length) this.toLive();
    else this.stand(first, here.model.beats[first - 1]?.t ?? 0);
  }

  /** How many beats have happened at the first moment at which something may be done. */
  #firstTurn({ model }: Branch): number {
    return model.beatsBefore(this.limits.earliest ?? 0);
  }

  async #split(parent: Branch, beat = this.beat): Promise<Branch | undefined> {
    const next = parent.model.beats[beat];
    const branch = await split(parent, next?.step ?? parent.status?.step ?? 0, next?.first ?? parent.events.length);
    if (!('problems' in branch)) return branch;
    this.refused = { what: 'fork', problems: branch.problems };
    return undefined;
  }

  #add(branch: Branch, t: number): void {
    this.branches = [...this.branches, branch];
    this.show(branch, branch.model.beats.length, t);
  }

  /** Replaces all branches, and closes the old ones. */
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
    this.file = saved.file;
    const { active, branches, place } = found;
    const { beats } = active.model;
    const standing = place.shown === 0 ? 0 : beats.findIndex((beat) => beat.end === place.shown) + 1;
    const known = place.shown === 0 || standing > 0;
    await this.#replace(branches, active, known ? standing : active.model.beatsUntil(place.t), place.t);
    return true;
  }

  /** A change of position is saved later, as it matters less than the work. */
  protected override moved(): void {
    this.saving.saveSoon();
  }

  protected override exclusive<Result>(work: () => Promise<Result>): Promise<Result | undefined> {
    return this.#work.run(work);
  }

  /** Reopens the branches if the worker was restarted, by this session or another. */
  async #revive(): Promise<void> {
    if (!this.branch || this.branch.generation === engine.generation) return;
    const saved = savedFrom(this.branches, this.branch, this);
    if (!(await this.#reopen(saved))) throw new EngineMismatch('what was kept does not replay');
  }
}
