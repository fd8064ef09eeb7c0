/**
 * The positions of rows of different heights in a list that draws only the rows in view. Rows that were never in view
 * count with the usual height, since a long run has too many rows to measure them all.
 */
import { countWhile } from '../model/count-while.ts';

const blockSize = 64;

export class Rows {
  count = 0;
  readonly #usual: number;
  readonly #heightOf: (row: number) => number;
  /** For each block that was measured: the tops of its rows within it, and the bottom of the last. */
  readonly #inside: (number[] | undefined)[] = [];
  /** The top of each block, and the bottom of the last. */
  #tops = [0];

  constructor(usual: number, heightOf: (row: number) => number) {
    this.#usual = usual;
    this.#heightOf = heightOf;
  }

  get height(): number {
    return this.#tops.at(-1) as number;
  }

  /** Sets the count of rows, which may only grow. */
  grow(count: number): void {
    const from = Math.floor(this.count / blockSize);
    this.count = count;
    this.#place(from);
  }

  /** Measures the blocks that contain the rows from `first` to before `end`. */
  measure(first: number, end: number): void {
    const from = Math.floor(Math.max(0, first) / blockSize);
    const to = Math.ceil(Math.min(end, this.count) / blockSize);
    let changed = false;
    for (let block = from; block < to; block++) {
      const inside = (this.#inside[block] ??= [0]);
      const rows = this.#rowsIn(block);
      for (let row = inside.length - 1; row < rows; row++) {
        inside.push((inside[row] as number) + this.#heightOf(block * blockSize + row));
        changed = true;
      }
    }
    if (changed) this.#place(from);
  }

  top(row: number): number {
    const at = Math.min(row, this.count);
    const block = Math.floor(at / blockSize);
    return (this.#tops[block] as number) + this.#topInside(block, at % blockSize);
  }

  /** The row at this height. */
  at(y: number): number {
    const block = Math.max(0, countWhile(this.#tops, (top) => top <= y) - 1);
    const first = block * blockSize;
    const rows = Array.from({ length: this.#rowsIn(block) }, (_, row) => first + row);
    const within = Math.max(0, countWhile(rows, (row) => this.top(row) <= y) - 1);
    return Math.max(0, Math.min(first + within, this.count - 1));
  }

  #rowsIn(block: number): number {
    return Math.max(0, Math.min(blockSize, this.count - block * blockSize));
  }

  #topInside(block: number, row: number): number {
    const inside = this.#inside[block] ?? [0];
    const measured = Math.min(row, inside.length - 1);
    return (inside[measured] as number) + (row - measured) * this.#usual;
  }

  #place(from: number): void {
    const blocks = Math.ceil(this.count / blockSize);
    this.#tops.length = Math.min(this.#tops.length, from + 1);
    for (let block = from; block < blocks; block++) {
      this.#tops.push((this.#tops[block] as number) + this.#topInside(block, this.#rowsIn(block)));
    }
  }
}

/**
 * Browsers cannot lay out elements higher than some 17 million pixels. For a longer list, this scales between positions
 * in the list and scroll positions.
 */
export const highest = 15_000_000;

export class Shrunk {
  /** The height of the scrolled element. */
  readonly height: number;
  readonly #ratio: number;

  /** `height` is that of the list, `window` that of its viewport. */
  constructor(height: number, window: number) {
    this.height = Math.min(height, highest);
    const way = this.height - window;
    this.#ratio = way > 0 ? (height - window) / way : 1;
  }

  toList(scrolled: number): number {
    return scrolled * this.#ratio;
  }

  toScreen(y: number): number {
    return y / this.#ratio;
  }
}

/** The pieces between which a line may break: at blanks, and around every Chinese character. */
const pieces = /[\u2e80-\uffef]|[^\s\u2e80-\uffef]+|\s+/gu;

/** How many lines a text takes at this width; a piece wider than a line is broken. */
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
