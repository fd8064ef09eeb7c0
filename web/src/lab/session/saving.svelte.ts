/** Saves a session: its work as soon as it changes, and the reader's position after a short delay. */
import { forget, load, store } from '../../app/storage.ts';
import { Keeper, parse, type Saved } from './autosave.ts';

/** How long after a move the reader's position is saved, in ms. */
const settling = 400;

export class Saving {
  stored = $state<'kept' | 'blocked' | 'full'>('kept');
  /** Whether another tab has saved other work over this one's. */
  elsewhere = $state(false);
  /** Work that was set aside when a link's world replaced it. */
  aside = $state.raw<Saved>();
  readonly #keyAside: string | undefined;
  readonly #keeper: Keeper | undefined;
  readonly #toSave: () => Saved | undefined;
  #soon: ReturnType<typeof setTimeout> | undefined;
  #ended = false;

  /** `key` is the key in storage; without it nothing is saved. */
  constructor(key: string | undefined, toSave: () => Saved | undefined) {
    this.#toSave = toSave;
    if (key === undefined) return;
    this.#keyAside = `${key}-aside`;
    this.aside = parse(load(this.#keyAside));
    this.#keeper = new Keeper(key, (elsewhere) => (this.elsewhere = elsewhere));
  }

  save(): void {
    const saved = this.#toSave();
    if (saved && this.#keeper) this.stored = this.#keeper.keep(saved);
  }

  /** For the reader's position, which changes often and matters less than the work. */
  saveSoon(): void {
    if (!this.#keeper || this.#ended || this.#soon !== undefined) return;
    this.#soon = setTimeout(() => {
      this.#soon = undefined;
      this.save();
    }, settling);
  }

  /** For a page that is about to go away. */
  saveNow(): void {
    clearTimeout(this.#soon);
    this.#soon = undefined;
    this.save();
  }

  /** What was saved last. */
  restore(): Saved | undefined {
    return this.#keeper?.restore();
  }

  /** Saves this tab's work over another tab's. */
  keepMine(): void {
    const saved = this.#toSave();
    if (saved && this.#keeper) this.stored = this.#keeper.keep(saved, true);
  }

  /** Saves work that is set aside; undefined drops it. */
  setAside(saved: Saved | undefined): void {
    this.aside = saved;
    if (this.#keyAside === undefined) return;
    if (saved) this.stored = store(this.#keyAside, JSON.stringify(saved));
    else forget(this.#keyAside);
  }

  /** Takes over the work that another tab has saved. */
  takeOver(): Saved | undefined {
    return this.#keeper?.takeOver();
  }

  end(): void {
    clearTimeout(this.#soon);
    this.#ended = true;
    this.#keeper?.end();
  }
}
