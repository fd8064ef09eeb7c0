/** Widths of the sequence diagram: where each host's line and its lanes stand. */
import type { DiagramModel } from '../model/diagram-model.ts';

export interface Column {
  host: string;
  /** The line at which arrows begin and end. */
  axis: number;
  /** Lanes and labels lie on this side of the line. */
  side: -1 | 1;
  laneWidth: number;
  lanes: number;
  /** Where the words beside the lifeline begin. */
  labelX: number;
  /** Room for the slim rail of a listener, where there has been one. */
  rail: number;
}

export interface Geometry {
  width: number;
  narrow: boolean;
  columns: ReadonlyMap<string, Column>;
}

const listenerRail = 7;
const laneGap = 3;

export function geometryOf(width: number, hosts: readonly string[], model: DiagramModel): Geometry {
  const narrow = width < 560;
  const gutter = narrow ? 74 : 130;
  const times = narrow ? 0 : 62;
  const columns = new Map<string, Column>();
  hosts.forEach((host, index) => {
    const side = index === 0 ? -1 : 1;
    const lanes = Math.max(1, model.lanes.get(host) ?? 1);
    const laneWidth = Math.max(3, Math.min(narrow ? 13 : 20, (narrow ? 36 : 90) / lanes));
    const rail = model.listening.has(host) ? listenerRail : 1;
    const breadth = rail + lanes * (laneWidth + laneGap);
    const left = times + gutter + breadth;
    const right = width - gutter - listenerRail - laneWidth;
    const share = hosts.length > 1 ? index / (hosts.length - 1) : 0.4;
    // The last host's lanes grow into the page's edge, so its line steps back for them.
    const last = index === hosts.length - 1 && index > 0;
    const axis = last ? width - gutter - breadth : left + (right - left) * share;
    columns.set(host, { host, axis, side, laneWidth, lanes, labelX: axis + side * (breadth + 6), rail });
  });
  return { width, narrow, columns };
}

/** Left edge and width of a band: a listener is a slim rail beside the line, connections lie outside it. */
export function bandAt(column: Column, lane: number, listener: boolean): { x: number; width: number } {
  const width = listener ? listenerRail - 2 : column.laneWidth;
  const offset = listener ? 0 : column.rail + lane * (column.laneWidth + laneGap);
  return { x: column.side < 0 ? column.axis - offset - width : column.axis + offset, width };
}

export const pathOf = (points: readonly { x: number; y: number }[]): string =>
  points.map(({ x, y }, i) => `${i === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`).join('');
