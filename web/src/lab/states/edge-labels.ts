/** Places the labels of edges: beside their edge, and never over a state, a token or each other. */
import { boxOfLine, touch, upright, type Box } from '../model/boxes.ts';
import { closedAgain, node, places, pointAt, routes, size, type Route } from './layout.ts';

export interface EdgeWords {
  id: string;
  /** What causes the transition, and what the connection does then. */
  event: string;
  action: string;
}

export interface PlacedWords {
  id: string;
  lines: string[];
  x: number;
  /** The baseline of the first line. */
  y: number;
  anchor: 'start' | 'middle' | 'end';
  box: Box;
}

export const lineHeight = 12;
/** Width of a character at the labels' font size, in the widest of the fonts. */
const widths: [RegExp, number][] = [
  [/[\u2e80-\uffef]/u, 11.8],
  [/[A-Zmw→]/, 7.9],
  [/[ ,.ijlt]/, 3.9],
];
const otherwise = 6.6;
/** Distances from the edge to try, the best first. */
const distances = [5, 14];
const shares = [0.5, 0.38, 0.62, 0.26, 0.74, 0.15, 0.85];

/** Cached widths: there are few different lines, and each change of state needs them again. */
const known = new Map<string, number>();
function widthOf(line: string): number {
  const before = known.get(line);
  if (before !== undefined) return before;
  const width = [...line].reduce(
    (sum, each) => sum + (widths.find(([which]) => which.test(each))?.[1] ?? otherwise),
    0,
  );
  known.set(line, width);
  return width;
}

const states = [...Object.values(places), closedAgain].map(({ x, y }) =>
  upright(x - node.width / 2, y - node.height / 2, node.width, node.height),
);

/** A line broken at the blank nearest to its middle. */
function halves(line: string): string[] {
  const blanks = [...line.matchAll(/ /g)].map(({ index }) => index);
  const fromMiddle = (at: number) => Math.abs(at - line.length / 2);
  const at = blanks.sort((a, b) => fromMiddle(a) - fromMiddle(b))[0];
  return at === undefined ? [line] : [line.slice(0, at), line.slice(at + 1)];
}

function* ways({ event, action }: EdgeWords): Generator<string[]> {
  if (action !== '') {
    yield [event, action];
    yield [`${event} → ${action}`];
    yield [...halves(event), action];
  }
  yield [event];
  yield halves(event);
}

function* spots(id: string, lines: string[]): Generator<PlacedWords> {
  const route = routes[id];
  if (!route) return;
  const width = Math.max(...lines.map(widthOf));
  const height = lines.length * lineHeight;
  for (const away of distances) {
    for (const share of shares) {
      const { x, y } = pointAt(route, share);
      for (const [anchor, left, top] of [
        ['start', x + away, y - height / 2],
        ['end', x - away - width, y - height / 2],
        ['middle', x - width / 2, y - away - height],
        ['middle', x - width / 2, y + away],
        ['start', x + away, y - height],
        ['start', x + away, y],
        ['end', x - away - width, y - height],
        ['end', x - away - width, y],
      ] as const) {
        const at = anchor === 'start' ? left : anchor === 'end' ? left + width : left + width / 2;
        yield { id, lines, anchor, x: at, y: top + lineHeight - 3, box: upright(left, top, width, height) };
      }
    }
  }
}

const inside = ({ x, y, width, height }: Box) =>
  x - width / 2 >= 0 && x + width / 2 <= size.width && y - height / 2 >= 0 && y + height / 2 <= size.height;

/** The pieces of an edge's line. */
export const linesOf = (id: string): readonly Box[] => pieces.get(id) ?? [];

function piecesOf(route: Route): Box[] {
  const points = Array.from({ length: 13 }, (_, i) => pointAt(route, i / 12));
  return points.slice(1).map((to, i) => {
    const from = points[i] ?? to;
    return boxOfLine(from.x, from.y, to.x, to.y, 2);
  });
}

const pieces = new Map(Object.entries(routes).map(([id, route]) => [id, piecesOf(route)]));
const lines = [...pieces.values()].flat();

/**
 * Places labels in the order given, so the most important should come first; a label without a free place is left out.
 * A label avoids all lines if it can, or else those of labelled edges, but may cross any line rather than be left out.
 */
export function placeEdgeWords(edges: readonly EdgeWords[], tokens: readonly Box[]): PlacedWords[] {
  const placed = placeInOrder(edges, tokens);
  const left = edges.filter(({ id }) => !placed.some((each) => each.id === id));
  if (left.length === 0) return placed;
  // Try again with the labels that were left out first; keep that if now all find a place.
  const again = placeInOrder([...new Set([...left, ...edges])], tokens);
  return again.length === edges.length ? again : placed;
}

function placeInOrder(edges: readonly EdgeWords[], tokens: readonly Box[]): PlacedWords[] {
  const placed: PlacedWords[] = [];
  const bearing = edges.flatMap(({ id }) => linesOf(id));
  for (const edge of edges) {
    const taken = [...states, ...tokens, ...placed.map(({ box }) => box)];
    const spot =
      firstFree(edge, [...taken, ...lines]) ?? firstFree(edge, [...taken, ...bearing]) ?? firstFree(edge, taken);
    if (spot) placed.push(spot);
  }
  return placed;
}

function firstFree(edge: EdgeWords, taken: readonly Box[]): PlacedWords | undefined {
  for (const lines of ways(edge)) {
    for (const spot of spots(edge.id, lines)) {
      if (inside(spot.box) && !taken.some((other) => touch(spot.box, other))) return spot;
    }
  }
  return undefined;
}
