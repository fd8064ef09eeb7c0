/**
 * The world beside a question: it waits where the question needs it, never runs past an open question, and goes on
 * after an answer to show what happens.
 */
import type { TraceEvent } from '../engine/types.ts';
import { LabSession } from '../lab/session/session.svelte.ts';
import { numbersOf, numbersTold } from './because.ts';
import { eventsOf } from './grader.ts';
import { isPlayed, type Played } from './kinds/all.ts';
import { Builds } from './kinds/build/builds.svelte.ts';
import { actionsOf } from './kinds/doubts.ts';
import { openPair, otherWorld, type Pair } from './pair.ts';
import { played } from './run-of-answer.ts';
import { named } from './shown.ts';
import { Sight } from './sight.ts';
import { isSettled, waits } from './stage.ts';
import type { Step } from './steps.ts';
import type { Diagnosis, Exercise, StepVerdict } from './types.ts';
import { glide, letGo, mostSteps, runUntilSeen, type Wanted } from './world.ts';
import type { Work } from './work.svelte.ts';

/** The most events that explain an answer: the last ones, which are nearest to it. */
const mostEvidence = 16;

export class Scene {
  session = $state.raw<LabSession>();
  /** The events that prove the verdict, in order. */
  evidence = $state.raw<TraceEvent[]>([]);
  /** Misconceptions behind answers before the last one; set once the right answer is shown. */
  ideasBefore = $state.raw<readonly Diagnosis[]>([]);
  /** The real run beside the one in which the student's answer would be right, while both are on show. */
  pair = $state.raw<Pair>();
  readonly builds: Builds;
  readonly #work: Work;
  readonly #main = new LabSession();
  /** The pending opening of the main world, which several callers may await. */
  #opening: Promise<boolean> | undefined;
  /** Increases whenever something else is to be shown. */
  #turn = 0;
  #disposed = false;

  constructor(work: Work) {
    this.#work = work;
    this.builds = new Builds(work, (session) => (this.session = session));
  }

  /** The events of the world on show; reactive, so it is read again whenever the world goes on. */
  get events(): readonly TraceEvent[] {
    const branch = this.session?.branch;
    return (void branch?.revision, branch?.events ?? []);
  }

