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
  /** Room at the left edge for the times. */
  times: number;
  columns: ReadonlyMap<string, Column>;
}

const listenerRail = 7;
const laneGap = 3;
const edge = 4;

export function geometryOf(width: number, hosts: readonly string[], model: DiagramModel): Geometry {
  const narrow = width < 560;
  const gutter = narrow ? 74 : 138;
  const times = narrow ? 0 : 62;
  const lanesOf = (host: string) => {
    const lanes = Math.max(1, model.lanes.get(host) ?? 1);
    const laneWidth = Math.max(3, Math.min(narrow ? 13 : 20, (narrow ? 36 : 90) / lanes));
    const rail = model.listening.has(host) ? listenerRail : 1;
    return { lanes, laneWidth, rail, breadth: rail + lanes * (laneWidth + laneGap) };
  };
  const breadthOf = (host: string | undefined) => (host === undefined ? 0 : lanesOf(host).breadth);
  const left = times + gutter + breadthOf(hosts[0]);
  // The last host's lanes grow into the page's edge, so its line steps back for them.
  const right = width - gutter - breadthOf(hosts.at(-1));
  const columns = new Map<string, Column>();
  hosts.forEach((host, index) => {
    const side = index === 0 ? -1 : 1;
    const { breadth, ...lanes } = lanesOf(host);
    const share = hosts.length > 1 ? index / (hosts.length - 1) : 0.4;
    const axis = left + (right - left) * share;
    columns.set(host, { host, axis, side, ...lanes, labelX: axis + side * (breadth + 6) });
  });
  return { width, narrow, times, columns };
}

/** Left edge and width of a band: a listener is a slim rail beside the line, connections lie outside it. */
export function bandAt(column: Column, lane: number, listener: boolean): { x: number; width: number } {
  const width = listener ? listenerRail - 2 : column.laneWidth;
  const offset = listener ? 0 : column.rail + lane * (column.laneWidth + laneGap);
  return { x: column.side < 0 ? column.axis - offset - width : column.axis + offset, width };
}

/** Width for the words beside a lifeline: they end before the times, the page's edge or the next lifeline. */
export function labelRoom(geometry: Geometry, column: Column): number {
  if (column.side < 0) return column.labelX - geometry.times - edge;
  const axes = [...geometry.columns.values()].map(({ axis }) => axis);
  const end = Math.min(geometry.width, ...axes.filter((axis) => axis > column.labelX));
  return end - column.labelX - edge;
}

/** Where a silence says how long it is: between the first two lifelines, beside which no words stand. */
export function foldX(geometry: Geometry): number {
  const [first, second] = [...geometry.columns.values()].map(({ axis }) => axis);
  return ((first ?? 0) + (second ?? geometry.width)) / 2;
}

/** Between which lifelines an arrow has its words: those of its ends, or the first two where it passes a third. */
function wordsLeg(geometry: Geometry, from: Column, to: Column): { low: number; high: number } {
  const low = Math.min(from.axis, to.axis);
  const high = Math.max(from.axis, to.axis);
  const passed = [...geometry.columns.values()].find(({ axis }) => axis > low && axis < high);
  return { low, high: passed?.axis ?? high };
}

/**
 * Whether words of this breadth stand on one line; else their numbers stand below the arrow. They leave free what lies
 * at the ends, where the arrows before and after are near.
 */
export function wordsFit(geometry: Geometry, from: Column, to: Column, breadth: number): boolean {
  const { low, high } = wordsLeg(geometry, from, to);
  return !geometry.narrow && breadth + 4 * edge <= 0.75 * (high - low);
}

/**
 * How far along its way an arrow has its words: nearer the sender, so that crossing segments do not cross
 * words, and between two lifelines, where a third host stands between the ends. `breadth` is that of the words.
 */
export function wordsShare(geometry: Geometry, from: Column, to: Column, breadth: number): number {
  const { low, high } = wordsLeg(geometry, from, to);
  const length = Math.abs(to.axis - from.axis);
  if (high - low < length) return ((low + high) / 2 - from.axis) / (to.axis - from.axis);
  // Long words would begin on the sender's line.
  return Math.min(Math.max(0.4, (breadth / 2 + 2 * edge) / Math.max(length, 1)), 0.5);
}

/**
 * The same for what was lost when it had come `gone` of `whole`: it has only the way to there. Words that are longer
 * than that way go on beyond its end, for behind its beginning others stand.
 */
export function lostWordsShare(gone: number, whole: number, breadth: number): number {
  const centre = Math.min(breadth / 2 + 2 * edge, Math.abs(whole) / 2);
  return Math.max(0.5, centre / Math.max(Math.abs(gone), 1));
}

export const pathOf = (points: readonly { x: number; y: number }[]): string =>
  points.map(({ x, y }, i) => `${i === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`).join('');
