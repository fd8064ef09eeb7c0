/** The engine's client without a worker: what is asked of it is answered by the engine in this process. */
import { api } from './engine.ts';

type Call = (...args: unknown[]) => Promise<unknown>;

export class EngineHung extends Error {}

export class EngineClient {
  generation = 0;
  call = (name: keyof typeof api, ...args: unknown[]) => (api[name] as Call)(...args);
  restart = () => undefined;
}

export const engine = new EngineClient();
