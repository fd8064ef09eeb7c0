/** What describes a tune's runs: the chosen settings, and events counted over time. */
import * as v from 'valibot';
import { byName } from '../../../app/by-name.ts';
import { count } from '../asked.ts';

/** The chosen option of each setting. */
export const Chosen = byName(v.string());

/** For each chart, pairs of time and count, in ascending order. */
export const Plotted = v.array(v.array(v.tuple([count, count])));
export type Points = v.InferOutput<typeof Plotted>[number];

/** The count at time `t`. */
export function countAt(points: Points, t: number): number {
  let n = 0;
  for (const [when, all] of points) {
    if (when > t) break;
    n = all;
  }
  return n;
}

export const total = (points: Points): number => points.at(-1)?.[1] ?? 0;

/** Axis ticks at round distances in microseconds, at most `most` of them, up to the first that is not before `end`. */
export function ticks(end: number, most: number): number[] {
  const rough = Math.max(1, end) / most;
  const unit = [1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600].map((s) => s * 1e6);
  const step = unit.find((each) => each >= rough) ?? Math.ceil(rough / 3.6e9) * 3.6e9;
  const all: number[] = [];
  for (let t = 0; t < end + step; t += step) all.push(t);
  return all;
}

/** The SVG path of a step chart that starts at zero. */
export function stepsOf(points: Points, end: number, x: (t: number) => number, y: (n: number) => number): string {
  let path = `M${x(0)} ${y(0)}`;
  for (const [t, n] of points) path += `H${x(t)}V${y(n)}`;
  return `${path}H${x(end)}`;
}
