/**
 * Places the labels of arrows: along their line, nearer the sender, clear of each other and of all other text. Arrows
 * are handled in the order in which they were sent, so a label keeps its place while the diagram grows, unless the line
 * of a later arrow would cross it.
 */
import { boxOfLine, touch, type Box } from '../model/boxes.ts';
import type { Line, Point } from './ways.ts';

export interface Words {
  key: string;
  line: Line;
  /** Such as "SYN ACK again"; the numbers follow it. */
  head: string;
  numbers: string;
  /** A burst's label stands inside it, on its middle line. */
  within?: boolean;
}

export interface PlacedText {
  /** Which part of the label it is; `begin` and `rest` are the numbers in two rows. */
  text: 'head' | 'numbers' | 'all' | 'begin' | 'rest';
  x: number;
  y: number;
  /** Rotation about the point, in degrees. */
  turn: number;
}

export interface PlacedWords {
  key: string;
  texts: PlacedText[];
  boxes: Box[];
}

const fontSize = { wide: 11.5, narrow: 10 };
/** Width of a character in em: bold capitals, other letters, the monospaced font of numbers, Chinese characters. */
const letter = { capital: 0.74, other: 0.61, mono: 0.605, wide: 1.02 };
const gap = 7;
/** Distance from the line to the middle of the text beside it. */
const away = 9.5;
const steepest = (40 * Math.PI) / 180;
/** How far text keeps from the sender's lifeline and from the arrow's head. */
const clear = { start: 8, end: 14 };
const places = 9;
/** The costs of a place, in arbitrary units that matter only relative to each other. */
const price = { crossing: 48, far: 14, side: 4, rows: 20, split: 24, moreRows: 36, headOnly: 110 };

const isWide = (each: string) => /[\u2e80-\uffef]/u.test(each);
const headLetter = (each: string) =>
  isWide(each) ? letter.wide : /[A-Z—×]/u.test(each) ? letter.capital : letter.other;
const sum = (text: string, breadth: (each: string) => number) =>
  [...text].reduce((all, each) => all + breadth(each), 0);

export interface Page {
  narrow: boolean;
  width: number;
  /** Width of the column of times at the left edge. */
  times: number;
}

interface Candidate {
  texts: PlacedText[];
  boxes: Box[];
  cost: number;
}

const between = ' · ';

/** Splits numbers into two rows of nearly equal length; a single number stays in the first. */
export function inRows(numbers: string): [begin: string, rest: string] {
  const all = numbers.split(between);
  const cuts = all.slice(1).map((_, i) => [all.slice(0, i + 1).join(between), all.slice(i + 1).join(between)] as const);
  const longer = ([begin, rest]: readonly [string, string]) => Math.max(begin.length, rest.length);
  const [best] = cuts.sort((a, b) => longer(a) - longer(b));
  return best ? [...best] : [numbers, ''];
}

export function breadths({ head, numbers }: Pick<Words, 'head' | 'numbers'>, narrow: boolean) {
  const size = narrow ? fontSize.narrow : fontSize.wide;
  return {
    head: sum(head, headLetter) * size,
    numbers: sum(numbers, (each) => (isWide(each) ? letter.wide : letter.mono)) * size,
    height: size + 1.5,
  };
}

/** Labels never overlap the boxes in `taken`, and avoid lines if they can. */
export function placeWords(all: readonly Words[], taken: readonly Box[], page: Page): PlacedWords[] {
  const placed: PlacedWords[] = [];
  const written = [...taken];
  const lines = all.map(({ line: { from, to } }) => boxOfLine(from.x, from.y, to.x, to.y, 1));
  for (const [i, words] of all.entries()) {
    const near = nearTo(words.line);
    const others = lines.filter((line, of) => of !== i && near(line));
    const best = cheapest(candidates(words, page), written.filter(near), others, page);
    if (best) {
      placed.push({ key: words.key, texts: best.texts, boxes: best.boxes });
      written.push(...best.boxes);
    }
  }
  return placed;
}

/** A quick test for boxes that a label along this line could touch; the others can be skipped at every place. */
function nearTo({ from, to }: Line): (box: Box) => boolean {
  const reach = 40;
  const top = Math.min(from.y, to.y) - reach;
  const bottom = Math.max(from.y, to.y) + reach;
  return (box) => {
    const half = (Math.abs(Math.sin(box.turn)) * box.width + Math.abs(Math.cos(box.turn)) * box.height) / 2;
    return box.y + half >= top && box.y - half <= bottom;
  };
}

function cheapest(
  all: Iterable<Candidate>,
  written: readonly Box[],
  lines: readonly Box[],
  page: Page,
): Candidate | undefined {
  let best: Candidate | undefined;
  for (const each of all) {
    if (best && each.cost >= best.cost) continue;
    if (
      !each.boxes.every((box) => inside(box, page)) ||
      each.boxes.some((box) => written.some((other) => touch(box, other)))
    )
      continue;
    const crossed = lines.filter((line) => each.boxes.some((box) => touch(box, line))).length;
    const cost = each.cost + crossed * price.crossing;
    if (!best || cost < best.cost) best = { ...each, cost };
  }
  return best;
}

function inside(box: Box, page: Page): boolean {
  const reach = (Math.abs(Math.cos(box.turn)) * box.width + Math.abs(Math.sin(box.turn)) * box.height) / 2;
  return box.x - reach >= page.times + 2 && box.x + reach <= page.width - 2;
}

