/** The page's one way to the engine: a worker that can be stopped and started again. */
import * as Comlink from 'comlink';
import type { EngineApi } from './api.ts';

/** The longest that any one (chunked) call may take before the worker is taken for hung. */
const patience = 20_000;

export class EngineHung extends Error {}
export class EngineUnavailable extends Error {}

interface Running {
  worker: Worker;
  remote: Comlink.Remote<EngineApi>;
  /** Rejects when the worker is of no more use. */
  lost: Promise<never>;
  lose(why: Error): void;
}

export class EngineClient {
  #running: Running | undefined;
  /** Sessions live in a worker; a handle from an earlier generation is gone. */
  generation = 0;

  /**
   * Calls one function of the engine. After EngineHung or EngineUnavailable the worker is gone, with all that lived
   * in it, and the next call starts a fresh one.
   */
  async call<Name extends keyof EngineApi>(
    name: Name,
    ...args: Parameters<EngineApi[Name]>
  ): Promise<Awaited<ReturnType<EngineApi[Name]>>> {
    this.start();
    const running = this.#running as Running;
    const method = running.remote[name] as unknown as (
      ...args: Parameters<EngineApi[Name]>
    ) => Promise<Awaited<ReturnType<EngineApi[Name]>>>;
    const timer = setTimeout(() => this.#drop(running, new EngineHung(String(name))), patience);
    try {
      return await Promise.race([method(...args), running.lost]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Starts the worker, which loads the engine at once, unless it is there. */
  start(): void {
    if (this.#running) return;
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
    let lose: (why: Error) => void = () => undefined;
    const lost = new Promise<never>((_, reject) => (lose = reject));
    // Whoever waits for an answer is told; at other times nobody has asked.
    lost.catch(() => undefined);
    const running = { worker, remote: Comlink.wrap<EngineApi>(worker), lost, lose };
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      this.#drop(running, new EngineUnavailable(event.message || 'worker'));
    });
    this.#running = running;
  }

  /** Ends the worker whatever it is doing; the next call starts a fresh one without sessions. */
  restart(): void {
    if (this.#running) this.#drop(this.#running, new EngineUnavailable('restarted'));
  }

  #drop(running: Running, why: Error): void {
    running.worker.terminate();
    running.lose(why);
    if (this.#running !== running) return;
    this.#running = undefined;
    this.generation += 1;
  }
}

export const engine = new EngineClient();
