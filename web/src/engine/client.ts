/** The page's one way to the engine: a worker that can be stopped and started again. */
import * as Comlink from 'comlink';
import type { EngineApi } from './api.ts';

/** The longest that any one (chunked) call may take before the worker is taken for hung. */
const patience = 20_000;

export class EngineHung extends Error {}
export class EngineUnavailable extends Error {}

export class EngineClient {
  #worker: Worker | undefined;
  #remote: Comlink.Remote<EngineApi> | undefined;
  #failed: Promise<never> | undefined;
  /** Sessions live in a worker; a handle from an earlier generation is gone. */
  generation = 0;

  /** Calls one function of the engine. Throws EngineHung or EngineUnavailable after which restart() helps. */
  async call<Name extends keyof EngineApi>(
    name: Name,
    ...args: Parameters<EngineApi[Name]>
  ): Promise<Awaited<ReturnType<EngineApi[Name]>>> {
    const remote = this.#running();
    const method = remote[name] as unknown as (
      ...args: Parameters<EngineApi[Name]>
    ) => Promise<Awaited<ReturnType<EngineApi[Name]>>>;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new EngineHung(String(name))), patience);
    });
    try {
      return await Promise.race([method(...args), late, this.#failed as Promise<never>]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Starts the worker, which loads the engine at once, unless it is there. */
  start(): void {
    this.#running();
  }

  /** Ends the worker whatever it is doing; the next call starts a fresh one without sessions. */
  restart(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#remote = undefined;
    this.generation += 1;
  }

  #running(): Comlink.Remote<EngineApi> {
    if (this.#remote) return this.#remote;
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
    this.#failed = new Promise<never>((_, reject) => {
      worker.addEventListener('error', (event) => {
        event.preventDefault();
        reject(new EngineUnavailable(event.message || 'worker'));
      });
    });
    this.#failed.catch(() => undefined);
    this.#worker = worker;
    this.#remote = Comlink.wrap<EngineApi>(worker);
    return this.#remote;
  }
}

export const engine = new EngineClient();
