/** One step of a lesson: a run that waits, the student's prediction, and its result. */
import type { Catalogue, TraceEvent } from '../engine/types.ts';
import { isPlayed } from '../exercise/kinds/all.ts';
import type { Entry } from '../exercise/pack.ts';
import { openPair, type Pair } from '../exercise/pair.ts';
import { Practice } from '../exercise/practice.svelte.ts';
import { lastSeed } from '../exercise/attempts.ts';
import { canBeShown, type Stage } from '../exercise/stage.ts';
import type { Step } from '../exercise/steps.ts';
import type { Diagnosis, StepVerdict } from '../exercise/types.ts';
import { letGo } from '../exercise/world.ts';
import type { LabSession } from '../lab/session/session.svelte.ts';
import { eventsOfRun, figureText, paramText } from './figures.ts';
import type { About, Figure } from './format/lesson.ts';
import type { BeatFile } from './lesson.ts';
import { allMutants } from './mutants.ts';
import { doneIn, keepDone, keyOfBeat, type Done, type Sure } from './progress.ts';

/** A fixed seed, so that a lesson is the same for a whole class. */
const usualSeed = 1;
/** The most events to skip in search of the first segment. */
const longestBeginning = 12;

function entryOf(lesson: string, { id, text, rev }: BeatFile): Entry {
  const none = { en: '', zh: '' };
  const key = keyOfBeat(lesson, id);
  return { key, id, text, chapter: none, title: none, kinds: [], rev, variants: usualSeed };
}

export class Beat {
  readonly id: string;
  readonly practice: Practice;
  loaded = $state(false);
  /** Whether an answer is being sent; no other is accepted meanwhile. */
  sending = $state(false);
  done = $state.raw<Done>();
  /** The run beside one under a wrong rule, if the student asked to see that. */
  contrast = $state.raw<Pair>();
  /** Whether such a run was looked for, but none differs. */
  alike = $state(false);
  #run = $state.raw<readonly TraceEvent[]>();
  #mutants = $state.raw<Catalogue['mutants']>([]);
  readonly #lesson: string;
  readonly #teaches: readonly string[];
  readonly #figures: Readonly<Record<string, Figure>>;

  constructor({ id: lesson, figures }: About, file: BeatFile) {
    this.id = file.id;
    this.#lesson = lesson;
    this.#teaches = file.teaches;
    this.#figures = figures[file.id] ?? {};
    const entry = entryOf(lesson, file);
    this.practice = new Practice(entry, lastSeed(entry.key, entry.rev) ?? usualSeed);
    this.done = doneIn(lesson)[file.id];
  }

  get step(): Step | undefined {
    return this.practice.steps[0];
  }

  get verdict(): StepVerdict | undefined {
    return this.step && !this.practice.retrying ? this.practice.verdicts[this.step.key] : undefined;
  }

  get stage(): Stage {
    return this.step && this.verdict ? this.practice.stageOf(this.step) : 'asked';
  }

  /** The verdict, if it may be shown: for a prediction, only once it is committed, together with what happens. */
  get told(): StepVerdict | undefined {
    if (this.sending) return undefined;
    if (this.isPlayed) return this.verdict;
    return this.settled && this.stage !== 'again' ? this.verdict : undefined;
  }

  /** Whether it is answered by acting. */
  get isPlayed(): boolean {
    return isPlayed(this.step?.asked);
  }

  /** Whether the text after the answer may be shown. A prediction for another revision of the step does not count. */
  get settled(): boolean {
    if (!this.done) return false;
    const isLost = this.done.sure !== undefined && this.loaded && this.step !== undefined && this.stage === 'asked';
    return !isLost;
  }

  get session(): LabSession | undefined {
    return this.contrast?.real ?? this.practice.session;
  }

  get pair(): Pair | undefined {
    return this.contrast ?? this.practice.pair;
  }

  // --- coming and going --------------------------------------------------------------------------

  async load(): Promise<void> {
    await this.practice.load();
    if (this.isPlayed && !this.done) await this.#toFirstSegment();
    await this.#settle();
    this.loaded = true;
    this.#mutants = (await this.practice.guard(allMutants)) ?? [];
  }

