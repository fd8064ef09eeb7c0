/** Places a card so that it never covers its word. */

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
  /** The text column that contains the word. */
  column: Box;
}

export type Place =
  /** A sheet at the top or bottom edge of a narrow viewport. */
  | { sheet: 'top' | 'bottom' }
  /** In viewport coordinates. */
  | { left: number; top: number };

const gap = 10;
/** Narrower viewports have no room beside the text. */
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
