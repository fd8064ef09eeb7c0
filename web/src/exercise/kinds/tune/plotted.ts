/** What a tune's runs are told by: what was chosen, and events that were counted as time went on. */
import * as v from 'valibot';
import { byName } from '../../../app/by-name.ts';
import { count } from '../asked.ts';

/** By setting, an option. */
export const Chosen = byName(v.string());

/** Of each chart, when there were how many: ascending. */
export const Plotted = v.array(v.array(v.tuple([count, count])));
export type Points = v.InferOutput<typeof Plotted>[number];

/** How many there were at a moment. */
export function countAt(points: Points, t: number): number {
  let n = 0;
  for (const [when, all] of points) {
    if (when > t) break;
    n = all;
  }
  return n;
}

export const total = (points: Points): number => points.at(-1)?.[1] ?? 0;

/** Even distances of a round length in microseconds, at most `most` of them, up to the first that is not before `end`. */
export function ticks(end: number, most: number): number[] {
  const rough = Math.max(1, end) / most;
  const unit = [1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600].map((s) => s * 1e6);
  const step = unit.find((each) => each >= rough) ?? Math.ceil(rough / 3.6e9) * 3.6e9;
  const all: number[] = [];
  for (let t = 0; t < end + step; t += step) all.push(t);
  return all;
}

/** A path of steps from nothing on, in the room of a chart. */
export function stepsOf(points: Points, end: number, x: (t: number) => number, y: (n: number) => number): string {
  let path = `M${x(0)} ${y(0)}`;
  for (const [t, n] of points) path += `H${x(t)}V${y(n)}`;
  return `${path}H${x(end)}`;
}
