/**
 * A student in an exercise: at which step, what was answered, how it was judged, and the world beside it. The world
 * on show never runs past a question that is not answered; verdicts come from the engine.
 */
import { EngineHung } from '../engine/client.ts';
import type { Problem, TraceEvent } from '../engine/types.ts';
import { forget, type Stored } from '../app/storage.ts';
import type { Bilingual } from '../i18n/index.svelte.ts';
import { LabSession } from '../lab/session/session.svelte.ts';
import type { AnswersFile } from './answers-file.ts';
import { attemptFrom, fileOf, replaces, type About, type History } from './attempt-file.ts';
import { numbersOf, numbersTold } from './because.ts';
import { attemptOf, buildKey, handedIn, joined, keep, onKept, progressOf, type Attempt } from './attempts.ts';
import { eventsOf, grade, readExercise } from './grader.ts';
import type { Entry } from './pack.ts';
import { openPair, type Pair } from './pair.ts';
import { isUntouched } from './questions/answer.ts';
import { Sight } from './sight.ts';
import { named } from './shown.ts';
import { canBeShown, isSettled, outcomeOf, stageOf, triesBeforeShown, waits, type Outcome, type Stage } from './stage.ts';
import { answersOf, stepsOf, verdictsOf, type Step } from './steps.ts';
import type { Diagnosis, Exercise, Of, StepVerdict } from './types.ts';
import { actionsOf, isPlayedByHand, isRunOf, replay } from './run-of-answer.ts';
import { evidenceIn, glide, letGo, mark, momentOf, mostSteps, runUntilSeen, standAtTurn } from './world.ts';

/** Files whose answers were taken over, until the view that shows them says so. */
const takenFrom = new Map<string, string>();
/** So many events explain an answer at most: the last, which are nearest to it. */
const mostEvidence = 16;
const variantOf = (entry: Entry, seed: number) => `${seed} ${entry.key}`;

export class Practice {
  readonly entry: Entry;
  readonly seed: number;
  /** The file from which the answers came just now, until another is chosen. */
  file = $state.raw<string>();
  exercise = $state.raw<Exercise>();
  steps = $state.raw<Step[]>([]);
  attempt = $state<Attempt>() as Attempt;
  verdicts = $state.raw<Readonly<Record<string, StepVerdict>>>({});
  engineVersion = $state('');
  /** The verdict on this step is put aside for another try. */
  retrying = $state(false);
  /** The events that prove the verdict, in order. */
  evidence = $state.raw<TraceEvent[]>([]);
  /** Once the answer is shown: wrong ideas that answers before the last one fitted. */
  ideasBefore = $state.raw<readonly Diagnosis[]>([]);
  /** Goals of a build, as they would stand if nothing more were done. */
  live = $state.raw<readonly { holds: boolean }[]>([]);
  /** The real run beside the one in which the student's answer would be right, while both are on show. */
  pair = $state.raw<Pair>();
  session = $state.raw<LabSession>();
  problems = $state.raw<readonly Problem[]>([]);
  /** Why an answer could not be read. */
  refusal = $state.raw<Bilingual>();
  /** A build was handed in without anything done in it; it was not judged. */
  untouched = $state(false);
  failure = $state('');
  busy = $state(false);
  saving = $state<Stored>('kept');

  #main = new LabSession();
  readonly #builds = new Map<string, LabSession>();
  #turn = 0;
  readonly #stopListening: () => void;

  constructor(entry: Entry, seed: number) {
    this.entry = entry;
    this.seed = seed;
    this.attempt = attemptOf(entry.key, entry.rev, seed);
    this.file = takenFrom.get(variantOf(entry, seed));
    takenFrom.delete(variantOf(entry, seed));
    this.#stopListening = onKept(entry.key, () => void this.#join());
  }

  get step(): Step | undefined {
    return this.steps[this.attempt.at];
  }

  get verdict(): StepVerdict | undefined {
    return this.step && !this.retrying ? this.verdicts[this.step.key] : undefined;
  }

  /** The events of the world on show, read afresh whenever it goes on. */
  get events(): readonly TraceEvent[] {
    const branch = this.session?.branch;
    return (void branch?.revision, branch?.events ?? []);
  }

