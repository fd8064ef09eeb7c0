/** The worlds in which a student acts: one for each build, which is begun, continued, judged and tried again. */
import type { TraceEvent } from '../../../engine/types.ts';
import { LabSession } from '../../../lab/session/session.svelte.ts';
import { buildKey } from '../../attempts.ts';
import { numbersOfGoals } from '../../because.ts';
import { isPlayedByHand, isRunOf, replay } from '../../run-of-answer.ts';
import type { Step } from '../../steps.ts';
import { evidenceIn, letGo, momentOf, mostSteps, type Wanted } from '../../world.ts';
import type { StepVerdict } from '../../types.ts';
import type { Work } from '../../work.svelte.ts';
import { kindOf, type Played } from '../all.ts';
import { actionsOf, waitsForWord } from '../doubts.ts';

/** A build's session, and a promise that resolves when its world is open. */
interface World {
  session: LabSession;
  there: Promise<void>;
}

export class Builds {
  /** The verdict on the actions so far, as if nothing more were done. */
  live = $state.raw<StepVerdict>();
  /** Whether a build was submitted without any action, and was therefore not judged. */
  untouched = $state(false);
  readonly #work: Work;
  readonly #show: (session: LabSession) => void;
  readonly #worlds = new Map<string, World>();
  /** Increases whenever goals are judged, so that verdicts on an older state are ignored. */
  #judging = 0;

  /** `show` makes a session the one on show. */
  constructor(work: Work, show: (session: LabSession) => void) {
    this.#work = work;
    this.#show = show;
  }

  dispose(): void {
    for (const { session } of this.#worlds.values()) letGo(session);
  }

  /** Shows the world of a build; if it is judged, resolves to the events that decided. */
  async show(step: Step, asked: Played, wanted: Wanted): Promise<TraceEvent[] | undefined> {
    const work = this.#work;
    const world = this.#worlds.get(step.key);
    // Only a run that was already judged in this view needs another try; one restored by a reload just continues.
    const wasJudged = world?.session.limits.closed;
    const { session, there } = world ?? this.#opened(step, asked);
    // Before any wait, so that nobody can act in the world of the previous question.
    this.hold(step, asked);
    this.#show(session);
    session.marks = [];
    await there;
    if (!wanted()) return undefined;
    if (!work.retrying && work.verdicts[step.key]) await this.#toAnswer(step, asked, session, wanted);
    if (!wanted()) return undefined;
    const verdict = work.retrying ? undefined : work.verdicts[step.key];
    if (!verdict && wasJudged) await this.#takeUpAgain(session, asked, wanted);
    if (!wanted()) return undefined;
    session.limits.closed = verdict !== undefined;
    if (!verdict) {
      await this.judgeLive(step, session);
      return undefined;
    }
    return this.#showJudged(session, verdict, wanted);
  }

  /** The world in which the student acts at this step, whatever is on show. */
  worldOf({ key }: Step): LabSession | undefined {
    return this.#worlds.get(key)?.session;
  }

  /** Blocks actions until the student has said whether it can be done, if that is asked. */
  hold({ key }: Step, asked: Played): void {
    const session = this.#worlds.get(key)?.session;
    if (session) session.limits.waiting = waitsForWord(this.#work.attempt.drafts[key], asked);
  }

  /** Runs the world to its end, and highlights the events that decided. */
  async #showJudged(session: LabSession, verdict: StepVerdict, wanted: Wanted): Promise<TraceEvent[] | undefined> {
    session.pause();
    const { turn } = session;
    // Limit the total of steps, or a run that never ends would go further at each visit.
    await session.runOn(Math.max(0, mostSteps - (session.branch?.status?.step ?? 0)));
    if (!wanted()) return undefined;
    const numbers = numbersOfGoals(verdict);
    // Show the moment that decided, even if the run went on by itself after that.
    if (verdict.correct && numbers.length > 0 && turn === session.turn) session.bringTo(Math.max(...numbers));
    session.marks = numbers;
    return evidenceIn(session, numbers);
  }

  /** Judges the goals of a build as if nothing more were done. */
  async judgeLive(step: Step, session: LabSession): Promise<void> {
    const work = this.#work;
    if (!session.branch) return;
    const judging = ++this.#judging;
    const wanted = () => judging === this.#judging && step === work.step;
    const actions = await session.recordedActions();
    if (!wanted()) return;
    if (actions.length > 0) this.untouched = false;
    const verdict = await this.#judged(step, actions);
    if (verdict && wanted()) this.live = verdict;
  }

  async #judged({ key }: Step, actions: readonly unknown[]): Promise<StepVerdict | undefined> {
    const judged = await this.#work.guard(() => this.#work.grade({ answers: { [key]: actions } }));
    return judged?.[key];
  }

