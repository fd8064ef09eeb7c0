/** What of a run may be seen while questions about it are open. */
import type { TraceEvent } from '../engine/types.ts';
import type { LabSession } from '../lab/session/session.svelte.ts';
import { kindOf } from './kinds/all.ts';
import { isSettled, waits, type Stage } from './stage.ts';
import type { Step } from './steps.ts';

export class Sight {
  /** Steps that wait for an answer, at which the world must not arrive before it. */
  readonly #waiting: readonly Step[];

  constructor(steps: readonly Step[], stageOf: (step: Step) => Stage) {
    this.#waiting = steps.filter((step) => waits(step.asked) && !isSettled(stageOf(step)));
  }

  /** The step of the world at which the next question waits; infinite where none does. */
  limitOf({ asked }: Step): number {
    const next = Math.min(...this.#waiting.map((each) => each.asked.pause?.step ?? Infinity));
    return Math.max(asked.pause?.step ?? 0, next);
  }

  /** How far the world goes on to show the answer. */
  lastOf({ asked }: Step, evidence: readonly TraceEvent[]): number {
    return Math.max(asked.pause?.step ?? 0, ...evidence.map((event) => event.step)) + 1;
  }

  /** Another question about the whole run is open, so nothing of the run may be seen whatever is answered here. */
  isHeldBack(step: Step): boolean {
    return step.asked.pause === null && this.#waiting.some((each) => each !== step);
  }

  /** Variables of connections that would tell what is asked. */
  get covered(): string[] {
    return [...new Set(this.#waiting.flatMap(({ asked }) => asked.covered))];
  }

  /** Hosts of which the picture must not tell what comes next. */
  get asked(): string[] {
    return [...new Set(this.#waiting.flatMap(({ asked }) => kindOf(asked).hosts?.(asked) ?? []))];
  }

  /** Whether how TCP behaves is asked, which is not about one host's next step. */
  get asksRules(): boolean {
    return this.#waiting.some(({ asked }) => kindOf(asked).asksRules);
  }

  /** Covers in a world what would tell an answer. */
  cover(session: LabSession): void {
    session.limits.covered = this.covered;
    session.limits.asked = this.asked;
    session.limits.asksRules = this.asksRules;
  }
}
