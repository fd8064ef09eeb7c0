/** An attempt at an exercise: the answers, the engine's verdicts on them, and what is saved. */
import { EngineHung } from '../engine/client.ts';
import { forget, type Stored } from '../app/storage.ts';
import type { Bilingual } from '../i18n/index.svelte.ts';
import type { AnswersFile } from './answers-file.ts';
import { attemptFrom, fileOf, replaces, type About, type History } from './attempt-file.ts';
import { attemptOf, buildKey, handedIn, keep, type Attempt } from './attempts.ts';
import { keepAnswer } from './exposed.ts';
import { grade } from './grader.ts';
import type { Sure } from '../mastery/exposure.ts';
import type { Entry } from './pack.ts';
import { named } from './shown.ts';
import { isPlayed, kindOf } from './kinds/all.ts';
import { canBeShown, isSettled, outcomeOf, stageOf, triesBeforeShown, type Outcome, type Stage } from './stage.ts';
import { answersOf, verdictsOf, type Step } from './steps.ts';
import type { Exercise, StepVerdict } from './types.ts';

/** Files whose answers were taken over, until the view has said so. */
const takenFrom = new Map<string, string>();
const variantOf = (entry: Entry, seed: number) => `${seed} ${entry.key}`;

export class Work {
  readonly entry: Entry;
  readonly seed: number;
  /** The file from which the answers were just taken. */
  file = $state.raw<string>();
  exercise = $state.raw<Exercise>();
  steps = $state.raw<Step[]>([]);
  attempt = $state<Attempt>() as Attempt;
  verdicts = $state.raw<Readonly<Record<string, StepVerdict>>>({});
  /** Whether the verdict on this step is hidden for another try. */
  retrying = $state(false);
  /** Why an answer could not be read. */
  refusal = $state.raw<Bilingual>();
  failure = $state('');
  saving = $state<Stored>('kept');
  /** How sure the student is of the submitted answer, if that was asked. */
  sure: Sure | undefined;
  #engineVersion = '';

  constructor(entry: Entry, seed: number) {
    this.entry = entry;
    this.seed = seed;
    this.attempt = attemptOf(entry.key, entry.rev, seed);
    this.file = takenFrom.get(variantOf(entry, seed));
    takenFrom.delete(variantOf(entry, seed));
  }

  get step(): Step | undefined {
    return this.steps[this.attempt.at];
  }

  get verdict(): StepVerdict | undefined {
    return this.step && !this.retrying ? this.verdicts[this.step.key] : undefined;
  }

  stageOf({ key, asked }: Step): Stage {
    return stageOf(asked.kind, this.verdicts[key], this.attempt.seen[key] === true);
  }

  /** Whether the student may go past a step: a build may be left unsolved, as its goals give nothing away. */
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

  /** Whether a build is still open: even one that was left may be tried again until the exercise is finished. */
  get building(): boolean {
    return !this.finished && this.steps.some((step) => isPlayed(step.asked) && !isSettled(this.stageOf(step)));
  }

  /** The score in half points, and the maximum in whole points. */
  get score(): { halves: number; max: number } {
    const max = this.steps.reduce((sum, step) => sum + step.asked.points, 0);
    const halves = this.steps.reduce((sum, step) => sum + (this.verdicts[step.key]?.half_points ?? 0), 0);
    return { halves, max };
  }

  // --- what is written ---------------------------------------------------------------------------

  /** Saves a draft at once. */
  draft(value: unknown): void {
    if (!this.step) return;
    this.attempt.drafts[this.step.key] = value;
    this.save();
  }

  hint(): void {
    const { attempt, step } = this;
    if (!step) return;
    attempt.hints[step.key] = (attempt.hints[step.key] ?? 0) + 1;
    this.save();
  }

  tick(sentences: number[]): void {
    if (!this.step) return;
    this.attempt.ticks[this.step.key] = sentences;
    this.save();
  }

  save(): void {
    const { outcome } = this;
    const reached = { passed: outcome === 'passed', finished: outcome !== 'begun' };
    this.saving = keep(this.entry.key, this.entry.rev, $state.snapshot(this.attempt), reached);
  }

