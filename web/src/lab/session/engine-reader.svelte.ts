/** A reader that can query the engine about the world on show, but not change it. */
import { engine } from '../../engine/client.ts';
import type {
  Action,
  EventNumbers,
  Followed,
  Glance,
  Problem,
  Status,
  TraceEvent,
  Variables,
} from '../../engine/types.ts';
import { mainEvent } from '../../engine/main-event.ts';
import { countWhile } from '../model/count-while.ts';
import type { Branch } from './branch.svelte.ts';
import { Reader } from './reader.svelte.ts';

/** In ms: so long a step waits for what is seen with it. */
const patience = 50;

interface Glanced {
  branch: Branch | undefined;
  /** Whether the world is asked for, and the event of which the control block is. */
  world: boolean;
  n: number | undefined;
  answer: Promise<Glance | undefined>;
}

export abstract class EngineReader extends Reader {
  /** What was asked for and has not yet been begun. */
  #glanced: Glanced | undefined;
  /** The control block that came with its event, which is one of a branch's. */
  #told: { event: TraceEvent | undefined; variables: Variables } | undefined;
  /** The world where the reader stands, which came with the step there. */
  #stood: { branch: Branch; revision: number; beat: number; status: Status } | undefined;
  /** Does the step that waits for what is seen with it. */
  #step: (() => void) | undefined;
  /** Panels that show the control block around the event in focus. */
  details = 0;

  /** Why the last file or action was refused. */
  refused = $state.raw<{ what: string; problems: Problem[] }>();

  /** Runs work for the engine, one piece at a time. A failure is shown to the reader, and gives undefined. */
  protected abstract exclusive<Result>(work: () => Promise<Result>): Promise<Result | undefined>;

  /** The next step of the world from the reader's position. */
  protected stepHere(branch: Branch): number {
    return branch.model.beats[this.beat]?.step ?? branch.status?.step ?? 0;
  }

  protected takeVariables({ events }: Branch, { n, variables }: Pick<Followed, 'n' | 'variables'>): void {
    if (n !== null && variables) this.#told = { event: events[n], variables };
  }

  /** Whether what is seen with a step may come with it. */
  protected get detailed(): boolean {
    return this.details > 0 && !this.playing && engine.hasCome;
  }

  /** Past the next beat, together with what is seen there: so it is one picture. Whoever moves on does not wait for it. */
  protected passWith(): Promise<boolean> {
    this.#step?.();
    const { branch, beat } = this;
    const next = branch?.model.beats[beat];
    if (!this.detailed || !branch || !next) return Promise.resolve(this.pass());
    return new Promise((done) => {
      const step = () => {
        if (this.#step !== step) return;
        this.#step = undefined;
        clearTimeout(timer);
        done(branch === this.branch && beat === this.beat && this.pass());
      };
      const timer = setTimeout(step, patience);
      this.#step = step;
      void this.#ahead(branch, beat, mainEvent(branch.events.slice(next.first, next.end))).then(step);
    });
  }

  /** What is seen after that beat. */
  async #ahead(branch: Branch, beat: number, event: TraceEvent | undefined): Promise<void> {
    const { revision } = branch;
    const step = branch.model.beats[beat + 1]?.step;
    const n = event?.conn === undefined ? null : event.n;
    const found = await this.exclusive(async () =>
      branch === this.branch ? engine.call('glance', branch.handle, step ?? null, n) : undefined,
    );
    if (found?.variables) this.#told = { event, variables: found.variables };
    if (found?.status) this.#stood = { branch, revision, beat: beat + 1, status: found.status };
  }

  override pause(): void {
    this.#step?.();
    super.pause();
  }

  override play(until?: number): void {
    this.#step?.();
    super.play(until);
  }

  /** The world where the reader stands, if it has come with the step there. */
  statusWith(): Status | undefined {
    const { branch, beat } = this;
    const stood = this.#stood;
    const same = stood && stood.branch === branch && stood.revision === branch.revision && stood.beat === beat;
    return same ? stood.status : undefined;
  }

  /** The control block around an event, if it has come with it. */
  variablesWith(event: TraceEvent | undefined): Variables | undefined {
    return event !== undefined && this.#told?.event === event ? this.#told.variables : undefined;
  }

  /** The control block around event `n` of the branch on show. */
  async variables(n: number): Promise<Variables | undefined> {
    return (await this.#glance({ n, world: false }))?.variables ?? undefined;
  }

  /** The world as it stood where the reader stands. */
  async statusHere(): Promise<Status | undefined> {
    if (this.live) return this.branch?.status;
    return (await this.#glance({ n: undefined, world: true }))?.status ?? undefined;
  }

  /** What is asked in one breath is one call of the engine: it comes at once, and into one picture. */
  #glance({ n, world }: Pick<Glanced, 'n' | 'world'>): Promise<Glance | undefined> {
    const before = this.#glanced;
    if (before && before.branch === this.branch && (n === undefined || (before.n ?? n) === n)) {
      before.world ||= world;
      before.n ??= n;
      return before.answer;
    }
    const mine: Glanced = { branch: this.branch, world, n, answer: this.exclusive(() => this.#look(mine)) };
    this.#glanced = mine;
    return mine.answer;
  }

  async #look(mine: Glanced): Promise<Glance | undefined> {
    if (this.#glanced === mine) this.#glanced = undefined;
    const { branch, world, n } = mine;
    if (!branch || branch !== this.branch) return undefined;
    const past = world && !this.live;
    if (!past && n === undefined) return { status: branch.status ?? null, variables: null };
    const found = await engine.call('glance', branch.handle, past ? this.stepHere(branch) : null, n ?? null);
    return past ? found : { ...found, status: branch.status ?? null };
  }

  /** The numbers of the events that match every word, among at most `most` events of `searched` from `since` on. */
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

  /** A pcapng file of the run so far, as captured at a host or, for '', at every sender. */
  capture(host: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
    return this.exclusive(async () => {
      if (!this.branch) return undefined;
      const file = await engine.call('capture', this.branch.handle, host);
      if (file instanceof Uint8Array) return file;
      this.refused = { what: 'capture', problems: file.problems };
      return undefined;
    });
  }

  /** The student's actions: the exported script entries that have a step. */
  async recordedActions(): Promise<Action[]> {
    const text = await this.exportText();
    if (text === undefined) return [];
    const { script } = JSON.parse(text) as { script?: Action[] };
    return (script ?? []).filter((entry) => entry.step !== undefined);
  }
}
