/**
 * Saves a session as scenarios that replay to it, both for this tab and for the next one that is opened. Two tabs with
 * different work do not overwrite each other: the second one to save asks the reader first.
 */
import * as v from 'valibot';
import { load, onStored, store, type Stored } from '../../app/storage.ts';
import type { Branch } from './branch.svelte.ts';

const Saved = v.object({
  version: v.literal(1),
  active: v.number(),
  /** The file from which the world was opened. */
  file: v.optional(v.string()),
  branches: v.array(
    v.object({
      scenario: v.string(),
      seed: v.number(),
      /** The reader's position: world step, time, and how many events had been shown. */
      step: v.number(),
      t: v.number(),
      shown: v.optional(v.number()),
      parent: v.optional(v.object({ index: v.number(), step: v.number() })),
    }),
  ),
});
export type Saved = v.InferOutput<typeof Saved>;

interface Place {
  t: number;
  shown: number;
  file: string | undefined;
}

/** What to save of these branches while `active` is the one shown. */
export function savedFrom(branches: readonly Branch[], active: Branch, { t, shown, file }: Place): Saved {
  const indexOf = (id: number) => branches.findIndex((each) => each.id === id);
  return {
    version: 1,
    active: branches.indexOf(active),
    ...(file === undefined ? {} : { file }),
    branches: branches.map((each) => ({
      scenario: each.scenario,
      seed: each.seed,
      step: each.status?.step ?? 0,
      t: each === active ? t : (each.status?.now ?? 0),
      ...(each === active ? { shown } : {}),
      ...(each.parent ? { parent: { index: indexOf(each.parent.id), step: each.parent.step } } : {}),
    })),
  };
}

/** The saved session; undefined if there is none, or none that can be read. */
export function parse(text: string | null): Saved | undefined {
  if (text === null) return undefined;
  try {
    const result = v.safeParse(Saved, JSON.parse(text));
    return result.success && result.output.branches.length > 0 ? result.output : undefined;
  } catch {
    return undefined;
  }
}

/** The part of a saved session that must not be lost: the worlds, not the reader's position in them. */
const workOf = (saved: Saved): string =>
  JSON.stringify(saved.branches.map(({ scenario, seed, parent }) => [scenario, seed, parent]));

export class Keeper {
  readonly #key: string;
  readonly #onElsewhere: (elsewhere: boolean) => void;
  readonly #stopListening: () => void;
  /** This tab's work as it was last read or written, and what the shared storage held then. */
  #mine: Saved | undefined;
  #written = '';
  #shared: string | null = null;

  /** `onElsewhere` is called with whether another tab has saved other work. */
  constructor(key: string, onElsewhere: (elsewhere: boolean) => void) {
    this.#key = key;
    this.#onElsewhere = onElsewhere;
    this.#shared = load(key);
    this.#stopListening = onStored(key, () => this.#compare());
  }

  /** This tab's own work, or else what any tab saved last. */
  restore(): Saved | undefined {
    const own = parse(load(this.#key, 'tab'));
    this.#shared = load(this.#key);
    const saved = own ?? parse(this.#shared);
    if (saved) this.#taken(saved);
    if (own) {
      this.#shared = this.#written;
      this.#compare();
    }
    return saved;
  }

  /** Takes over the work that another tab has saved. */
  takeOver(): Saved | undefined {
    this.#shared = load(this.#key);
    const saved = parse(this.#shared);
    if (saved) {
      this.#taken(saved);
      store(this.#key, this.#written, 'tab');
    }
    this.#onElsewhere(false);
    return saved;
  }

  /** Saves changed work; does not overwrite what another tab has saved meanwhile, unless `over` is set. */
  keep(saved: Saved, over = false): Stored {
    const text = JSON.stringify(saved);
    if (text === this.#written && !over) return 'kept';
    this.#taken(saved);
    const here = store(this.#key, text, 'tab');
    if (!over && this.#compare()) return here;
    const stored = store(this.#key, text);
    if (stored === 'kept') this.#shared = text;
    if (over) this.#onElsewhere(false);
    return stored;
  }

  end(): void {
    this.#stopListening();
  }

  #taken(saved: Saved): void {
    this.#mine = saved;
    this.#written = JSON.stringify(saved);
  }

  /** Whether another tab has saved other work since this one last looked. */
  #compare(): boolean {
    const now = load(this.#key);
    const other = now === this.#shared ? undefined : parse(now);
    const differs = other !== undefined && this.#mine !== undefined && workOf(other) !== workOf(this.#mine);
    if (!differs) this.#shared = now;
    this.#onElsewhere(differs);
    return differs;
  }
}
