/** Which card is open in a lesson, and at which word. */
import { createContext } from 'svelte';
import type { Target } from './markdown.ts';

export type CardOf = Extract<Target, { id: string }>;

/** In ms: how long the pointer must hover over a word to open its card, and stay away from both to close it. */
const patience = 350;
const grace = 250;

export class Cards {
  card = $state.raw<{ of: CardOf; word: HTMLElement; pinned: boolean }>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Opens a card on request: it takes the focus, and stays open. */
  open(of: CardOf, word: HTMLElement): void {
    this.stay();
    this.card = { of, word, pinned: true };
  }

  /** The pointer hovers over the word. */
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

/** What a text needs from the lesson around it. */
export interface Around {
  cards: Cards;
  /** Scrolls to the run of the step that the text belongs to. */
  toRun: (word: HTMLElement) => void;
}

export const [useAround, provideAround] = createContext<Around>();