  /** A build's actions, to be submitted; undefined if there are none and doing nothing does not reach the goals. */
  async done(step: Step, session: LabSession): Promise<unknown> {
    const actions = await session.recordedActions();
    // Doing nothing may be the right answer, so judge it before refusing it.
    const idle = actions.length === 0;
    const verdict = idle ? await this.#judged(step, actions) : undefined;
    if ((idle && !verdict) || step !== this.#work.step) return undefined;
    this.untouched = verdict !== undefined && kindOf(step.asked).isDone?.(verdict) !== true;
    return this.untouched ? undefined : actions;
  }

  /**
   * Opens a build's world at the student's first turn (see `momentOf`). It is first shown in that state, so that no
   * button changes under the pointer.
   */
  async begin(session: LabSession, asked: Played, wanted: Wanted = () => true): Promise<void> {
    const { seed } = this.#work;
    const earliest = session.limits.earliest ?? (await momentOf(asked, this.#work.seed));
    if (!wanted()) return;
    session.limits.earliest = earliest;
    await session.open(asked.scenario, seed, '', earliest);
  }

  /** Another tab has answered: an open build goes on here; one that was submitted shows the run that counts now. */
  async join({ key }: Step, { scenario }: Played, isHandedIn: boolean): Promise<void> {
    const work = this.#work;
    const session = this.#worlds.get(key)?.session;
    if (!session) return;
    const actions = actionsOf(work.attempt.answers[key]);
    if (isHandedIn) return replay(session, { scenario, seed: work.seed, actions });
    const begun = (await session.recordedActions()).length > 0 && !(await isRunOf(session, scenario, actions));
    if (key === work.step?.key) work.retrying = begun;
  }

  /** The world of a build: restored if it was saved, or else new. */
  #opened({ key }: Step, asked: Played): World {
    const { entry, seed, attempt, verdicts } = this.#work;
    const session = new LabSession(buildKey(entry.key, entry.rev, seed, key));
    session.limits.allowed = asked.allow;
    session.limits.closed = verdicts[key] !== undefined;
    attempt.drafts[key] ??= true;
    const world = { session, there: this.#comeBack(session, asked) };
    this.#worlds.set(key, world);
    return world;
  }

  async #comeBack(session: LabSession, asked: Played): Promise<void> {
    // Set this before the world opens, that is, before anything can be done.
    session.limits.earliest = await momentOf(asked, this.#work.seed);
    if (!(await session.restore()) && !session.limits.closed) await this.begin(session, asked);
  }

  /** Starts another try on a new branch, so that the judged run can still be looked at. */
  async #takeUpAgain(session: LabSession, asked: Played, wanted: Wanted): Promise<void> {
    // Actions from a file without steps cannot be undone, so that a new try must start over.
    const byHand = await isPlayedByHand(session, asked.scenario);
    if (!wanted()) return;
    if (!byHand || !(await session.tryAgain())) await this.begin(session, asked, wanted);
  }

  /** Shows the run of the judged answer, unless another try was begun after a wrong one. */
  async #toAnswer({ key }: Step, { scenario }: Played, session: LabSession, wanted: Wanted): Promise<void> {
    const work = this.#work;
    const actions = actionsOf(work.attempt.answers[key]);
    const isThere = await isRunOf(session, scenario, actions);
    const begun = !isThere && !work.verdicts[key]?.correct && (await session.recordedActions()).length > 0;
    if (!wanted() || isThere) return;
    if (begun) work.retrying = true;
    else await replay(session, { scenario, seed: work.seed, actions }, wanted);
  }
}