function* candidates(words: Words, page: Page): Generator<Candidate> {
  const { head, numbers, height } = breadths(words, page.narrow);
  const sides = words.line.to.x > words.line.from.x ? ([-1, 1] as const) : ([1, -1] as const);
  const whole = numbers > 0 ? head + gap + numbers : head;
  const rowsOf = (...rows: readonly Row[]) => [rows, Math.max(...rows.map(({ width }) => width))] as const;
  if (words.within) {
    const rows = rowsOf({ text: 'head', width: head }, { text: 'numbers', width: numbers });
    if (numbers > 0) yield* along(words, rows[1], (at) => stacked(at, rows[0], height, 0), 0);
    yield* along(words, head, (at) => one(at, 'head', head, height, 0), numbers > 0 ? price.headOnly : 0);
    return;
  }
  for (const [i, side] of sides.entries()) {
    yield* along(words, whole, (at) => one(at, numbers > 0 ? 'all' : 'head', whole, height, side), i * price.side);
  }
  if (numbers === 0) return;
  yield* along(words, Math.max(head, numbers), (at) => both(at, head, numbers, height, -1, away), price.split);
  const [begin, rest] = inRows(words.numbers).map((row) => breadths({ head: '', numbers: row }, page.narrow).numbers);
  const top = { text: 'head', width: head } as const;
  const parts = [
    { text: 'begin', width: begin ?? 0 },
    { text: 'rest', width: rest ?? 0 },
  ] as const;
  for (const [i, side] of sides.entries()) {
    const few = rowsOf(top, { text: 'numbers', width: numbers });
    yield* along(words, few[1], (at) => stacked(at, few[0], height, side), price.rows + i * price.side);
    const more = rowsOf(top, ...parts);
    if (rest) yield* along(words, more[1], (at) => stacked(at, more[0], height, side), price.moreRows + i * price.side);
  }
  for (const [i, side] of sides.entries()) {
    yield* along(words, head, (at) => one(at, 'head', head, height, side), price.headOnly + i * price.side);
  }
}

interface Spot extends Point {
  turn: number;
  /** Unit vector away from the line, downward. */
  down: Point;
}

/** The same label at different places along the line, from the sender's end. */
function* along(
  words: Words,
  breadth: number,
  at: (spot: Spot) => Omit<Candidate, 'cost'>,
  cost: number,
): Generator<Candidate> {
  const { from, to } = words.line;
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  const first = breadth / 2 + clear.start;
  const last = length - breadth / 2 - clear.end;
  if (length < 1 || last < first) return;
  const angle = Math.atan2(to.y - from.y, to.x - from.x);
  const turn = Math.abs(angle) > Math.PI / 2 ? angle - Math.sign(angle) * Math.PI : angle;
  for (let i = 0; i < places; i++) {
    const share = i / (places - 1);
    const distance = first + share * (last - first);
    const spot = {
      x: from.x + (distance / length) * (to.x - from.x),
      y: from.y + (distance / length) * (to.y - from.y),
      turn,
      down: { x: -Math.sin(turn), y: Math.cos(turn) },
    };
    const middle = words.within ? Math.abs(share - 0.5) : share;
    yield { ...at(spot), cost: cost + middle * price.far };
  }
}

/** Text beside the line or on it; beside a steep line it is not rotated. */
function one(
  spot: Spot,
  text: PlacedText['text'],
  breadth: number,
  height: number,
  side: -1 | 0 | 1,
  off = away,
): Omit<Candidate, 'cost'> {
  const steep = Math.abs(spot.turn) > steepest;
  const turn = steep ? 0 : spot.turn;
  const x = steep
    ? spot.x + side * (breadth / 2 + off) * Math.sign(-spot.turn || 1)
    : spot.x + side * off * spot.down.x;
  const y = steep ? spot.y : spot.y + side * off * spot.down.y;
  return {
    texts: [{ text, x, y, turn: (turn * 180) / Math.PI }],
    boxes: [{ x, y, width: breadth, height, turn }],
  };
}

function both(
  spot: Spot,
  head: number,
  numbers: number,
  height: number,
  side: -1 | 1,
  off: number,
): Omit<Candidate, 'cost'> {
  const a = one(spot, 'head', head, height, side, off);
  const b = one(spot, 'numbers', numbers, height, side === -1 ? 1 : -1, off);
  return { texts: [...a.texts, ...b.texts], boxes: [...a.boxes, ...b.boxes] };
}

interface Row {
  text: PlacedText['text'];
  width: number;
}

/** Rows of text beside the line or on its middle; beside a steep line they are not rotated. */
function stacked(spot: Spot, rows: readonly Row[], height: number, side: -1 | 0 | 1): Omit<Candidate, 'cost'> {
  const steep = Math.abs(spot.turn) > steepest;
  const down = steep ? { x: 0, y: 1 } : spot.down;
  const turn = steep ? 0 : spot.turn;
  const broadest = Math.max(...rows.map(({ width }) => width));
  const aside = steep ? side * (broadest / 2 + away) * Math.sign(-spot.turn || 1) : 0;
  // Distance from the line to the middle of all rows.
  const off = steep ? 0 : side * (away + ((rows.length - 1) * height) / 2);
  const at = rows.map(({ text, width }, i) => {
    const by = off + (i - (rows.length - 1) / 2) * height;
    return { text, width, x: spot.x + aside + by * down.x, y: spot.y + by * down.y };
  });
  return {
    texts: at.map(({ text, x, y }) => ({ text, x, y, turn: (turn * 180) / Math.PI })),
    boxes: at.map(({ width, x, y }) => ({ x, y, width, height, turn })),
  };
}