  /** Runs on until a segment is in flight: in an empty run the student would have nothing to act on. */
  async #toFirstSegment(): Promise<void> {
    const { session } = this.practice;
    if (!session || session.beat > 0) return;
    for (let i = 0; i < longestBeginning && session.branch?.status?.in_flight.length === 0; i++)
      if (!(await session.forward())) return;
  }

  dispose(): void {
    this.#dropContrast();
    this.practice.dispose();
  }

  // --- answering ---------------------------------------------------------------------------------

  /** Commits a prediction, which is final, with how sure the student is. */
  commit(answer: unknown, sure: Sure): Promise<void> {
    return this.#send(async () => {
      this.practice.sure = sure;
      if (await this.practice.submit(answer)) this.#keep({ sure, right: this.verdict?.correct ?? false });
    });
  }

  /** Submits actions or a text, for which it is not asked how sure the student is. */
  handIn(answer: unknown): Promise<void> {
    const { practice } = this;
    return this.#send(async () => {
      const judged = await (this.isPlayed ? practice.submitBuild() : practice.submit(answer));
      if (judged && this.stage !== 'again') this.#keep({ right: this.verdict?.correct ?? false });
    });
  }

  async #send(work: () => Promise<void>): Promise<void> {
    if (this.sending) return;
    this.sending = true;
    await work();
    await this.#settle();
    this.sending = false;
  }

  /** Goes on without having reached the goals. */
  async leave(): Promise<void> {
    this.#keep({ right: false });
    await this.#settle();
  }

  #keep(done: Done): void {
    this.done = done;
    const stored = keepDone(this.#lesson, this.id, done);
    if (stored !== 'kept') this.practice.saving = stored;
  }

  /** Shows what really happens, beside what was predicted: a wrong prediction cannot be tried again. */
  async #settle(): Promise<void> {
    const { practice, step, done } = this;
    if (!done || !step) return;
    if (this.stage === 'again' && canBeShown(step.asked.kind)) await practice.giveUp();
    if (!this.settled || Object.keys(this.#figures).length === 0 || !practice.exercise) return;
    const { exercise } = practice;
    this.#run = await practice.guard(() => eventsOfRun(exercise));
  }

  // --- two runs ----------------------------------------------------------------------------------

  /** Misconceptions whose run can be shown beside the real one: the student's, or else those that the step teaches. */
  get #ideas(): Diagnosis[] {
    const theirs = (this.verdict?.diagnoses ?? []).filter(({ mutants }) => mutants.length > 0);
    const taught = this.#teaches.flatMap((misconception) =>
      this.#mutants
        .filter((mutant) => mutant.misconception === misconception)
        .map(({ id }) => ({ misconception, mutants: [id], fields: [] })),
    );
    return [...theirs, ...taught];
  }

  /** Whether the contrast is with a misconception behind the student's answer, not with one that the step teaches. */
  get fitsAnswer(): boolean {
    const idea = this.contrast?.diagnosis.misconception;
    return (this.verdict?.diagnoses ?? []).some(({ misconception }) => misconception === idea);
  }

  get canCompare(): boolean {
    return this.settled && !this.isPlayed && !this.pair && !this.alike && this.#ideas.length > 0;
  }

  async compare(): Promise<void> {
    const { practice } = this;
    const { exercise, evidence } = practice;
    if (!exercise) return;
    for (const diagnosis of this.#ideas) {
      const pair = await practice.guard(() => openPair({ exercise, diagnosis, evidence, end: undefined }));
      if (!pair) continue;
      this.#dropContrast();
      this.contrast = pair;
      return;
    }
    this.alike = true;
  }

  closePair(): void {
    if (this.contrast) this.#dropContrast();
    else this.practice.closePair();
  }

  #dropContrast(): void {
    if (!this.contrast) return;
    const { real, other } = this.contrast;
    this.contrast = undefined;
    letGo(real);
    letGo(other);
  }

  // --- numbers in prose --------------------------------------------------------------------------

  /** A number of this step's run by its name: from the events so far, or from the whole run once it is answered. */
  valueOf(name: string): string | undefined {
    const params = this.practice.exercise?.params ?? {};
    if (Object.hasOwn(params, name)) return paramText(params[name]);
    const figure = this.#figures[name];
    if (!figure) return undefined;
    // Prefer the run with the student's actions to the unchanged one.
    const here = this.isPlayed ? figureText(figure, this.practice.events) : undefined;
    return here ?? figureText(figure, (this.settled ? this.#run : undefined) ?? this.practice.events);
  }
}
