/** Rows of different heights in a list of which only what is in sight is drawn: where each of them stands. */
import { countWhile } from '../model/count-while.ts';

export class Rows {
  /** The top of each row, and the bottom of the last. */
  readonly #tops = [0];

  get count(): number {
    return this.#tops.length - 1;
  }

  get height(): number {
    return this.#tops[this.count] as number;
  }

  add(height: number): void {
    this.#tops.push(this.height + height);
  }

  top(row: number): number {
    return this.#tops[Math.min(row, this.count)] as number;
  }

  /** The row that stands at this height. */
  at(y: number): number {
    return Math.max(0, countWhile(this.#tops, (top) => top <= y) - 1);
  }
}

/** Between blanks, and wherever there is a Chinese character, a line may end. */
const pieces = /[\u2e80-\uffef]|[^\s\u2e80-\uffef]+|\s+/gu;

/** How many lines a text takes in so much room; a piece that is broader than a line is broken. */
export function linesOf(text: string, room: number, widthOf: (piece: string) => number): number {
  let lines = 1;
  let used = 0;
  for (const [piece] of text.matchAll(pieces)) {
    const width = widthOf(piece);
    if (used + width <= room) used += width;
    else if (piece.trim() !== '') {
      const broken = Math.ceil(width / room);
      lines += used === 0 ? broken - 1 : broken;
      used = width - (broken - 1) * room;
    }
  }
  return lines;
}
