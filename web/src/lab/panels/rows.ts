/**
 * Rows of different heights in a list of which only what is in sight is drawn: where each of them stands. What never was
 * in sight is taken to be as high as most rows are, for a long run's rows are too many to be measured.
 */
import { countWhile } from '../model/count-while.ts';

const blockSize = 64;

export class Rows {
  count = 0;
  readonly #usual: number;
  readonly #heightOf: (row: number) => number;
  /** The tops of the rows of a block within it, and the bottom of its last; of a block that was measured. */
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

  /** So many rows there are now, which may only grow. */
  grow(count: number): void {
    const from = Math.floor(this.count / blockSize);
    this.count = count;
    this.#place(from);
  }

  /** Measures the rows from `first` to before `end`, with those around them. */
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

  /** The row that stands at this height. */
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
 * No browser draws what is higher than some 17 million pixels. Of a longer list, a part of the way that is scrolled
 * stands for more of it: a height of the list for a height on the screen, and back.
 */
export const highest = 15_000_000;

export class Shrunk {
  /** On the screen. */
  readonly height: number;
  readonly #ratio: number;

  /** A list so high, seen through a window so high. */
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