  stageOf({ key, asked }: Step): Stage {
    return stageOf(asked.kind, this.verdicts[key], this.attempt.seen[key] === true);
  }

  /** Whether the student may go past a step: a build may be left as it is, for its goals tell nothing. */
  isPassable(step: Step): boolean {
    const stage = this.stageOf(step);
    return isSettled(stage) || (stage === 'again' && !canBeShown(step.asked.kind));
  }

  get outcome(): Outcome {
    return outcomeOf(this.steps.map((step) => ({ kind: step.asked.kind, stage: this.stageOf(step) })));
  }

  get finished(): boolean {
    return this.outcome !== 'begun';
  }

  /** Whether the world keeps still whatever is answered here, because other questions ask about the same run. */
  get heldBack(): boolean {
    return this.step !== undefined && this.#sight.isHeldBack(this.step);
  }

  /** In half points, and of how many whole ones. */
  get score(): { halves: number; max: number } {
    const max = this.steps.reduce((sum, step) => sum + step.asked.points, 0);
    const halves = this.steps.reduce((sum, step) => sum + (this.verdicts[step.key]?.half_points ?? 0), 0);
    return { halves, max };
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
      // Answers from a file may finish what was not gone through here: the list is to say so.
      const { key, rev } = this.entry;
      if (this.finished && progressOf(key, rev) === 'begun') this.#save();
    });
    if (this.exercise) await this.#show();
  }

  dispose(): void {
    this.#turn += 1;
    this.#stopListening();
    const shown = this.pair ? [this.pair.real, this.pair.other] : [];
    for (const session of [this.#main, ...shown, ...this.#builds.values()]) letGo(session);
  }

  /** Goes to a step; the world stands where that step wants it. */
  async goTo(at: number): Promise<void> {
    this.attempt.at = Math.max(0, Math.min(at, this.steps.length));
    this.retrying = false;
    this.refusal = undefined;
    this.untouched = false;
    this.#save();
    await this.#show();
  }

  next(): Promise<void> {
    return this.goTo(this.attempt.at + 1);
  }

  async retry(): Promise<void> {
    this.retrying = true;
    this.refusal = undefined;
    this.untouched = false;
    await this.#show();
  }

  /** Shows the right answer before the student has it. */
  async giveUp(): Promise<void> {
    if (!this.step) return;
    this.attempt.seen[this.step.key] = true;
    this.retrying = false;
    this.#save();
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
    const attempt = handedIn($state.snapshot(this.attempt), step.key, answer);
    const judged = await this.#guard(() => this.#grade(attempt));
    this.busy = false;
    const verdict = judged?.[step.key];
    if (!judged || !verdict) return false;
    if (verdict.problem !== undefined) {
      this.refusal = verdict.problem;
      return false;
    }
    this.#record(step, answer, verdict);
    this.verdicts = judged;
    await this.#show();
    return true;
  }

  /** Hands in what was done in the world of a build. */
  async submitBuild(): Promise<boolean> {
    const { session } = this;
    if (!session) return false;
    const actions = await session.recordedActions();
    // Whether doing nothing is enough must be known before it is refused.
    if (actions.length === 0) await this.judgeLive();
    this.untouched = isUntouched(actions, this.live);
    return !this.untouched && this.submit(actions);
  }

  /** What the goals of a build would be if nothing more were done. */
  async judgeLive(): Promise<void> {
    const { step, session } = this;
    if (!step || step.asked.kind !== 'build' || !session?.branch) return;
    const actions = await session.recordedActions();
    if (actions.length > 0) this.untouched = false;
    const judged = await this.#guard(() => this.#grade({ answers: { [step.key]: actions } }));
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
    const { attempt, step } = this;
    if (!step) return;
    attempt.hints[step.key] = (attempt.hints[step.key] ?? 0) + 1;
    this.#save();
  }

  tick(sentences: number[]): void {
    if (!this.step) return;
    this.attempt.ticks[this.step.key] = sentences;
    this.#save();
  }

  // --- two runs side by side ---------------------------------------------------------------------

  /** Opens both runs again after they were closed. */
  async compare(): Promise<void> {
    const { step } = this;
    if (step) await this.#showPair(step, this.#turn);
  }

  closePair(): void {
    this.#dropPair();
    void this.#show(false);
  }

  // --- files -------------------------------------------------------------------------------------

  answersText(): string {
    return fileOf(this.#about, this.steps, $state.snapshot(this.attempt));
  }

  /** What a teacher or an author needs to see the same. */
  report(): string {
    const { answers, at, tries, earlier, hints } = $state.snapshot(this.attempt);
    const doing = { step: this.steps[at]?.key, tries, earlier, hints, answers: answersOf(this.steps, answers) };
    return JSON.stringify({ ...this.#about, ...doing, browser: navigator.userAgent }, null, 2);
  }

  /** Whether answers given here would be gone if the file's were taken over. */
  wouldLose(file: AnswersFile): boolean {
    return replaces(file, this.steps, attemptOf(this.entry.key, this.entry.rev, file.seed));
  }

  /** Takes over the answers of a file for this exercise; they become the attempt with the file's seed. */
  takeOver(file: AnswersFile, name: string): void {
    takenFrom.set(variantOf(this.entry, file.seed), name);
    const before = $state.snapshot(attemptOf(this.entry.key, this.entry.rev, file.seed));
    const taken = attemptFrom(file, this.steps, before);
    // The worlds that were kept are of the answers before.
    for (const { key } of this.steps) forget(buildKey(this.entry.key, this.entry.rev, file.seed, key));
    this.saving = keep(this.entry.key, this.entry.rev, taken, { passed: false, finished: false });
    if (file.seed === this.seed) this.attempt = taken;
  }

  // --- inside ------------------------------------------------------------------------------------

  get #about(): About {
    const { id, rev } = this.exercise as Exercise;
    return { exercise: id, rev, seed: this.seed, engine: this.engineVersion || undefined };
  }

  async #grade(history: History) {
    const result = await grade(this.entry.text, fileOf(this.#about, this.steps, history));
    if ('problems' in result) {
      this.refusal = result.problems[0]?.message;
      return undefined;
    }
    this.engineVersion = result.value.engine;
    return verdictsOf(this.steps, result.value);
  }

  /** The verdicts on what was kept: nothing is stored that the engine can say. */
  async #judgeKept(): Promise<void> {
    const attempt = $state.snapshot(this.attempt);
    if (Object.keys(attempt.answers).length === 0) return;
    this.verdicts = (await this.#grade(attempt)) ?? {};
    for (const step of this.steps) {
      if (this.verdicts[step.key]) this.attempt.tries[step.key] ??= 1;
    }
  }

  #record({ key, asked }: Step, answer: unknown, verdict: StepVerdict): void {
    this.attempt = handedIn($state.snapshot(this.attempt), key, answer);
    const { attempt } = this;
    const tries = attempt.tries[key] as number;
    if (verdict.correct) attempt.right[key] ??= tries;
    else if (canBeShown(asked.kind) && tries >= triesBeforeShown) attempt.seen[key] = true;
    const met = verdict.correct ? [] : named(verdict).map(({ misconception }) => misconception);
    if (met.length > 0) attempt.met[key] = [...new Set([...(attempt.met[key] ?? []), ...met])];
    this.retrying = false;
    this.#save();
  }

  /** `beside`: where an answer had to be shown, its run stands beside the real one. */
  async #show(beside = true): Promise<void> {
    const turn = ++this.#turn;
    this.evidence = [];
    this.ideasBefore = [];
    this.#dropPair();
    // Beside the result stands the last run that was on show.
    const step = this.step ?? (this.session ? undefined : this.steps.at(-1));
    if (!step) return;
    const stage = this.retrying ? 'asked' : this.stageOf(step);
    if (stage === 'shown') void this.#recall(step, turn);
    if (step.asked.kind === 'build') await this.#showBuild(step, turn);
    else if (!isSettled(stage)) await this.#showBefore(step);
    else if (!beside || step !== this.step || stage !== 'shown' || !(await this.#showPair(step, turn))) await this.#showAfter(step, turn);
  }

  /**
   * What earlier answers fitted is asked of the engine anew, as verdicts are: beside all the other answers, for an
   * idea that one of them refutes was not the student's.
   */
  async #recall({ key }: Step, turn: number): Promise<void> {
    const ideas = new Map<string, Diagnosis>();
    const others = $state.snapshot(this.attempt.answers);
    for (const answer of $state.snapshot(this.attempt.earlier[key]) ?? []) {
      const judged = await this.#guard(() => this.#grade({ answers: { ...others, [key]: answer } }));
      for (const each of judged?.[key] ? named(judged[key]) : []) ideas.set(each.misconception, each);
    }
    for (const { misconception } of this.verdicts[key]?.diagnoses ?? []) ideas.delete(misconception);
    if (turn === this.#turn) this.ideasBefore = [...ideas.values()];
  }

  #dropPair(): void {
    if (!this.pair) return;
    const { real, other } = this.pair;
    if (this.session === real) this.session = this.#main.branch ? this.#main : undefined;
    this.pair = undefined;
    letGo(real);
    letGo(other);
  }

  /** Both runs, as far as they may be seen; false where there is no run of the student's to show. */
  async #showPair(step: Step, turn: number): Promise<boolean> {
    const { exercise } = this;
    const verdict = this.verdicts[step.key];
    const diagnosis = verdict?.diagnoses.find(({ mutants }) => mutants.length > 0);
    if (!exercise || !verdict || !diagnosis || this.#sight.isHeldBack(step)) return false;
    const evidence = await this.#evidenceOf(verdict);
    // Where no question waits any more, both are seen to their ends.
    const limit = this.#sight.limitOf(step);
    const end = Number.isFinite(limit) ? { limit, last: this.#sight.lastOf(step, evidence) } : undefined;
    const pair = await this.#guard(() => openPair({ exercise, diagnosis, evidence, end }));
    if (!pair) return false;
    if (turn !== this.#turn) {
      letGo(pair.real);
      letGo(pair.other);
      return true;
    }
    this.evidence = evidence;
    for (const session of [pair.real, pair.other]) this.#sight.cover(session);
    this.pair = pair;
    this.session = pair.real;
    return true;
  }

  // --- what may be seen --------------------------------------------------------------------------

  get #sight(): Sight {
    return new Sight(this.steps, (step) => this.stageOf(step));
  }

  async #evidenceOf(verdict: StepVerdict): Promise<TraceEvent[]> {
    const { scenario } = this.exercise as Exercise;
    return (await this.#guard(() => eventsOf(scenario, this.seed, numbersOf(verdict).slice(-mostEvidence)))) ?? [];
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
    this.#sight.cover(main);
    this.session = main;
    // A pick marks what is picked, itself.
    if (asked.kind !== 'pick') mark(main, []);
    if (!waits(asked)) {
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
    const verdict = this.verdicts[step.key] as StepVerdict;
    const { asked } = step;
    this.#sight.cover(main);
    this.session = main;
    const wholeRun = asked.pause === null;
    const events = await this.#evidenceOf(verdict);
    if (turn !== this.#turn) return;
    this.evidence = events;
    if (this.#sight.isHeldBack(step)) return;
    const limit = this.#sight.limitOf(step);
    main.barrier = wholeRun ? undefined : Math.min(this.#sight.lastOf(step, events), limit);
    await glide(main, true, () => (wholeRun ? main.runOn(mostSteps) : runUntilSeen(main, events, limit)));
    if (turn !== this.#turn) return;
    const told = numbersTold(verdict);
    if (wholeRun && told.length > 0) main.seekEvent(Math.max(...told));
    // Where no question is left that the rest could answer, the run may be seen to its end.
    if (this.finished) main.barrier = undefined;
    mark(main, told);
  }

  async #showBuild(step: Step, turn: number): Promise<void> {
    const { asked } = step;
    if (asked.kind !== 'build') return;
    const session = this.#builds.get(step.key) ?? (await this.#openedBuild(step, asked));
    if (turn !== this.#turn) return;
    this.session = session;
    mark(session, []);
    if (!this.retrying && this.verdicts[step.key]) await this.#toAnswer(step, asked, session);
    if (turn !== this.#turn) return;
    const verdict = this.retrying ? undefined : this.verdicts[step.key];
    // A call made before the turn has come would go to a socket of the run that is left.
    if (!verdict && session.closed) await this.#takeUpAgain(session, asked);
    if (turn !== this.#turn) return;
    session.closed = verdict !== undefined;
    if (!verdict) {
      await this.judgeLive();
      return;
    }
    // A run that never ends goes no further at each visit.
    await session.runOn(Math.max(0, mostSteps - (session.branch?.status?.step ?? 0)));
    if (turn !== this.#turn) return;
    const numbers = verdict.goals.flatMap(({ n }) => n ?? []);
    this.evidence = evidenceIn(session, numbers);
    // What decided is in sight, whatever the run still does by itself.
    if (verdict.correct && numbers.length > 0) session.seekEvent(Math.max(...numbers));
    mark(session, numbers);
  }

  /** Another try at a run that was judged. */
  async #takeUpAgain(session: LabSession, asked: Of<'build'>): Promise<void> {
    // What a file tells without its steps cannot be taken back.
    if (await isPlayedByHand(session, asked.scenario)) standAtTurn(session);
    else await this.#begin(session, asked);
  }

  /** The world of a build as it was kept, or as it begins. */
  async #openedBuild(step: Step, asked: Of<'build'>): Promise<LabSession> {
    const session = new LabSession(buildKey(this.entry.key, this.entry.rev, this.seed, step.key));
    session.allowed = asked.allow;
    this.#builds.set(step.key, session);
    this.attempt.drafts[step.key] ??= true;
    // At once: nobody shall act in the world of the question before.
    this.session = session;
    const isThere = (await session.restore()) || this.verdicts[step.key] !== undefined;
    if (isThere) session.earliest = await momentOf(asked, this.seed);
    else await this.#begin(session, asked);
    return session;
  }

  /** Brings the run of the answer that is judged on show, unless another try was begun since a wrong one. */
  async #toAnswer({ key }: Step, { scenario }: Of<'build'>, session: LabSession): Promise<void> {
    const actions = actionsOf(this.attempt.answers[key]);
    if (await isRunOf(session, scenario, actions)) return;
    if (!this.verdicts[key]?.correct && (await session.recordedActions()).length > 0) this.retrying = true;
    else await replay(session, scenario, this.seed, actions);
  }

  /** Where the student makes calls, the world first does what the scenario wants of it. */
  async #begin(session: LabSession, asked: Of<'build'>): Promise<void> {
    await session.open(asked.scenario, this.seed);
    session.earliest = await momentOf(asked, this.seed);
    if (session.earliest > 0) await glide(session, true, () => session.runTo(session.earliest ?? 0));
  }

  /** Another tab has answered here too. */
  async #join(): Promise<void> {
    const { step, verdict: before } = this;
    const answerOf = () => JSON.stringify(step && this.attempt.answers[step.key]);
    const answer = answerOf();
    this.attempt = joined(this.entry.key, this.entry.rev, $state.snapshot(this.attempt));
    await this.#guard(() => this.#judgeKept());
    if (!this.verdict || step !== this.step || (before && answer === answerOf())) return;
    if (step?.asked.kind === 'build') await this.#joinBuild(step, step.asked, before !== undefined);
    await this.#show();
  }

  /** Who is at a build goes on with it; who has handed it in sees the run of the answer that counts now. */
  async #joinBuild({ key }: Step, { scenario }: Of<'build'>, isHandedIn: boolean): Promise<void> {
    const session = this.#builds.get(key);
    if (!session) return;
    const actions = actionsOf(this.attempt.answers[key]);
    if (isHandedIn) await replay(session, scenario, this.seed, actions);
    else this.retrying = (await session.recordedActions()).length > 0 && !(await isRunOf(session, scenario, actions));
  }

  #save(): void {
    const { outcome } = this;
    const reached = { passed: outcome === 'passed', finished: outcome !== 'begun' };
    this.saving = keep(this.entry.key, this.entry.rev, $state.snapshot(this.attempt), reached);
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

