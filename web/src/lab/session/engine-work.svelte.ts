/**
 * A session's work for the engine, piece after piece. Whoever restarted the worker, what stood in it is opened anew
 * before anything is done with it; what fails is shown, and nothing more is begun until it is started again.
 */
import { EngineMismatch } from '../../engine/api.ts';
import { engine, EngineHung } from '../../engine/client.ts';
import { WorkQueue } from './queue.ts';

export interface Failure {
  kind: 'failed' | 'hung' | 'mismatch';
  detail: string;
}

interface Worlds {
  /** Opens what stood in another worker in the one that runs now. */
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
  /** Some work is not done yet. */
  busy = $state(false);
  /** Nothing more is wanted. */
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

  /** What the work answers; undefined when it failed. */
  run<Result>(work: () => Promise<Result>): Promise<Result | undefined> {
    return this.#counted(async () => {
      if (!this.ended) await this.#worlds.revive();
      return work();
    });
  }

  /** Work that is about no world. */
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

  /** Waits beside all other work, and shows it where that fails. */
  async watch(wait: Promise<unknown>): Promise<void> {
    try {
      await wait;
    } catch (error) {
      if (this.ended || this.failure) return;
      this.#worlds.failed();
      this.failure = failureOf(error);
    }
  }

  /** A fresh worker, for which nothing waits. */
  restart(): void {
    engine.restart();
    this.failure = undefined;
    this.#queue.reopen();
  }

  /** Does a last piece of work. */
  end(last: () => Promise<void>): void {
    this.ended = true;
    this.#queue.end(last);
  }
}