  get sight(): Sight {
    return new Sight(this.#work.steps, (step) => this.#work.stageOf(step));
  }

  dispose(): void {
    this.#turn += 1;
    this.#disposed = true;
    const shown = this.pair ? [this.pair.real, this.pair.other] : [];
    for (const session of [this.#main, ...shown]) letGo(session);
    this.builds.dispose();
  }

  /** Shows the step's world. `beside` adds the run of the student's answer if the right one had to be shown. */
  async show(beside = true): Promise<void> {
    if (this.#disposed) return;
    const work = this.#work;
    const turn = ++this.#turn;
    const wanted = () => turn === this.#turn;
    this.evidence = [];
    this.ideasBefore = [];
    this.#dropPair();
    // The summary keeps the run that was on show last.
    const step = work.step ?? (this.session ? undefined : work.steps.at(-1));
    if (!step) return;
    const stage = work.retrying ? 'asked' : work.stageOf(step);
    if (stage === 'shown') void this.#recall(step, wanted);
    if (isPlayed(step.asked)) {
      const decisive = await this.builds.show(step, step.asked, wanted);
      if (decisive && wanted()) this.evidence = decisive;
      if (beside && decisive && wanted() && work.verdicts[step.key]?.differs) {
        await this.#comparePlayed(step, step.asked, wanted);
      }
    } else if (!isSettled(stage)) await this.#showBefore(step, wanted);
    else if (!beside || step !== work.step || stage !== 'shown' || !(await this.#showPair(step, wanted)))
      await this.#showAfter(step, wanted);
  }

  /** Opens the pair of runs, even after it was closed. */
  async compare(): Promise<void> {
    const { step } = this.#work;
    const turn = ++this.#turn;
    if (step && isPlayed(step.asked)) await this.#comparePlayed(step, step.asked, () => turn === this.#turn);
    else await this.show();
  }

  closePair(): void {
    this.#dropPair();
    void this.show(false);
  }

  // --- before and after an answer ----------------------------------------------------------------

  async #opened(): Promise<LabSession> {
    const { exercise, seed } = this.#work;
    if (this.#main.branch) return this.#main;
    this.#opening ??= this.#main.open((exercise as Exercise).scenario, seed);
    // If it could not be opened, the next caller tries again.
    if (!(await this.#opening)) this.#opening = undefined;
    return this.#main;
  }

  /** Shows the world as far as it may be seen before the answer. */
  async #showBefore({ asked }: Step, wanted: Wanted): Promise<void> {
    const main = await this.#opened();
    if (!wanted()) return;
    const { exercise, seed } = this.#work;
    this.sight.cover(main);
    this.session = main;
    main.marks = [];
    if (!waits(asked)) {
      main.barrier = undefined;
      await main.runOn(mostSteps);
      return;
    }
    const until = asked.pause?.step ?? 0;
    const again = (main.branch?.status?.step ?? 0) > until;
    if (again) await main.open((exercise as Exercise).scenario, seed);
    if (!wanted()) return;
    main.barrier = until;
    await glide(main, !again, wanted, () => main.runTo(until));
  }

  /** Runs the world on until it shows the answer, but not past the next question. */
  async #showAfter(step: Step, wanted: Wanted): Promise<void> {
    const main = await this.#opened();
    if (!wanted()) return;
    const verdict = this.#work.verdicts[step.key] as StepVerdict;
    const { sight } = this;
    sight.cover(main);
    this.session = main;
    const wholeRun = step.asked.pause === null;
    const events = await this.#evidenceOf(verdict);
    if (!wanted()) return;
    this.evidence = events;
    if (sight.isHeldBack(step)) return;
    const limit = sight.limitOf(step);
    main.barrier = wholeRun ? undefined : Math.min(sight.lastOf(step, events), limit);
    const run = () => (wholeRun ? main.runOn(mostSteps) : runUntilSeen(main, events, limit, wanted));
    const stayed = await glide(main, true, wanted, run);
    if (!wanted()) return;
    const told = numbersTold(verdict);
    if (stayed && wholeRun && told.length > 0) main.bringTo(Math.max(...told));
    // With no question left that the rest of the run could answer, the whole run may be seen.
    if (this.#work.finished) main.barrier = undefined;
    main.marks = told;
  }

  async #evidenceOf(verdict: StepVerdict): Promise<TraceEvent[]> {
    const { exercise, seed } = this.#work;
    const numbers = numbersOf(verdict).slice(-mostEvidence);
    return (await this.#work.guard(() => eventsOf((exercise as Exercise).scenario, seed, numbers))) ?? [];
  }

  /**
   * Asks the engine again for the misconceptions behind earlier answers. Each is judged together with all the other
   * answers, as an idea that one of them refutes was not the student's.
   */
  async #recall({ key }: Step, wanted: Wanted): Promise<void> {
    const work = this.#work;
    const ideas = new Map<string, Diagnosis>();
    const others = $state.snapshot(work.attempt.answers);
    for (const answer of $state.snapshot(work.attempt.earlier[key]) ?? []) {
      const judged = await work.guard(() => work.grade({ answers: { ...others, [key]: answer } }));
      for (const each of judged?.[key] ? named(judged[key]) : []) ideas.set(each.misconception, each);
    }
    for (const { misconception } of work.verdicts[key]?.diagnoses ?? []) ideas.delete(misconception);
    if (wanted()) this.ideasBefore = [...ideas.values()];
  }

  // --- two runs side by side ---------------------------------------------------------------------

  #dropPair(): void {
    if (!this.pair) return;
    const { real, other } = this.pair;
    if (this.session === real) this.session = this.#main.branch ? this.#main : undefined;
    this.pair = undefined;
    letGo(real);
    letGo(other);
  }

  /** Shows both runs as far as they may be seen; false if there is no run of the student's to show. */
  async #showPair(step: Step, wanted: Wanted): Promise<boolean> {
    const { exercise, verdicts } = this.#work;
    const { sight } = this;
    const verdict = verdicts[step.key];
    const diagnosis = verdict?.diagnoses.find(({ mutants }) => mutants.length > 0);
    if (!exercise || !verdict || !diagnosis || sight.isHeldBack(step)) return false;
    const evidence = await this.#evidenceOf(verdict);
    // With no open question left, both runs are shown to their ends.
    const limit = sight.limitOf(step);
    const end = Number.isFinite(limit) ? { limit, last: sight.lastOf(step, evidence) } : undefined;
    const pair = await this.#work.guard(() => openPair({ exercise, diagnosis, evidence, end }));
    if (!pair) return false;
    if (!this.#putBeside(pair, wanted)) return true;
    this.evidence = evidence;
    for (const session of [pair.real, pair.other]) sight.cover(session);
    return true;
  }

  /** Shows the student's run beside the same actions in another world: the one to differ, or a misconception's. */
  async #comparePlayed(step: Step, asked: Played, wanted: Wanted): Promise<void> {
    const { seed, attempt, retrying } = this.#work;
    const { builds } = this;
    const verdict = retrying ? undefined : this.#work.verdicts[step.key];
    const other = otherWorld(asked, verdict ?? builds.live);
    if (!other) return;
    const actions = verdict ? actionsOf(attempt.answers[step.key]) : await builds.worldOf(step)?.recordedActions();
    const exercise = { scenario: played(asked.scenario, actions ?? []), seed };
    const pair = await this.#work.guard(() => openPair({ exercise, ...other, evidence: [], end: undefined }));
    if (pair) this.#putBeside(pair, wanted);
  }

  #putBeside(pair: Pair, wanted: Wanted): boolean {
    if (!wanted()) {
      letGo(pair.real);
      letGo(pair.other);
      return false;
    }
    this.#dropPair();
    this.pair = pair;
    this.session = pair.real;
    return true;
  }
}
