/** Where a card stands so that it never covers its word. */

export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

export interface Room {
  width: number;
  height: number;
  /** The card's own size. */
  card: { width: number; height: number };
  /** The column in which the word stands. */
  column: Box;
}

export type Place =
  /** A sheet at an edge of a narrow window. */
  | { sheet: 'top' | 'bottom' }
  /** In the window's coordinates. */
  | { left: number; top: number };

const gap = 10;
/** Narrower windows have no room beside a text. */
const narrow = 640;

const between = (value: number, least: number, most: number) => Math.max(least, Math.min(value, most));

export function placeOf(word: Box, { width, height, card, column }: Room): Place {
  if (width < narrow) return { sheet: (word.top + word.bottom) / 2 > height / 2 ? 'top' : 'bottom' };
  const beside = column.right + 2 * gap;
  if (beside + card.width + gap <= width)
    return { left: beside, top: between(word.top - gap, gap, Math.max(gap, height - card.height - gap)) };
  const below = word.bottom + gap;
  const above = word.top - gap - card.height;
  const left = between(word.left, gap, Math.max(gap, width - card.width - gap));
  return { left, top: below + card.height <= height || above < gap ? below : above };
}
