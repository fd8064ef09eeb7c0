/**
 * A session's work for the engine, one piece at a time. If the worker was restarted, by whomever, the session's worlds
 * are reopened in it before the next piece of work. A failure is shown, and no more work begins until a restart.
 */
import { EngineMismatch } from '../../engine/api.ts';
import { engine, EngineHung } from '../../engine/client.ts';
import { WorkQueue } from './queue.ts';

export interface Failure {
  kind: 'failed' | 'hung' | 'mismatch';
  detail: string;
}

interface Worlds {
  /** Reopens the session's worlds if the worker has been replaced. */
  revive: () => Promise<void>;
  /** Called when something has failed. */
  failed: () => void;
}

function failureOf(error: unknown): Failure {
  const detail = error instanceof Error ? error.message : String(error);
  const mismatch = error instanceof EngineMismatch || (error as Error)?.name === 'EngineMismatch';
  return { kind: error instanceof EngineHung ? 'hung' : mismatch ? 'mismatch' : 'failed', detail };
}

export class EngineWork {
  failure = $state.raw<Failure>();
  /** Whether any work is not done yet. */
  busy = $state(false);
  /** Whether the session has ended. */
  ended = false;
  readonly #worlds: Worlds;
  readonly #queue: WorkQueue;
  #waiting = 0;

  constructor(worlds: Worlds) {
    this.#worlds = worlds;
    this.#queue = new WorkQueue((error) => {
      worlds.failed();
      this.failure = failureOf(error);
    });
  }

  /** Resolves to the work's result; undefined if it failed. */
  run<Result>(work: () => Promise<Result>): Promise<Result | undefined> {
    return this.#counted(async () => {
      if (!this.ended) await this.#worlds.revive();
      return work();
    });
  }

  /** Runs work that needs none of the session's worlds. */
  runAside<Result>(work: () => Promise<Result>): Promise<Result | undefined> {
    return this.#counted(work);
  }

  async #counted<Result>(work: () => Promise<Result>): Promise<Result | undefined> {
    this.#waiting += 1;
    this.busy = true;
    try {
      return await this.#queue.run(work);
    } finally {
      this.#waiting -= 1;
      this.busy = this.#waiting > 0;
    }
  }

  /** Waits outside the queue, and shows a failure. */
  async watch(wait: Promise<unknown>): Promise<void> {
    try {
      await wait;
    } catch (error) {
      if (this.ended || this.failure) return;
      this.#worlds.failed();
      this.failure = failureOf(error);
    }
  }

  /** Starts a new worker with an empty queue. */
  restart(): void {
    engine.restart();
    this.failure = undefined;
    this.#queue.reopen();
  }

  /** Runs a last piece of work, after which nothing more is accepted. */
  end(last: () => Promise<void>): void {
    this.ended = true;
    this.#queue.end(last);
  }
}
