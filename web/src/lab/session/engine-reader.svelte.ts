/** A reader who may ask the engine about the world on show; nothing here changes it. */
import { engine } from '../../engine/client.ts';
import type { Action, EventNumbers, Problem, Status, Variables } from '../../engine/types.ts';
import { countWhile } from '../model/count-while.ts';
import type { Branch } from './branch.svelte.ts';
import { Reader } from './reader.svelte.ts';

export abstract class EngineReader extends Reader {
  /** Why the last file or action was refused. */
  refused = $state.raw<{ what: string; problems: Problem[] }>();

  /** Work for the engine, one piece after another; undefined when it fails, which is shown. */
  protected abstract exclusive<Result>(work: () => Promise<Result>): Promise<Result | undefined>;

  /** The step of the world before which the reader stands. */
  protected stepHere(branch: Branch): number {
    return branch.model.beats[this.beat]?.step ?? branch.status?.step ?? 0;
  }

  /** The control block around event `n` of the branch on show. */
  async variables(n: number): Promise<Variables | undefined> {
    const asked = this.branch;
    const found = await this.exclusive(async () =>
      asked && asked === this.branch ? engine.call('variables', asked.handle, n) : undefined,
    );
    return found ?? undefined;
  }

  /** The numbers of events in `searched` that have a thing of every word, among `most` from `since` on. */
  async find(
    searched: Branch,
    words: readonly (readonly string[])[],
    since: number,
    most: number,
  ): Promise<EventNumbers | undefined> {
    const found = await this.exclusive(async () =>
      searched === this.branch ? engine.call('find', searched.handle, words, since, most) : undefined,
    );
    return found instanceof Uint32Array ? found : undefined;
  }

  /** The world as it stood where the reader stands: a glance at a fork that is dropped at once. */
  statusHere(): Promise<Status | undefined> {
    return this.exclusive(async () => {
      const branch = this.branch;
      if (!branch || this.live) return branch?.status;
      const answer = await engine.call('fork', branch.handle, this.stepHere(branch));
      if ('problems' in answer) return undefined;
      const status = await engine.call('status', answer.session);
      await engine.call('close', answer.session);
      return status;
    });
  }

  /** The number of the first event in which the branch on show differs from another run; undefined while none is known. */
  async difference(other: Branch): Promise<number | undefined> {
    const here = this.branch;
    const n = await this.exclusive(async () => {
      if (!here || here !== this.branch || here.generation !== other.generation) return null;
      const left = here.parent?.step ?? 0;
      const from = countWhile(here.events, ({ step }) => step < left);
      return from === here.events.length ? null : engine.call('difference', here.handle, other.handle, from);
    });
    return n ?? undefined;
  }

  exportText(): Promise<string | undefined> {
    return this.exclusive(async () => (this.branch ? engine.call('exportScenario', this.branch.handle) : undefined));
  }

  /** A pcapng file of what the world has lived, seen by that host or ('') as every host sends. */
  capture(host: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
    return this.exclusive(async () => {
      if (!this.branch) return undefined;
      const file = await engine.call('capture', this.branch.handle, host);
      if (file instanceof Uint8Array) return file;
      this.refused = { what: 'capture', problems: file.problems };
      return undefined;
    });
  }

  /** What the student did, as it was recorded: the script entries that carry their step. */
  async recordedActions(): Promise<Action[]> {
    const text = await this.exportText();
    if (text === undefined) return [];
    const { script } = JSON.parse(text) as { script?: Action[] };
    return (script ?? []).filter((entry) => entry.step !== undefined);
  }
}