  // --- how it is judged --------------------------------------------------------------------------

  async grade(history: History): Promise<Record<string, StepVerdict> | undefined> {
    const result = await grade(this.entry.text, fileOf(this.#about, this.steps, history));
    if ('problems' in result) {
      this.refusal = result.problems[0]?.message;
      return undefined;
    }
    this.#engineVersion = result.value.engine;
    return verdictsOf(this.steps, result.value);
  }

  /** Judges the saved answers again: verdicts are not stored, since the engine can recompute them. */
  async judgeKept(): Promise<void> {
    const attempt = $state.snapshot(this.attempt);
    if (Object.keys(attempt.answers).length === 0) return;
    this.verdicts = (await this.grade(attempt)) ?? {};
    for (const step of this.steps) {
      if (this.verdicts[step.key]) this.attempt.tries[step.key] ??= 1;
    }
  }

  /** Records an answer that was submitted and judged. */
  protected record({ key, asked }: Step, answer: unknown, verdict: StepVerdict): void {
    this.attempt = handedIn($state.snapshot(this.attempt), key, answer);
    const { attempt } = this;
    const tries = attempt.tries[key] as number;
    const hadSeen = attempt.seen[key] === true;
    if (verdict.correct) attempt.right[key] ??= tries;
    else if (canBeShown(asked.kind) && tries >= triesBeforeShown) attempt.seen[key] = true;
    else if (kindOf(asked).isDone?.(verdict)) attempt.seen[key] = true;
    const met = verdict.correct ? [] : named(verdict).map(({ misconception }) => misconception);
    if (met.length > 0) attempt.met[key] = [...new Set([...(attempt.met[key] ?? []), ...met])];
    if (key === this.step?.key) this.retrying = false;
    this.save();
    const { exercise, entry, steps, seed, sure } = this;
    if (!exercise) return;
    // An answer given after the right one was shown must not count as a first try.
    const nth = hadSeen ? Math.max(2, tries) : tries;
    const kept = keepAnswer(
      { item: entry.key, seed, teaches: exercise.teaches, steps },
      { asked, key },
      verdict,
      nth,
      sure,
    );
    if (kept !== 'kept') this.saving = kept;
  }

  /** Shows a failure of the engine, and keeps the draft. */
  async guard<Value>(work: () => Promise<Value>): Promise<Value | undefined> {
    try {
      return await work();
    } catch (error) {
      const hung = error instanceof EngineHung;
      this.failure = hung ? 'hung' : error instanceof Error ? error.message : String(error);
      return undefined;
    }
  }

  // --- files -------------------------------------------------------------------------------------

  get #about(): About {
    const { id, rev } = this.exercise as Exercise;
    return { exercise: id, rev, seed: this.seed, engine: this.#engineVersion || undefined };
  }

  answersText(): string {
    return fileOf(this.#about, this.steps, $state.snapshot(this.attempt));
  }

  /** A report with what a teacher or an author needs to see the same. */
  report(): string {
    const { answers, at, tries, earlier, hints } = $state.snapshot(this.attempt);
    const doing = { step: this.steps[at]?.key, tries, earlier, hints, answers: answersOf(this.steps, answers) };
    return JSON.stringify({ ...this.#about, ...doing, browser: navigator.userAgent }, null, 2);
  }

  /** Whether taking over the file's answers would overwrite answers given here. */
  wouldLose(file: AnswersFile): boolean {
    return replaces(file, this.steps, attemptOf(this.entry.key, this.entry.rev, file.seed));
  }

  /** Takes over a file's answers for this exercise, as the attempt with the file's seed. */
  takeOver(file: AnswersFile, name: string): void {
    takenFrom.set(variantOf(this.entry, file.seed), name);
    const before = $state.snapshot(attemptOf(this.entry.key, this.entry.rev, file.seed));
    const taken = attemptFrom(file, this.steps, before);
    // The saved worlds belong to the previous answers.
    for (const { key } of this.steps) forget(buildKey(this.entry.key, this.entry.rev, file.seed, key));
    this.saving = keep(this.entry.key, this.entry.rev, taken, { passed: false, finished: false });
    if (file.seed === this.seed) this.attempt = taken;
  }
}
