/** Widths of the sequence diagram: where each host's line and its lanes stand. */
import type { DiagramModel } from '../model/diagram-model.ts';

export interface Column {
  host: string;
  /** The line at which arrows begin and end. */
  axis: number;
  /** Lanes and labels lie on this side of the line. */
  side: -1 | 1;
  laneWidth: number;
  /** From one lane's edge to the next. */
  laneStep: number;
  lanes: number;
  /** Where the words beside the lifeline begin. */
  labelX: number;
  /** Room for the slim rail of a listener, where there has been one. */
  rail: number;
}

export interface Geometry {
  /** Of the whole picture: more than the window has, where many hosts need it. */
  width: number;
  narrow: boolean;
  /** Room at the left edge for the times. */
  times: number;
  columns: ReadonlyMap<string, Column>;
}

const listenerRail = 7;
const laneGap = 3;
const edge = 4;
/** Below this there is no column of times, and letters are smaller. */
const narrowest = 560;
/** From here on, hosts that would have to be scrolled to stand closer. */
const roomy = 1060;
/** Where the times begin, and the width of a letter in them. */
export const timesX = 12;
const timeLetter = 6.7;
/** Where there is little room: between lifelines of which one has no states beside it, and beside that one. */
const closestToBare = 75;
const gutterOfBare = 40;

/** Lifelines do not stand closer than this: the picture grows beyond the window, and scrolls sideways. */
function closestOf(width: number, hosts: number, withBare: boolean): number {
  if (hosts <= 2) return 64;
  if (hosts === 3) return withBare ? closestToBare : 124;
  // Where that is enough to have them all in sight, each has room for the longest state.
  return width < roomy ? 156 : 102;
}

/** Room for the words beside the outermost lifelines. */
function gutterOf(width: number, hosts: number, bare: boolean): number {
  if (width < narrowest) return bare ? gutterOfBare : 74;
  if (hosts <= 2) return 124;
  // Where it takes nothing from the arrows, the longest state has room with its connection's number.
  return width < 900 ? 104 : 112;
}

/** Room for the times at the left edge: they are exact, so some are long. */
const timesOf = (letters: number): number => Math.max(92, timesX + letters * timeLetter + 2 * edge);

export function geometryOf(
  width: number,
  hosts: readonly string[],
  model: Pick<DiagramModel, 'lanes' | 'listening' | 'timeLetters'>,
  /** Hosts without a TCP, which have no states. */
  bare: ReadonlySet<string> = new Set(),
): Geometry {
  const narrow = width < narrowest;
  const gutter = (host: string | undefined) => gutterOf(width, hosts.length, host !== undefined && bare.has(host));
  const times = narrow ? 0 : timesOf(model.timeLetters);
  const lanesOf = (host: string) => {
    const lanes = bare.has(host) ? 0 : Math.max(1, model.lanes.get(host) ?? 1);
    // Of hundreds, each has a hair's breadth; together they never push the arrows aside.
    const laneStep = Math.min((narrow ? 13 : 20) + laneGap, (narrow ? 48 : 120) / Math.max(1, lanes));
    const laneWidth = Math.max(0.8, laneStep - (laneStep > 2 * laneGap ? laneGap : laneStep / 3));
    const rail = model.listening.has(host) ? listenerRail : 1;
    return { lanes, laneWidth, laneStep, rail, breadth: rail + lanes * laneStep };
  };
  const breadthOf = (host: string | undefined) => (host === undefined ? 0 : lanesOf(host).breadth);
  const left = times + gutter(hosts[0]) + breadthOf(hosts[0]);
  // The last host's lanes grow into the page's edge, so its line steps back for them.
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

/** Left edge and width of a band: a listener is a slim rail beside the line, connections lie outside it. */
export function bandAt(column: Column, lane: number, listener: boolean): { x: number; width: number } {
  const width = listener ? listenerRail - 2 : column.laneWidth;
  const offset = listener ? 0 : column.rail + lane * column.laneStep;
  return { x: column.side < 0 ? column.axis - offset - width : column.axis + offset, width };
}

/** What a lifeline with its lanes covers of the width. */
export function breadthOf(column: Column): { left: number; right: number } {
  const outer = column.labelX - column.side * 4;
  return { left: Math.min(column.axis, outer), right: Math.max(column.axis, outer) };
}

/** Width for the words beside a lifeline: they end before the times, the page's edge or the next lifeline. */
export function labelRoom(geometry: Geometry, column: Column): number {
  if (column.side < 0) return column.labelX - geometry.times - edge;
  const axes = [...geometry.columns.values()].map(({ axis }) => axis);
  const end = Math.min(geometry.width, ...axes.filter((axis) => axis > column.labelX));
  return end - column.labelX - edge;
}

/** Where a silence may say in so many pixels how long it is: between two lifelines, in their middle or beside it. */
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
