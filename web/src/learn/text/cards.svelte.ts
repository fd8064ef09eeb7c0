/** Which card a reader of a lesson has open, and at which word. */
import { createContext } from 'svelte';
import type { Target } from './markdown.ts';

export type CardOf = Extract<Target, { id: string }>;

/** In ms, before a card opens for a pointer that rests on its word, and closes when it has left both. */
const patience = 350;
const grace = 250;

export class Cards {
  card = $state.raw<{ of: CardOf; word: HTMLElement; pinned: boolean }>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Opened on purpose, it has the focus and stays. */
  open(of: CardOf, word: HTMLElement): void {
    this.stay();
    this.card = { of, word, pinned: true };
  }

  /** A pointer rests on the word. */
  hover(of: CardOf, word: HTMLElement): void {
    this.stay();
    if (this.card?.word === word) return;
    this.#timer = setTimeout(() => (this.card = { of, word, pinned: false }), patience);
  }

  /** The pointer has left the word, or the card. */
  leave(): void {
    this.stay();
    if (!this.card?.pinned) this.#timer = setTimeout(() => (this.card = undefined), grace);
  }

  stay(): void {
    clearTimeout(this.#timer);
  }

  close(): void {
    this.stay();
    this.card = undefined;
  }
}

/** What a text needs of the lesson around it. */
export interface Around {
  cards: Cards;
  /** Shows the run of the step in which the text stands. */
  toRun: (word: HTMLElement) => void;
}

export const [useAround, provideAround] = createContext<Around>();
