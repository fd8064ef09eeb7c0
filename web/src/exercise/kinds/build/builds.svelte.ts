/** The worlds in which a student acts: one for each build, begun, gone on with, judged and taken up again. */
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

/** A build's session, and whether its world has come. */
interface World {
  session: LabSession;
  there: Promise<void>;
}

export class Builds {
  /** The verdict on what was done so far, as it would be if nothing more were done. */
  live = $state.raw<StepVerdict>();
  /** A build was handed in without anything done in it; it was not judged. */
  untouched = $state(false);
  readonly #work: Work;
  readonly #show: (session: LabSession) => void;
  readonly #worlds = new Map<string, World>();
  /** Grows whenever goals are judged: only the last verdict is about what is there. */
  #judging = 0;

  /** `show` puts a world on show. */
  constructor(work: Work, show: (session: LabSession) => void) {
    this.#work = work;
    this.#show = show;
  }

  dispose(): void {
    for (const { session } of this.#worlds.values()) letGo(session);
  }

  /** Shows the world of a build; once it is judged, the events that decided. */
  async show(step: Step, asked: Played, wanted: Wanted): Promise<TraceEvent[] | undefined> {
    const work = this.#work;
    const world = this.#worlds.get(step.key);
    // A run that was on show as judged is taken up again; another try that a reload brings back goes on.
    const wasJudged = world?.session.limits.closed;
    const { session, there } = world ?? this.#opened(step, asked);
    // At once: nobody shall act in the world of the question before.
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

  /** Nothing is done in the world until it is said whether it can be done, where that is asked. */
  hold({ key }: Step, asked: Played): void {
    const session = this.#worlds.get(key)?.session;
    if (session) session.limits.waiting = waitsForWord(this.#work.attempt.drafts[key], asked);
  }

  /** The run to its end, and in it what decided. */
  async #showJudged(session: LabSession, verdict: StepVerdict, wanted: Wanted): Promise<TraceEvent[] | undefined> {
    session.pause();
    const { turn } = session;
    // A run that never ends goes no further at each visit.
    await session.runOn(Math.max(0, mostSteps - (session.branch?.status?.step ?? 0)));
    if (!wanted()) return undefined;
    const numbers = numbersOfGoals(verdict);
    // What decided is in sight, whatever the run still does by itself.
    if (verdict.correct && numbers.length > 0 && turn === session.turn) session.bringTo(Math.max(...numbers));
    session.marks = numbers;
    return evidenceIn(session, numbers);
  }

  /** What the goals of a build would be if nothing more were done. */
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

  /** What was done in a build, to be handed in; undefined where that is nothing, and nothing is not enough. */
  async done(step: Step, session: LabSession): Promise<unknown> {
    const actions = await session.recordedActions();
    // Whether doing nothing is enough must be known before it is refused.
    const idle = actions.length === 0;
    const verdict = idle ? await this.#judged(step, actions) : undefined;
    if ((idle && !verdict) || step !== this.#work.step) return undefined;
    this.untouched = verdict !== undefined && kindOf(step.asked).isDone?.(verdict) !== true;
    return this.untouched ? undefined : actions;
  }

  /**
   * Opens a build's world where the student's turn comes: where calls are made, the world has done by then what the
   * scenario wants of it. It comes into sight as it stands there, and no button changes under a pointer.
   */
  async begin(session: LabSession, asked: Played, wanted: Wanted = () => true): Promise<void> {
    const { seed } = this.#work;
    const earliest = session.limits.earliest ?? (await momentOf(asked, this.#work.seed));
    if (!wanted()) return;
    session.limits.earliest = earliest;
    await session.open(asked.scenario, seed, '', earliest);
  }

  /** Another tab has answered: who is at a build goes on with it; who has handed it in sees the run that counts now. */
  async join({ key }: Step, { scenario }: Played, isHandedIn: boolean): Promise<void> {
    const work = this.#work;
    const session = this.#worlds.get(key)?.session;
    if (!session) return;
    const actions = actionsOf(work.attempt.answers[key]);
    if (isHandedIn) return replay(session, { scenario, seed: work.seed, actions });
    const begun = (await session.recordedActions()).length > 0 && !(await isRunOf(session, scenario, actions));
    if (key === work.step?.key) work.retrying = begun;
  }

  /** The world of a build as it was kept, or as it begins. */
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
    // The turn is known before anything can be done.
    session.limits.earliest = await momentOf(asked, this.#work.seed);
    if (!(await session.restore()) && !session.limits.closed) await this.begin(session, asked);
  }

  /** Another try at a run that was judged: on a branch of its own, so that the run is still there to be looked at. */
  async #takeUpAgain(session: LabSession, asked: Played, wanted: Wanted): Promise<void> {
    // What a file tells without its steps cannot be taken back.
    const byHand = await isPlayedByHand(session, asked.scenario);
    if (!wanted()) return;
    if (!byHand || !(await session.tryAgain())) await this.begin(session, asked, wanted);
  }

  /** Brings the run of the answer that is judged on show, unless another try was begun since a wrong one. */
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
