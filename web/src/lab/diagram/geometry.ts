/** Horizontal layout of the sequence diagram: where each host's lifeline and its lanes are. */
import type { DiagramModel } from '../model/diagram-model.ts';

export interface Column {
  host: string;
  /** The x coordinate of the lifeline, where arrows begin and end. */
  axis: number;
  /** Lanes and labels lie on this side of the line. */
  side: -1 | 1;
  laneWidth: number;
  /** Distance from one lane's edge to the next. */
  laneStep: number;
  lanes: number;
  /** Where the labels beside the lifeline begin. */
  labelX: number;
  /** Width of the narrow band for a listener, if there has been one. */
  rail: number;
}

export interface Geometry {
  /** Width of the whole diagram; more than the viewport's if there are many hosts. */
  width: number;
  narrow: boolean;
  /** Width of the column of times at the left edge. */
  times: number;
  columns: ReadonlyMap<string, Column>;
}

const listenerRail = 7;
const laneGap = 3;
const edge = 4;
/** Below this width there is no column of times, and text is smaller. */
const narrowest = 560;
/** From this width on, hosts stand closer together rather than out of view. */
const roomy = 1060;
/** Where the times begin, and the width of a letter in them. */
export const timesX = 12;
const timeLetter = 6.7;
/** For narrow diagrams: the distance to a lifeline without states, and the room for labels beside such a lifeline. */
const closestToBare = 75;
const gutterOfBare = 40;

/** The least distance between lifelines: if they need more than the viewport, the diagram scrolls sideways. */
function closestOf(width: number, hosts: number, withBare: boolean): number {
  if (hosts <= 2) return 64;
  if (hosts === 3) return withBare ? closestToBare : 124;
  // Both distances leave room for the longest state name; the smaller one may keep all hosts in view.
  return width < roomy ? 156 : 102;
}

/** Room for the labels beside the outermost lifelines. */
function gutterOf(width: number, hosts: number, bare: boolean): number {
  if (width < narrowest) return bare ? gutterOfBare : 74;
  if (hosts <= 2) return 124;
  // The larger one fits the longest state name with its connection's number, where the arrows can spare the width.
  return width < 900 ? 104 : 112;
}

/** Width of the column of times: they are exact, so some of them are long. */
const timesOf = (letters: number): number => Math.max(92, timesX + letters * timeLetter + 2 * edge);

export function geometryOf(
  width: number,
  hosts: readonly string[],
  model: Pick<DiagramModel, 'lanes' | 'listening' | 'timeLetters'>,
  /** Hosts without a TCP stack, which have no states. */
  bare: ReadonlySet<string> = new Set(),
): Geometry {
  const narrow = width < narrowest;
  const gutter = (host: string | undefined) => gutterOf(width, hosts.length, host !== undefined && bare.has(host));
  const times = narrow ? 0 : timesOf(model.timeLetters);
  const lanesOf = (host: string) => {
    const lanes = bare.has(host) ? 0 : Math.max(1, model.lanes.get(host) ?? 1);
    // The lanes share a limited width, so that even hundreds of them leave room for the arrows.
    const laneStep = Math.min((narrow ? 13 : 20) + laneGap, (narrow ? 48 : 120) / Math.max(1, lanes));
    const laneWidth = Math.max(0.8, laneStep - (laneStep > 2 * laneGap ? laneGap : laneStep / 3));
    const rail = model.listening.has(host) ? listenerRail : 1;
    return { lanes, laneWidth, laneStep, rail, breadth: rail + lanes * laneStep };
  };
  const breadthOf = (host: string | undefined) => (host === undefined ? 0 : lanesOf(host).breadth);
  const left = times + gutter(hosts[0]) + breadthOf(hosts[0]);
  // The last host's lanes lie between its lifeline and the right edge, so the lifeline moves left to make room.
  const right = gutter(hosts.at(-1)) + breadthOf(hosts.at(-1));
  const steps = Math.max(1, hosts.length - 1);
  const inner = hosts.slice(1, -1).map(breadthOf);
  const distance = Math.max(
    (width - left - right) / steps,
    Math.max(0, ...inner) + closestOf(width, hosts.length, narrow && bare.size > 0),
  );
  const columns = new Map<string, Column>();
  hosts.forEach((host, index) => {
    const side = index === 0 ? -1 : 1;
    const { breadth, ...lanes } = lanesOf(host);
    const axis = left + distance * (hosts.length > 1 ? index : 0.4);
    columns.set(host, { host, axis, side, ...lanes, labelX: axis + side * (breadth + 6) });
  });
  return { width: Math.max(width, left + distance * steps + right), narrow, times, columns };
}

/** Left edge and width of a band: a listener's is narrow and next to the lifeline; connections lie outside it. */
export function bandAt(column: Column, lane: number, listener: boolean): { x: number; width: number } {
  const width = listener ? listenerRail - 2 : column.laneWidth;
  const offset = listener ? 0 : column.rail + lane * column.laneStep;
  return { x: column.side < 0 ? column.axis - offset - width : column.axis + offset, width };
}

/** The horizontal range that a lifeline with its lanes covers. */
export function breadthOf(column: Column): { left: number; right: number } {
  const outer = column.labelX - column.side * 4;
  return { left: Math.min(column.axis, outer), right: Math.max(column.axis, outer) };
}

/** Width for the labels beside a lifeline: they end before the times, the right edge or the next lifeline. */
export function labelRoom(geometry: Geometry, column: Column): number {
  if (column.side < 0) return column.labelX - geometry.times - edge;
  const axes = [...geometry.columns.values()].map(({ axis }) => axis);
  const end = Math.min(geometry.width, ...axes.filter((axis) => axis > column.labelX));
  return end - column.labelX - edge;
}

/** Where a fold's label of this width may stand: between two lifelines, in the middle or to either side of it. */
export function foldPlaces(geometry: Geometry, width = 0): number[] {
  const columns = [...geometry.columns.values()];
  const between = columns
    .slice(1)
    .map((column, i) => ({ from: breadthOf(columns[i] ?? column).right, to: column.axis }));
  if (between.length === 0) return [geometry.width / 2];
  const middles = between.map(({ from, to }) => (from + to) / 2);
  const beside = between.flatMap(({ from, to }) => {
    const room = (to - from - width) / 2 - edge;
    return room > edge ? [(from + to) / 2 - room, (from + to) / 2 + room] : [];
  });
  return [...middles, ...beside];
}

export const pathOf = (points: readonly { x: number; y: number }[]): string =>
  points.map(({ x, y }, i) => `${i === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`).join('');
