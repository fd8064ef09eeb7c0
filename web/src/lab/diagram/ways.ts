/** An arrow's path through the network in pixels, and the straight piece of it along which its label stands. */
import type { Arrow } from '../model/diagram-types.ts';
import { flightHeight } from '../model/time-scale.ts';
import type { Geometry } from './geometry.ts';

export interface Point {
  x: number;
  y: number;
}

export interface Line {
  from: Point;
  to: Point;
}

/** Returns a function from a share of the way between two hosts, and a height, to a point. */
export function placer(arrow: Pick<Arrow, 'from' | 'to'>, geometry: Geometry): (share: number, y: number) => Point {
  const from = geometry.columns.get(arrow.from)?.axis ?? 0;
  const to = geometry.columns.get(arrow.to)?.axis ?? toNobody(from, geometry);
  return (share, y) => ({ x: from + share * (to - from), y });
}

/** If no host has the address, the segment ends at the sender's next lifeline. */
function toNobody(from: number, geometry: Geometry): number {
  const axes = [...geometry.columns.values()].map(({ axis }) => axis);
  const right = Math.min(...axes.filter((axis) => axis > from));
  if (Number.isFinite(right)) return right;
  const left = Math.max(...axes.filter((axis) => axis < from));
  return Number.isFinite(left) ? left : geometry.width;
}

/** A shorter piece of the path has no room for a label. */
const shortest = 60;

export function wordsLine(arrow: Arrow, geometry: Geometry): Line {
  const place = placer(arrow, geometry);
  const start = arrow.way[0] ?? { y: 0, share: 0 };
  const points = arrow.way.map(({ share, y }) => place(share, y));
  const last = arrow.way.at(-1) ?? start;
  if (!arrow.end && !arrow.held) {
    points.push(place(1, last.y + flightHeight * (1 - last.share)));
  } else if (arrow.end?.kind === 'lost' && arrow.way.length === 2 && last.share > 0.1) {
    // Extended to where it would have arrived, as a label may be longer than the way to the loss.
    points[1] = place(1, start.y + (last.y - start.y) / last.share);
  }
  const lines = points.slice(1).map((to, i) => ({ from: points[i] ?? to, to }));
  const reach = ({ from, to }: Line) => Math.abs(to.x - from.x);
  const long = lines.find((line) => reach(line) >= shortest);
  return (
    long ??
    lines.sort((a, b) => reach(b) - reach(a))[0] ?? { from: place(0, start.y), to: place(1, start.y + flightHeight) }
  );
}

/** The reader's position in time. */
export interface Moment {
  shown: number;
  t: number;
  y: number;
}

export interface Drawn {
  points: Point[];
  /** The part of the path covered by the reader's moment. */
  travelled: Point[];
  tip: Point;
  flying: boolean;
  future: boolean;
}

export function drawnAt(arrow: Arrow, geometry: Geometry, now: Moment, share: () => number): Drawn {
  const place = placer(arrow, geometry);
  const points = arrow.way.map((point) => place(point.share, point.y));
  const flying = arrow.n < now.shown && (arrow.end === undefined || arrow.end.n >= now.shown);
  const head = flying ? place(share(), now.y) : undefined;
  const passed = points.filter((point, i) => i === 0 || ((arrow.way[i]?.t ?? 0) <= now.t && point.y <= now.y));
  return {
    points,
    travelled: head ? [...passed, head] : points,
    tip: head ?? points.at(-1) ?? place(0, 0),
    flying,
    future: arrow.n >= now.shown,
  };
}

/** The bar across the end of the line of a segment that was received and refused. */
export function bluntEnd(points: readonly Point[], half: number): [Point, Point] {
  const { tip, along } = ending(points);
  return [
    { x: tip.x + half * along.y, y: tip.y - half * along.x },
    { x: tip.x - half * along.y, y: tip.y + half * along.x },
  ];
}

/**
 * The triangle at the end of the line of a segment that was received. Not an SVG marker: WebKit neither redraws one
 * when the line grows nor gives it the line's colour.
 */
export function arrowHead(points: readonly Point[], length: number): [Point, Point, Point] {
  const { tip, along } = ending(points);
  const half = length * 0.4;
  const foot = { x: tip.x - length * along.x, y: tip.y - length * along.y };
  return [
    tip,
    { x: foot.x + half * along.y, y: foot.y - half * along.x },
    { x: foot.x - half * along.y, y: foot.y + half * along.x },
  ];
}

/** A line's end, and its direction there as a unit vector. */
function ending(points: readonly Point[]): { tip: Point; along: Point } {
  const tip = points.at(-1) ?? { x: 0, y: 0 };
  const before = points.at(-2) ?? tip;
  const length = Math.hypot(tip.x - before.x, tip.y - before.y) || 1;
  return { tip, along: { x: (tip.x - before.x) / length, y: (tip.y - before.y) / length } };
}
