/** An answer that looks unfinished is asked back about once; the same answer is taken when it is handed in again. */
import { kindOf, type Asked } from './kinds/all.ts';

export class AskedBack {
  readonly #asked: () => Asked;
  readonly #value: () => unknown;
  #about = $state<string>();

  constructor(asked: () => Asked, value: () => unknown) {
    this.#asked = asked;
    this.#value = value;
  }

  /** The question about the current answer, once it was handed in. */
  readonly text = $derived.by(() => (this.#isPending ? this.#question : undefined));

  /** To be called when the answer is handed in. Whether to ask back now instead of taking it. */
  asks(): boolean {
    if (this.#isPending || this.#question === undefined) return false;
    this.#about = JSON.stringify(this.#value());
    return true;
  }

  get #isPending(): boolean {
    return this.#about !== undefined && this.#about === JSON.stringify(this.#value());
  }

  get #question(): string | undefined {
    return kindOf(this.#asked()).askedBack?.(this.#asked(), this.#value());
  }
}
