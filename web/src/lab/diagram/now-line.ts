/** The line at the reader's moment: it has gaps where there is text, and its clock stands where there is none. */
import { touch, upright, type Box } from '../model/boxes.ts';
import { foldPlaces, type Geometry } from './geometry.ts';

export interface NowLine {
  /** The parts of the line that are drawn. */
  pieces: { from: number; to: number }[];
  clock: { x: number; y: number; width: number };
}

export const clockHeight = 20;
/** Anything higher up would be hidden under the host names. */
export const highest = -20;
/** Width of a letter of the clock, and its padding. */
const letter = 6.4;
const padding = 14;
const edge = 4;
/** Gap between the line and text. */
const air = 3;
/** A shorter piece of the line would look like a speck. */
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

/** The pieces of a horizontal line that do not run through text. */
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

/** Beside the line if there is a column of times, else above or below it where there is no text. */
function clockAt(y: number, breadth: number, written: readonly Box[], geometry: Geometry): NowLine['clock'] {
  const right = geometry.width - breadth - edge;
  const above = y - clockHeight - 7;
  const below = y + 7;
  const heights = geometry.narrow
    ? [above, below, above - 17, below + 17, above - 34, below + 34]
    : [y - clockHeight / 2, above, below];
  // There is not enough room above the first event.
  const rows = heights.filter((top) => top >= highest);
  const columns = geometry.narrow ? [edge, right, ...foldPlaces(geometry).map((x) => x - breadth / 2)] : [edge];
  const spots = rows.flatMap((top) => columns.map((x) => ({ x, y: top, width: breadth })));
  const free = spots.find(
    (spot) => !written.some((box) => touch(box, upright(spot.x, spot.y, spot.width, clockHeight))),
  );
  return free ?? (spots[0] as NowLine['clock']);
}

/** `written` are the boxes of all text near the line. */
export function nowLine(y: number, clock: string, written: readonly Box[], geometry: Geometry): NowLine {
  const breadth = Math.max(geometry.narrow ? 66 : geometry.times - 2 * edge, clock.length * letter + padding);
  return {
    pieces: broken(y, written, geometry.times, geometry.width),
    clock: clockAt(y, breadth, written, geometry),
  };
}
