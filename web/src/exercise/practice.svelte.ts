/**
 * A student in an exercise, who goes from question to question, answers, and is judged. The answers are in the work,
 * the world beside the question is the scene; verdicts come from the engine.
 */
import type { Problem, TraceEvent } from '../engine/types.ts';
import type { LabSession } from '../lab/session/session.svelte.ts';
import { handedIn, joined, onKept, progressOf } from './attempts.ts';
import { readExercise } from './grader.ts';
import type { Entry } from './pack.ts';
import type { Pair } from './pair.ts';
import { Scene } from './scene.svelte.ts';
import { isPlayed } from './kinds/all.ts';
import { handedIn as answerOf, saidIn, waitsForWord } from './kinds/doubts.ts';
import { refusalOf } from './shown.ts';
import { stepsOf } from './steps.ts';
import type { Diagnosis, StepVerdict } from './types.ts';
import { Work } from './work.svelte.ts';

export class Practice extends Work {
  problems = $state.raw<readonly Problem[]>([]);
  busy = $state(false);
  readonly #scene = new Scene(this);
  readonly #stopListening: () => void;

  constructor(entry: Entry, seed: number) {
    super(entry, seed);
    this.#stopListening = onKept(entry.key, () => void this.#join());
  }

  // --- what is on show ---------------------------------------------------------------------------

  get session(): LabSession | undefined {
    return this.#scene.session;
  }

  get events(): readonly TraceEvent[] {
    return this.#scene.events;
  }

  get evidence(): readonly TraceEvent[] {
    return this.#scene.evidence;
  }

  get ideasBefore(): readonly Diagnosis[] {
    return this.#scene.ideasBefore;
  }

  get pair(): Pair | undefined {
    return this.#scene.pair;
  }

  /** The world in which the student acts, even while a pair of runs is on show. */
  get world(): LabSession | undefined {
    return (this.step && this.#scene.builds.worldOf(this.step)) ?? this.session;
  }

  /** The verdict on the actions so far, as if nothing more were done. */
  get live(): StepVerdict | undefined {
    return this.#scene.builds.live;
  }

  /** Whether a build was submitted without any action, and was therefore not judged. */
  get untouched(): boolean {
    return this.#scene.builds.untouched;
  }

  /** Whether the world waits even after this answer, because other questions ask about the same run. */
  get heldBack(): boolean {
    return this.step !== undefined && this.#scene.sight.isHeldBack(this.step);
  }

  compare(): Promise<void> {
    return this.#scene.compare();
  }

  closePair(): void {
    this.#scene.closePair();
  }

  // --- coming and going --------------------------------------------------------------------------

  async load(): Promise<void> {
    this.failure = '';
    await this.guard(async () => {
      const read = await readExercise(this.entry.text, this.seed);
      if ('problems' in read) {
        this.problems = read.problems;
        return;
      }
      this.exercise = read.value;
      this.steps = stepsOf(read.value);
      this.attempt.at = Math.min(this.attempt.at, this.steps.length);
      await this.judgeKept();
      // Answers from a file may finish an exercise that was only begun here; save that, so that the list says so.
      const { key, rev } = this.entry;
      if (this.finished && progressOf(key, rev) === 'begun') this.save();
    });
    if (this.exercise) await this.#scene.show();
  }

  dispose(): void {
    this.#stopListening();
    this.#scene.dispose();
  }

  /** Goes to a step, and moves the world to where that step needs it. */
  async goTo(at: number): Promise<void> {
    this.attempt.at = Math.max(0, Math.min(at, this.steps.length));
    this.#begin(false);
    this.save();
    await this.#scene.show();
  }

  next(): Promise<void> {
    return this.goTo(this.attempt.at + 1);
  }

  async retry(): Promise<void> {
    this.#begin(true);
    await this.#scene.show();
  }

  #begin(again: boolean): void {
    this.retrying = again;
    this.refusal = undefined;
    this.#scene.builds.untouched = false;
  }

  /** Shows the right answer before the student has found it. */
  async giveUp(): Promise<void> {
    if (!this.step) return;
    this.attempt.seen[this.step.key] = true;
    this.retrying = false;
    this.save();
    await this.#scene.show();
  }

  // --- answering ---------------------------------------------------------------------------------

  /** Submits an answer. True if it was judged. */
  async submit(answer: unknown): Promise<boolean> {
    const { step } = this;
    if (!step || this.busy) return false;
    this.refusal = undefined;
    this.busy = true;
    const attempt = handedIn($state.snapshot(this.attempt), step.key, answer);
    const judged = await this.guard(() => this.grade(attempt));
    this.busy = false;
    const verdict = judged?.[step.key];
    if (!judged || !verdict) return false;
    // If the student has moved on to another question meanwhile, say nothing about this one there.
    const isHere = step === this.step;
    // An answer that cannot be read does not count: it may be corrected first.
    const refusal = refusalOf(verdict, step.asked);
    if (isHere) this.refusal = refusal;
    if (refusal) return false;
    this.record(step, answer, verdict);
    this.verdicts = judged;
    if (isHere) await this.#scene.show();
    return isHere;
  }

  /** Records what the student says, before acting, about whether it can be done. It is final. */
  say(can: string): void {
    const { step } = this;
    if (!step || !isPlayed(step.asked) || !waitsForWord(this.attempt.drafts[step.key], step.asked)) return;
    this.draft({ can });
    this.#scene.builds.hold(step, step.asked);
  }

  /** Submits what was done in the world of a build. */
  async submitBuild(): Promise<boolean> {
    const { step, world: session } = this;
    if (!step || !isPlayed(step.asked) || !session) return false;
    const actions = await this.#scene.builds.done(step, session);
    if (actions === undefined || step !== this.step) return false;
    return this.submit(answerOf(step.asked, saidIn(this.attempt.drafts[step.key], step.asked), actions));
  }

  /** Judges the goals of a build as if nothing more were done. */
  async judgeLive(): Promise<void> {
    const { step, world: session } = this;
    if (step && isPlayed(step.asked) && session) await this.#scene.builds.judgeLive(step, session);
  }

  /** Starts a build over. */
  async startOver(): Promise<void> {
    const { step, world: session } = this;
    if (!step || !isPlayed(step.asked) || !session) return;
    this.retrying = true;
    await this.#scene.builds.begin(session, step.asked);
  }

  /** Takes over what another tab has answered in the same exercise. */
  async #join(): Promise<void> {
    const { step, verdict: before } = this;
    const answered = () => JSON.stringify(step && this.attempt.answers[step.key]);
    const answer = answered();
    this.attempt = joined(this.entry.key, this.entry.rev, $state.snapshot(this.attempt));
    await this.guard(() => this.judgeKept());
    if (step && isPlayed(step.asked)) this.#scene.builds.hold(step, step.asked);
    if (!this.verdict || step !== this.step || (before && answer === answered())) return;
    if (step && isPlayed(step.asked)) await this.#scene.builds.join(step, step.asked, before !== undefined);
    await this.#scene.show();
  }
}
