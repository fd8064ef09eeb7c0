/** The page's only access to the engine: a worker that can be stopped and restarted. */
import * as Comlink from 'comlink';
import type { EngineApi } from './api.ts';
import { takeWorker } from './early-worker.ts';
import type { Prelude } from './prelude.ts';

/** The longest that a single call may take before the worker counts as hung; long work is split into calls. */
const patience = 20_000;

export class EngineHung extends Error {}
export class EngineUnavailable extends Error {}

interface Running {
  worker: Worker;
  remote: Comlink.Remote<EngineApi>;
  /** Rejects the calls without an answer yet, when the worker can no longer be used. */
  waiting: Set<(why: Error) => void>;
}

export class EngineClient {
  #running: Running | undefined;
  /** Increases with every worker: sessions live in a worker, so handles of earlier generations are invalid. */
  generation = 0;
  /** Whether the engine in the current worker has answered anything yet. */
  hasCome = false;
  #settle: () => void = () => undefined;
  /** Resolves when an engine is there for the first time, or did not come. */
  readonly settled = new Promise<void>((done) => (this.#settle = done));
  /** Answers what is known of the first world before the engine is there. */
  prelude: Prelude | undefined;

  /**
   * Calls one function of the engine. After EngineHung or EngineUnavailable the worker is gone with all its sessions,
   * and the next call starts a new one.
   */
  async call<Name extends keyof EngineApi>(
    name: Name,
    ...args: Parameters<EngineApi[Name]>
  ): Promise<Awaited<ReturnType<EngineApi[Name]>>> {
    if (!this.prelude) return this.ask(name, ...args);
    const told = this.prelude.answer(name, args);
    if (told !== undefined) return told as Awaited<ReturnType<EngineApi[Name]>>;
    const meant = await this.prelude.translated(args);
    return this.ask(name, ...(meant as Parameters<EngineApi[Name]>));
  }

  /** Calls the engine itself, never the prelude. */
  async ask<Name extends keyof EngineApi>(
    name: Name,
    ...args: Parameters<EngineApi[Name]>
  ): Promise<Awaited<ReturnType<EngineApi[Name]>>> {
    this.start();
    const running = this.#running as Running;
    const method = running.remote[name] as unknown as (
      ...args: Parameters<EngineApi[Name]>
    ) => Promise<Awaited<ReturnType<EngineApi[Name]>>>;
    const timer = setTimeout(() => this.#drop(running, new EngineHung(String(name))), patience);
    let fail: (why: Error) => void = () => undefined;
    try {
      // Not Promise.race with a promise that lives as long as the worker: it would keep a reference to every call.
      const answer = await new Promise<Awaited<ReturnType<EngineApi[Name]>>>((resolve, reject) => {
        fail = reject;
        running.waiting.add(fail);
        method(...args).then(resolve, reject);
      });
      this.hasCome ||= this.#running === running;
      return answer;
    } finally {
      clearTimeout(timer);
      running.waiting.delete(fail);
    }
  }

  /** Starts the worker, which loads the engine at once, unless it is already running. */
  start(): void {
    if (this.#running) return;
    const worker = takeWorker();
    const running: Running = { worker, remote: Comlink.wrap<EngineApi>(worker), waiting: new Set() };
    worker.addEventListener('message', ({ data }) => {
      if (data === 'come') this.#settle();
    });
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      this.#drop(running, new EngineUnavailable(event.message || 'worker'));
    });
    this.#running = running;
  }

  /** Terminates the worker, whatever it is doing; the next call starts a new one without sessions. */
  restart(): void {
    if (this.#running) this.#drop(this.#running, new EngineUnavailable('restarted'));
  }

  #drop(running: Running, why: Error): void {
    running.worker.terminate();
    for (const fail of running.waiting) fail(why);
    this.#settle();
    if (this.#running !== running) return;
    this.#running = undefined;
    this.hasCome = false;
    this.prelude = undefined;
    this.generation += 1;
  }
}

export const engine = new EngineClient();
