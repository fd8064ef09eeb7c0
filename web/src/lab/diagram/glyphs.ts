/** The boxes of the marks at the ends of arrows (crosses, bars and heads), which no text may cover. */
import { upright, type Box } from '../model/boxes.ts';
import type { Arrow } from '../model/diagram-types.ts';
import type { Geometry } from './geometry.ts';
import { arrowHead, bluntEnd, placer, type Point } from './ways.ts';

/** Half the size of a cross and of a bar; the length of an arrow head. */
export const cross = 6;
export const bar = 7;
export const head = 9;

function around(points: readonly Point[], room: number): Box {
  const xs = points.map(({ x }) => x);
  const ys = points.map(({ y }) => y);
  const [left, top] = [Math.min(...xs) - room, Math.min(...ys) - room];
  return upright(left, top, Math.max(...xs) + room - left, Math.max(...ys) + room - top);
}

export interface Glyph {
  kind: 'lost' | 'refused' | 'received';
  box: Box;
}

export function glyphOf(arrow: Arrow, geometry: Geometry): Glyph | undefined {
  if (!arrow.end) return undefined;
  const place = placer(arrow, geometry);
  const points = arrow.way.map(({ share, y }) => place(share, y));
  const { kind } = arrow.end;
  const tip = points.at(-1) ?? place(0, 0);
  if (kind === 'lost') return { kind, box: upright(tip.x - cross, tip.y - cross, 2 * cross, 2 * cross) };
  if (kind === 'refused') return { kind, box: around(bluntEnd(points, bar), 1) };
  return { kind, box: around(arrowHead(points, head), 0) };
}

export const glyphsOf = (arrows: readonly Arrow[], geometry: Geometry): Glyph[] =>
  arrows.flatMap((arrow) => glyphOf(arrow, geometry) ?? []);
