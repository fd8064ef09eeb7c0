/**
 * A student in an exercise: at which step, what was answered, how it was judged, and the world beside it. The world
 * on show never runs past a question that is not answered; verdicts come from the engine.
 */
import { EngineHung } from '../engine/client.ts';
import type { Problem, TraceEvent } from '../engine/types.ts';
import type { Stored } from '../app/storage.ts';
import type { Bilingual } from '../i18n/index.svelte.ts';
import { LabSession } from '../lab/session/session.svelte.ts';
import { answersText, type AnswersFile } from './answers-file.ts';
import { attemptOf, buildKey, joined, keep, onKept, type Attempt } from './attempts.ts';
import { eventsOf, grade, readExercise, type Result } from './grader.ts';
import type { Entry } from './pack.ts';
import { answersOf, bySteps, stepsOf, verdictsOf, type Step } from './steps.ts';
import type { Diagnosis, Exercise, Of, StepVerdict, Verdict } from './types.ts';
import { alongside, evidenceIn, glide, letGo, mark, runUntilSeen } from './world.ts';

/** How far a world runs to its end, or for an event that shows an answer. */
const mostSteps = 5_000;
/** Kinds whose verdict tells the right answer, so that a later try is no longer a prediction. */
const telling: readonly string[] = ['state', 'segment', 'role', 'pick', 'claim'];
const predicting: readonly string[] = ['state', 'segment', 'role'];

export interface Misled {
  diagnosis: Diagnosis;
  step: Step;
}

export class Practice {
  readonly entry: Entry;
  readonly seed: number;
  exercise = $state.raw<Exercise>();
  steps = $state.raw<Step[]>([]);
  attempt = $state<Attempt>() as Attempt;
  verdicts = $state.raw<Readonly<Record<string, StepVerdict>>>({});
  engineVersion = $state('');
  /** The verdict on this step is put aside for another try. */
  retrying = $state(false);
  /** The events that prove the verdict, in order. */
  evidence = $state.raw<TraceEvent[]>([]);
  /** Whether the world keeps still although a verdict is there, because later questions ask about the same. */
  heldBack = $state(false);
  /** Goals of a build, as they would stand if nothing more were done. */
  live = $state.raw<readonly { holds: boolean }[]>([]);
  /** The world of a misconception, while the student watches it. */
  misled = $state.raw<Misled>();
  session = $state.raw<LabSession>();
  problems = $state.raw<readonly Problem[]>([]);
  /** Why an answer could not be read. */
  refusal = $state.raw<Bilingual>();
  failure = $state('');
  busy = $state(false);
  saving = $state<Stored>('kept');

  #main = new LabSession();
  readonly #builds = new Map<string, LabSession>();
  #mutant: LabSession | undefined;
  #turn = 0;
  readonly #stopListening: () => void;

  constructor(entry: Entry, seed: number) {
    this.entry = entry;
    this.seed = seed;
    this.attempt = attemptOf(entry.key, entry.rev, seed);
    this.#stopListening = onKept(entry.key, () => void this.#join());
  }

  get step(): Step | undefined {
    return this.steps[this.attempt.at];
  }

  get verdict(): StepVerdict | undefined {
    return this.step && !this.retrying ? this.verdicts[this.step.key] : undefined;
  }

  get finished(): boolean {
    return this.steps.length > 0 && this.steps.every(({ key }) => this.verdicts[key] !== undefined);
  }

  get passed(): boolean {
    return this.finished && this.steps.every(({ key }) => this.verdicts[key]?.correct && !this.attempt.seen[key]);
  }

  get score(): { score: number; max: number } {
    const max = this.steps.reduce((sum, step) => sum + step.asked.points, 0);
    const score = this.steps.reduce((sum, step) => sum + (this.verdicts[step.key]?.score ?? 0), 0);
    return { score, max };
  }

  // --- coming and going --------------------------------------------------------------------------

