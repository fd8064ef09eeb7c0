/** How much of a run may be seen while questions about it are open. */
import type { TraceEvent } from '../engine/types.ts';
import type { LabSession } from '../lab/session/session.svelte.ts';
import { kindOf } from './kinds/all.ts';
import { isSettled, waits, type Stage } from './stage.ts';
import type { Step } from './steps.ts';

export class Sight {
  /** The steps without an answer: the world must not reach them before they are answered. */
  readonly #waiting: readonly Step[];

  constructor(steps: readonly Step[], stageOf: (step: Step) => Stage) {
    this.#waiting = steps.filter((step) => waits(step.asked) && !isSettled(stageOf(step)));
  }

  /** The step of the world at which the next question waits; infinite if there is none. */
  limitOf({ asked }: Step): number {
    const next = Math.min(...this.#waiting.map((each) => each.asked.pause?.step ?? Infinity));
    return Math.max(asked.pause?.step ?? 0, next);
  }

  /** How far the world goes on to show the answer. */
  lastOf({ asked }: Step, evidence: readonly TraceEvent[]): number {
    return Math.max(asked.pause?.step ?? 0, ...evidence.map((event) => event.step)) + 1;
  }

  /** Whether nothing more of the run may be seen after this answer, as another question about the whole run is open. */
  isHeldBack(step: Step): boolean {
    return step.asked.pause === null && this.#waiting.some((each) => each !== step);
  }

  /** Variables of connections that would give away an answer. */
  get covered(): string[] {
    return [...new Set(this.#waiting.flatMap(({ asked }) => asked.covered))];
  }

  /** Hosts whose next step must not be shown. */
  get asked(): string[] {
    return [...new Set(this.#waiting.flatMap(({ asked }) => kindOf(asked).hosts?.(asked) ?? []))];
  }

  /** Whether a question asks how TCP behaves, and not about one host's next step. */
  get asksRules(): boolean {
    return this.#waiting.some(({ asked }) => kindOf(asked).asksRules);
  }

  /** Hides in a world what would give away an answer. */
  cover(session: LabSession): void {
    session.limits.covered = this.covered;
    session.limits.asked = this.asked;
    session.limits.asksRules = this.asksRules;
  }
}
