/** The reader's line: it breaks where something is written, and its clock stands where nothing is. */
import { touch, upright, type Box } from '../model/boxes.ts';
import { foldPlaces, type Geometry } from './geometry.ts';

export interface NowLine {
  /** From where to where it is drawn. */
  pieces: { from: number; to: number }[];
  clock: { x: number; y: number; width: number };
}

export const clockHeight = 20;
/** Above this, what is drawn hides under the hosts' names. */
export const highest = -20;
/** Of one letter of the clock, and what stands beside its words. */
const letter = 6.4;
const padding = 14;
const edge = 4;
/** Between the line and what is written. */
const air = 3;
/** Less of a line is a speck. */
const shortest = 6;

/** The part of the horizontal at `y` that lies within a box, however the box is turned. */
export function within(box: Box, y: number): { from: number; to: number } | undefined {
  const cos = Math.cos(box.turn);
  const sin = Math.sin(box.turn);
  const dy = y - box.y;
  // Along the box, dx cos + dy sin stays within half its width; across it, dy cos - dx sin within half its height.
  let [from, to] = [-Infinity, Infinity];
  for (const [slope, start, half] of [
    [cos, dy * sin, box.width / 2],
    [-sin, dy * cos, box.height / 2 + air],
  ] as const) {
    if (Math.abs(slope) < 1e-9) {
      if (Math.abs(start) > half) return undefined;
      continue;
    }
    const ends = [(-half - start) / slope, (half - start) / slope];
    from = Math.max(from, Math.min(...ends));
    to = Math.min(to, Math.max(...ends));
  }
  return from < to ? { from: box.x + from, to: box.x + to } : undefined;
}

/** A horizontal from one end to the other, without what would run through words. */
export function broken(y: number, written: readonly Box[], from: number, to: number): NowLine['pieces'] {
  const gaps = written.flatMap((box) => within(box, y) ?? []).sort((a, b) => a.from - b.from);
  const pieces: NowLine['pieces'] = [];
  let at = from;
  for (const gap of gaps) {
    if (gap.from - air - at >= shortest) pieces.push({ from: at, to: gap.from - air });
    at = Math.max(at, gap.to + air);
  }
  if (to - at >= shortest) pieces.push({ from: at, to });
  return pieces;
}

/** Beside the line where there is a column of times, and else above or below it, wherever nothing is written. */
function clockAt(y: number, breadth: number, written: readonly Box[], geometry: Geometry): NowLine['clock'] {
  const right = geometry.width - breadth - edge;
  const above = y - clockHeight - 7;
  const below = y + 7;
  const heights = geometry.narrow
    ? [above, below, above - 17, below + 17, above - 34, below + 34]
    : [y - clockHeight / 2, above, below];
  // Over the first event there is not room enough.
  const rows = heights.filter((top) => top >= highest);
  const columns = geometry.narrow ? [edge, right, ...foldPlaces(geometry).map((x) => x - breadth / 2)] : [edge];
  const spots = rows.flatMap((top) => columns.map((x) => ({ x, y: top, width: breadth })));
  const free = spots.find(
    (spot) => !written.some((box) => touch(box, upright(spot.x, spot.y, spot.width, clockHeight))),
  );
  return free ?? (spots[0] as NowLine['clock']);
}

/** `written` are the boxes of all words near the line. */
export function nowLine(y: number, clock: string, written: readonly Box[], geometry: Geometry): NowLine {
  const breadth = Math.max(geometry.narrow ? 66 : geometry.times - 2 * edge, clock.length * letter + padding);
  return {
    pieces: broken(y, written, geometry.times, geometry.width),
    clock: clockAt(y, breadth, written, geometry),
  };
}
