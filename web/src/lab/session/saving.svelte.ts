/** Keeps a session's work: at once when it has changed, and where the reader stands once moving has stopped. */
import { forget, load, store } from '../../app/storage.ts';
import { Keeper, parse, type Saved } from './autosave.ts';

/** The place in time is kept when moving has stopped for so many milliseconds. */
const settling = 400;

export class Saving {
  stored = $state<'kept' | 'blocked' | 'full'>('kept');
  /** Another tab has kept other work in the place of this one's. */
  elsewhere = $state(false);
  /** Work whose place a link's world has taken. */
  aside = $state.raw<Saved>();
  readonly #keyAside: string | undefined;
  readonly #keeper: Keeper | undefined;
  readonly #toSave: () => Saved | undefined;
  #soon: ReturnType<typeof setTimeout> | undefined;
  #ended = false;

  /** `key` names the place in storage; without it nothing is kept. */
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

  /** The place in time matters less than the work. */
  saveSoon(): void {
    if (!this.#keeper || this.#ended || this.#soon !== undefined) return;
    this.#soon = setTimeout(() => {
      this.#soon = undefined;
      this.save();
    }, settling);
  }

  /** The page is about to go. */
  saveNow(): void {
    clearTimeout(this.#soon);
    this.#soon = undefined;
    this.save();
  }

  /** What was kept last. */
  restore(): Saved | undefined {
    return this.#keeper?.restore();
  }

  /** Keeps this work in the place of another tab's. */
  keepMine(): void {
    const saved = this.#toSave();
    if (saved && this.#keeper) this.stored = this.#keeper.keep(saved, true);
  }

  /** Keeps this beside the work that is under way; or lets go of what was kept so. */
  setAside(saved: Saved | undefined): void {
    this.aside = saved;
    if (this.#keyAside === undefined) return;
    if (saved) this.stored = store(this.#keyAside, JSON.stringify(saved));
    else forget(this.#keyAside);
  }

  /** The work that another tab has kept. */
  takeOver(): Saved | undefined {
    return this.#keeper?.takeOver();
  }

  end(): void {
    clearTimeout(this.#soon);
    this.#ended = true;
    this.#keeper?.end();
  }
}
