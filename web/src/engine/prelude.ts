/**
 * The engine's answers about the beginning of one world, recorded when the page was built, so that this world is shown
 * at once. Any other call waits for the engine, in which the same world is then run to the same step.
 */
import type { EngineApi } from './api.ts';
import type { Catalogue, Status, TraceEvent } from './types.ts';

export interface Recording {
  scenario: string;
  seed: number;
  catalogue: Catalogue;
  /** The world's status after each count of steps. */
  steps: Status[];
  events: TraceEvent[];
}

/** A handle that the engine never gives out. */
const handle = 2 ** 31;

type Call = <Name extends keyof EngineApi>(name: Name, ...args: Parameters<EngineApi[Name]>) => Promise<unknown>;

export class Prelude {
  readonly #recording: Recording;
  readonly #engine: Call;
  #opened = false;
  #step = 0;
  /** The handle of the same world in the engine, once that is needed. */
  #real: Promise<number> | undefined;

  constructor(recording: Recording, engine: Call) {
    this.#recording = recording;
    this.#engine = engine;
  }

  /** The recorded answer; undefined if the engine must be asked. */
  answer(name: keyof EngineApi, args: readonly unknown[]): unknown {
    const { scenario, seed, steps, events, catalogue } = this.#recording;
    const here = steps[this.#step] as Status;
    if (name === 'catalogue') return catalogue;
    if (name === 'open' && !this.#opened && args[0] === scenario && args[1] === seed) {
      this.#opened = true;
      return { session: handle };
    }
    if (args[0] !== handle || this.#real) return undefined;
    const [, number, since = 0] = args as [number, number, number?];
    // Nothing stands in the engine for it.
    if (name === 'close') return null;
    if (name === 'status') return here;
    if (name === 'trace') return events.slice(number, here.events);
    const there = steps[this.#step + number];
    if ((name !== 'step' && name !== 'follow') || !there) return undefined;
    this.#step += number;
    return name === 'step'
      ? there
      : { status: there, events: events.slice(since, there.events), n: null, variables: null };
  }

  /** The arguments with the engine's own handle. */
  async translated(args: readonly unknown[]): Promise<unknown[]> {
    if (!args.includes(handle)) return [...args];
    const real = await (this.#real ??= this.#catchUp());
    return args.map((each) => (each === handle ? real : each));
  }

  async #catchUp(): Promise<number> {
    const { scenario, seed } = this.#recording;
    const { session } = (await this.#engine('open', scenario, seed)) as { session: number };
    await this.#engine('step', session, this.#step);
    return session;
  }
}
