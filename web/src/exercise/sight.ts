/** What of a run may be seen while questions about it are open. */
import type { TraceEvent } from '../engine/types.ts';
import type { LabSession } from '../lab/session/session.svelte.ts';
import { isSettled, waits, type Stage } from './stage.ts';
import type { Step } from './steps.ts';
import type { Asked } from './types.ts';

/** Hosts whose next step is what the question asks for. */
function hostsOf(asked: Asked): string[] {
  if (asked.kind === 'segment') return [asked.of.host];
  if (asked.kind !== 'state' && asked.kind !== 'role') return [];
  return asked.hosts.map((name) => (Object.hasOwn(asked.sockets, name) ? (asked.sockets[name]?.host ?? name) : name));
}

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
    return [...new Set(this.#waiting.flatMap(({ asked }) => hostsOf(asked)))];
  }

  /** Covers in a world what would tell an answer. */
  cover(session: LabSession): void {
    session.covered = this.covered;
    session.asked = this.asked;
  }
}