  async load(): Promise<void> {
    this.failure = '';
    await this.#guard(async () => {
      const read = await readExercise(this.entry.text, this.seed);
      if ('problems' in read) {
        this.problems = read.problems;
        return;
      }
      this.exercise = read.value;
      this.steps = stepsOf(read.value);
      this.attempt.at = Math.min(this.attempt.at, this.steps.length);
      await this.#judgeKept();
    });
    if (this.exercise) await this.#show();
  }

  dispose(): void {
    this.#turn += 1;
    this.#stopListening();
    for (const session of [this.#main, this.#mutant, ...this.#builds.values()]) if (session) letGo(session);
  }

  /** Goes to a step; the world stands where that step wants it. */
  async goTo(at: number): Promise<void> {
    this.attempt.at = Math.max(0, Math.min(at, this.steps.length));
    this.retrying = false;
    this.refusal = undefined;
    this.#save();
    await this.#show();
  }

  next(): Promise<void> {
    return this.goTo(this.attempt.at + 1);
  }

  async retry(): Promise<void> {
    this.retrying = true;
    this.refusal = undefined;
    await this.#show();
  }

  // --- answering ---------------------------------------------------------------------------------

  /** Keeps what is being written, at once. */
  draft(value: unknown): void {
    if (!this.step) return;
    this.attempt.drafts[this.step.key] = value;
    this.#save();
  }

  /** Hands an answer in. True when it was judged. */
  async submit(answer: unknown): Promise<boolean> {
    const { step } = this;
    if (!step || this.busy) return false;
    this.refusal = undefined;
    this.busy = true;
    const judged = await this.#guard(() => this.#grade([step], { [step.key]: answer }));
    this.busy = false;
    const verdict = judged?.[step.key];
    if (!verdict) return false;
    if (verdict.problem !== undefined) {
      this.refusal = verdict.problem;
      return false;
    }
    this.#record(step, answer, verdict);
    await this.#show();
    return true;
  }

  /** Hands in what was done in the world of a build. */
  async submitBuild(): Promise<boolean> {
    const { session } = this;
    if (!session) return false;
    return this.submit(await session.recordedActions());
  }

  /** What the goals of a build would be if nothing more were done. */
  async judgeLive(): Promise<void> {
    const { step, session } = this;
    if (!step || step.asked.kind !== 'build' || !session?.branch) return;
    const actions = await session.recordedActions();
    const judged = await this.#guard(() => this.#grade([step], { [step.key]: actions }));
    if (step === this.step && judged) this.live = judged[step.key]?.goals ?? [];
  }

  /** Begins a build again. */
  async startOver(): Promise<void> {
    const { step, session } = this;
    if (step?.asked.kind !== 'build' || !session) return;
    this.retrying = true;
    await this.#begin(session, step.asked);
  }

  hint(): void {
    this.attempt.hints += 1;
    this.#save();
  }

  tick(sentences: number[]): void {
    if (!this.step) return;
    this.attempt.ticks[this.step.key] = sentences;
    this.#save();
  }

  // --- the world of a misconception --------------------------------------------------------------

  async watch(diagnosis: Diagnosis): Promise<void> {
    const { step, exercise } = this;
    if (!step || !exercise || diagnosis.mutant === undefined) return;
    const session = await alongside(exercise, diagnosis.mutant, step.asked, this.attempt.answers[step.key]);
    if (!session || step !== this.step) return;
    this.#mutant = session;
    this.misled = { diagnosis, step };
    this.session = session;
  }

  unwatch(): void {
    if (this.#mutant) letGo(this.#mutant);
    this.#mutant = undefined;
    this.misled = undefined;
    this.session = this.step?.asked.kind === 'build' ? this.#builds.get(this.step.key) : this.#main;
  }

  // --- files -------------------------------------------------------------------------------------

  answersText(): string {
    const { id, rev } = this.exercise as Exercise;
    const { answers, hints } = $state.snapshot(this.attempt);
    const engine = this.engineVersion || undefined;
    return answersText({ exercise: id, rev, seed: this.seed, engine, answers: answersOf(this.steps, answers), hints });
  }

  /** What a teacher or an author needs to see the same. */
  report(): string {
    const { id, rev } = this.exercise as Exercise;
    const { answers, at, tries, hints } = $state.snapshot(this.attempt);
    const about = { exercise: id, rev, seed: this.seed, engine: this.engineVersion || undefined };
    const doing = { step: this.steps[at]?.key, tries, hints, answers: answersOf(this.steps, answers) };
    return JSON.stringify({ ...about, ...doing, browser: navigator.userAgent }, null, 2);
  }

  /** Takes over the answers of a file for this exercise; they become the attempt with the file's seed. */
  takeOver(file: AnswersFile): void {
    const attempt = attemptOf(this.entry.key, this.entry.rev, file.seed);
    const answers = bySteps(this.steps, file.answers);
    const taken = { ...$state.snapshot(attempt), answers, drafts: answers, at: 0 };
    this.saving = keep(this.entry.key, this.entry.rev, taken, { passed: false, finished: false });
    if (file.seed === this.seed) this.attempt = taken;
  }

  // --- inside ------------------------------------------------------------------------------------

  async #grade(steps: readonly Step[], answers: Record<string, unknown>) {
    const result: Result<Verdict> = await grade(this.entry.text, this.seed, answersOf(steps, answers));
    if ('problems' in result) {
      this.refusal = result.problems[0]?.message;
      return undefined;
    }
    this.engineVersion = result.value.engine;
    return verdictsOf(steps, result.value);
  }

  /** The verdicts on what was kept: nothing is stored that the engine can say. */
  async #judgeKept(): Promise<void> {
    const answers = $state.snapshot(this.attempt.answers);
    if (Object.keys(answers).length === 0) return;
    this.verdicts = (await this.#grade(this.steps, answers)) ?? {};
    for (const step of this.steps) {
      if (this.verdicts[step.key]) this.attempt.tries[step.key] ??= 1;
    }
  }

  #record(step: Step, answer: unknown, verdict: StepVerdict): void {
    const { attempt } = this;
    const tries = (attempt.tries[step.key] ?? 0) + 1;
    attempt.tries[step.key] = tries;
    attempt.answers[step.key] = answer;
    if (verdict.correct) attempt.right[step.key] ??= tries;
    else if (telling.includes(step.asked.kind)) attempt.seen[step.key] = true;
    this.verdicts = { ...this.verdicts, [step.key]: verdict };
    this.retrying = false;
    this.#save();
  }

  async #show(): Promise<void> {
    const turn = ++this.#turn;
    this.evidence = [];
    this.heldBack = false;
    if (this.misled) this.unwatch();
    const { step } = this;
    if (step?.asked.kind === 'build') await this.#showBuild(step, turn);
    else if (step) await (this.verdict ? this.#showAfter(step, turn) : this.#showBefore(step));
    else this.session ??= await this.#opened();
  }

  async #opened(): Promise<LabSession> {
    const { scenario } = this.exercise as Exercise;
    if (!this.#main.branch) await this.#main.open(scenario, this.seed);
    return this.#main;
  }

  /** The world as far as it may be seen before the answer. */
  async #showBefore({ asked }: Step): Promise<void> {
    const main = await this.#opened();
    const { scenario } = this.exercise as Exercise;
    this.session = main;
    // A pick marks what is picked, itself.
    if (asked.kind !== 'pick') mark(main, []);
    const whole = !predicting.includes(asked.kind);
    if (whole) {
      main.barrier = undefined;
      await main.runOn(mostSteps);
      return;
    }
    const until = asked.pause?.step ?? 0;
    const again = (main.branch?.status?.step ?? 0) > until;
    if (again) await main.open(scenario, this.seed);
    main.barrier = until;
    await glide(main, !again, () => main.runTo(until));
  }

  /** The world goes on as far as it shows the answer, and no question beyond. */
  async #showAfter(step: Step, turn: number): Promise<void> {
    const main = await this.#opened();
    const { scenario } = this.exercise as Exercise;
    const { evidence } = this.verdict as StepVerdict;
    const { asked } = step;
    this.session = main;
    const mine = this.steps.indexOf(step);
    const open = this.steps.filter(({ key, asked: other }, i) => i > mine && !this.verdicts[key] && predicting.includes(other.kind));
    const wholeStep = asked.pause === null;
    this.heldBack = wholeStep && open.length > 0;
    const events = await this.#guard(() => eventsOf(scenario, this.seed, evidence.slice(0, 8)));
    if (turn !== this.#turn) return;
    this.evidence = events ?? [];
    if (this.heldBack) return;
    const last = Math.max(asked.pause?.step ?? 0, ...this.evidence.map((event) => event.step)) + 1;
    const limit = Math.max(asked.pause?.step ?? 0, Math.min(...open.map((each) => each.asked.pause?.step ?? Infinity)));
    main.barrier = wholeStep ? undefined : Math.min(last, limit);
    await glide(main, true, () => (wholeStep ? main.runOn(mostSteps) : runUntilSeen(main, this.evidence, limit)));
    if (turn !== this.#turn) return;
    if (wholeStep && this.evidence.length > 0) main.seekEvent(Math.max(...evidence));
    mark(main, evidence);
  }

  async #showBuild(step: Step, turn: number): Promise<void> {
    const { asked } = step;
    if (asked.kind !== 'build') return;
    let session = this.#builds.get(step.key);
    if (!session) {
      session = new LabSession(buildKey(this.entry.key, this.seed, step.key));
      session.allowed = asked.allow;
      this.#builds.set(step.key, session);
      this.attempt.drafts[step.key] ??= true;
      // At once: nobody shall act in the world of the question before.
      this.session = session;
      if (!(await session.restore())) await this.#begin(session, asked);
    }
    if (turn !== this.#turn) return;
    this.session = session;
    mark(session, []);
    const { verdict } = this;
    if (!verdict) {
      await this.judgeLive();
      return;
    }
    await session.runOn(mostSteps);
    if (turn !== this.#turn) return;
    const numbers = verdict.goals.flatMap(({ n }) => n ?? []);
    this.evidence = evidenceIn(session, numbers);
    mark(session, numbers);
  }

  /** Where the student makes calls, the world first does what the scenario wants of it. */
  async #begin(session: LabSession, asked: Of<'build'>): Promise<void> {
    await session.open(asked.scenario, this.seed);
    const calling = Object.values(asked.allow.calls).some((calls) => calls.length > 0);
    if (calling) await glide(session, true, () => session.runOn(mostSteps));
  }

  /** Another tab has answered here too. */
  async #join(): Promise<void> {
    const before = this.verdict;
    this.attempt = joined(this.entry.key, this.entry.rev, $state.snapshot(this.attempt));
    await this.#guard(() => this.#judgeKept());
    if (!before && this.verdict) await this.#show();
  }

  #save(): void {
    const { passed, finished } = this;
    this.saving = keep(this.entry.key, this.entry.rev, $state.snapshot(this.attempt), { passed, finished });
  }

  /** A failure of the engine is shown; what was written stays. */
  async #guard<Value>(work: () => Promise<Value>): Promise<Value | undefined> {
    try {
      return await work();
    } catch (error) {
      const hung = error instanceof EngineHung;
      this.failure = hung ? 'hung' : error instanceof Error ? error.message : String(error);
      return undefined;
    }
  }
}

