/**
 * A student's session: branches of history, where the reader stands in one of them, and what is selected.
 * State flows one way: intents call the engine, its answers become the branch, components show the branch.
 * The world runs ahead only as far as the reader has gone; looking back never changes it.
 *
 * Intents wait in one queue, and what they mean is settled when their turn comes: the branch on show may be another
 * one by then. What was meant for a world that is gone (a call, an undo) is not done in its successor.
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
  /** The file that was opened last, by whose name its world is saved. */
  file = $state.raw<string>();
  /** What whoever wrote the file on show should look at again. */
  warned = $state.raw<{ name: string; warnings: Problem[] }>();
  /** What was asked for while the engine is still on its way. */
  waiting = $state.raw<readonly Action[]>([]);
  /** What was undone last, and where the reader then stood. */
  undone = $state.raw<{ action: Action; t: number; revision: number }>();
  readonly limits = new Limits();
  readonly saving: Saving;
  readonly #work = new EngineWork({ revive: () => this.#revive(), failed: () => this.pause() });
  /** The step forward that is under way: there is never more than one. */
  #stepping: Promise<boolean> | undefined;
  /** The reader's turn in which it was last asked for. */
  #stepTurn = 0;
  /** What could not be opened for want of an engine. */
  #unopened: (() => Promise<unknown>) | undefined;

  /** `key` names the place in storage where this session is kept; without it nothing is kept. */
  constructor(key?: string) {
    super();
    this.saving = new Saving(key, () => this.branch && savedFrom(this.branches, this.branch, this));
  }

  get failure(): Failure | undefined {
    return this.#work.failure;
  }

  /** What was asked for last is still being done. */
  get busy(): boolean {
    return this.#work.busy;
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
      // It comes into sight as it stands: between two pictures nobody looks back.
      if (steps > 0) await this.#replace([branch], branch, branch.model.beats.length, branch.status?.now);
      else await this.#replace([branch], branch);
      this.saving.save();
      return true;
    });
    return done ?? false;
  }

  /** Opens a file, and says what in it has no effect. */
  async openFile(text: string, seed: number, name: string): Promise<void> {
    if (!(await this.open(text, seed, `file:${name}`))) return;
    this.file = name;
    this.saving.save();
    const [opened] = this.branches;
    const found = await this.exclusive(() => engine.call('checkScenario', text));
    if (found && found.warnings.length > 0 && opened === this.branches[0])
      this.warned = { name, warnings: found.warnings };
  }

  /** Opens a scenario and does what is recorded in it once more, step by step, so that it can be taken back. */
  async replay(scenario: string, seed: number): Promise<boolean> {
    this.pause();
    const saved: Saved = { version: 1, active: 0, branches: [{ scenario, seed, step: 0, t: 0 }] };
    const done = (await this.exclusive(() => this.#reopen(saved))) ?? false;
    if (done) this.saving.save();
    return done;
  }

  /** Where the reader stands, for others to open; undefined where that is too long for a link. */
  async link(): Promise<string | undefined> {
    const { branch } = this;
    if (!branch) return undefined;
    const { linkTo } = await import('./link.ts');
    return linkTo(branch, this);
  }

  /** Opens what a link holds; what was done here before is set aside. */
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

  /** Shows the work again that was set aside for a link's. */
  async takeBack(): Promise<void> {
    this.pause();
    const { aside } = this.saving;
    const done = aside && (await this.exclusive(() => this.#reopen(aside)));
    if (!done) return;
    this.saving.setAside(undefined);
    this.saving.save();
  }

  /** Restores what was kept in storage. False when there is nothing, or it no longer replays. */
  async restore(): Promise<boolean> {
    const saved = this.saving.restore();
    if (!saved) return false;
    return (await this.exclusive(() => this.#reopen(saved))) ?? false;
  }

  /** Shows the work that another tab has kept. */
  async takeOther(): Promise<boolean> {
    this.pause();
    const saved = this.saving.takeOver();
    return saved ? ((await this.exclusive(() => this.#reopen(saved))) ?? false) : false;
  }

  /** After a failure: a fresh worker, and the same work in it. */
  async restart(): Promise<void> {
    this.#work.restart();
    this.#stepping = undefined;
    await this.loadCatalogue();
    // With branches, whatever comes first reopens them.
    if (this.branch) await this.exclusive(() => Promise.resolve());
    else await this.#unopened?.();
  }

  /** Until the engine is there; if it does not come, that is shown. */
  awaitEngine(): Promise<void> {
    return this.#work.watch(engine.call('version'));
  }

  async loadCatalogue(): Promise<void> {
    await this.#work.runAside(async () => {
      this.catalogue ??= await engine.call('catalogue');
      learn(this.catalogue);
    });
  }

  /** Lets everything go: the session is of no more use. */
  end(): void {
    this.pause();
    this.saving.end();
    const { branches } = this;
    this.#work.end(() => this.#releaseAll(branches));
  }

  // --- moving ----------------------------------------------------------------------------------

  /** One event forward. While one such step is under way, asking again asks for the same. */
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

  /** Runs the world to before step `step`, in short calls, and stands there. */
  async runTo(step: number): Promise<void> {
    await this.#run((branch, wanted) => runTo(branch, step, wanted));
  }

  /** Runs on until nothing more happens by itself (or `steps` steps): an exercise's end. */
  async runOn(steps = 20_000): Promise<void> {
    await this.#run((branch, wanted) => runOn(branch, steps, wanted));
  }

  /** Draws an echo of the branch on show segment by segment, or as one again. */
  async unfold(echo: number, open: boolean): Promise<void> {
    this.pause();
    await this.exclusive(async () => this.branch?.unfold(echo, open));
  }

  // --- acting ----------------------------------------------------------------------------------

  /** Does something now; in the past it does so on a new branch, and the old one is kept. */
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
      // The segment's arrow, and why; until the reader moves on.
      this.selected = branch.events
        .slice(before)
        .find((each) => action.segment !== undefined && segmentOf(each)?.id === action.segment)?.n;
      return true;
    });
  }

  /** A new branch from the moment at which something may first be done, which is shown and open: another try. */
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

  /** Runs the world on, and stands where it then stands; who has moved meanwhile stays where they went. */
  async #run(run: (branch: Branch, wanted: () => boolean) => Promise<void>): Promise<void> {
    await this.exclusive(async () => {
      const { turn } = this;
      if (this.branch) await run(this.branch, () => !this.#work.ended);
      if (turn === this.turn) this.toLive();
    });
  }

  /** What changes the work: not in another world than the one it was meant for, nor in one that left that since. */
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

  /** Who stands before the moment at which something may be done comes to it first. */
  #toEarliest(here: Branch): void {
    const { earliest } = this.limits;
    if (earliest === undefined || this.stepHere(here) >= earliest) return;
    const first = this.#firstTurn(here);
    if (first === here.model.beats.length) this.toLive();
    else this.stand(first, here.model.beats[first - 1]?.t ?? 0);
  }

  /** Beats that have happened when something may first be done. */
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
    this.file = saved.file;
    const { active, branches, place } = found;
    const { beats } = active.model;
    const standing = place.shown === 0 ? 0 : beats.findIndex((beat) => beat.end === place.shown) + 1;
    const known = place.shown === 0 || standing > 0;
    await this.#replace(branches, active, known ? standing : active.model.beatsUntil(place.t), place.t);
    return true;
  }

  /** The place in time matters less than the work. */
  protected override moved(): void {
    this.saving.saveSoon();
  }

  protected override exclusive<Result>(work: () => Promise<Result>): Promise<Result | undefined> {
    return this.#work.run(work);
  }

  /** Whoever restarted the worker, what stood in it is opened anew. */
  async #revive(): Promise<void> {
    if (!this.branch || this.branch.generation === engine.generation) return;
    const saved = savedFrom(this.branches, this.branch, this);
    if (!(await this.#reopen(saved))) throw new EngineMismatch('what was kept does not replay');
  }
}
