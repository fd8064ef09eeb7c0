/**
 * Positions of states and edges: the layout of RFC 9293 figure 5, so that readers recognise it, but lower, to fit the
 * screen. Which edges there are, and their labels, comes from the engine's table; an edge that has no route here is
 * listed with its state.
 */
import type { State } from '../../engine/types.ts';

export interface Place {
  x: number;
  y: number;
}
export const size = { width: 400, height: 372 };
export const node = { width: 88, height: 24 };

export const places: Record<State, Place> = {
  CLOSED: { x: 200, y: 18 },
  LISTEN: { x: 200, y: 68 },
  SYN_RCVD: { x: 52, y: 120 },
  SYN_SENT: { x: 348, y: 120 },
  ESTABLISHED: { x: 200, y: 172 },
  FIN_WAIT_1: { x: 52, y: 224 },
  CLOSE_WAIT: { x: 348, y: 224 },
  FIN_WAIT_2: { x: 52, y: 292 },
  CLOSING: { x: 200, y: 264 },
  LAST_ACK: { x: 348, y: 292 },
  TIME_WAIT: { x: 200, y: 344 },
};
/** The figure shows CLOSED twice: where a life begins, and where an orderly close ends. */
export const closedAgain: Place = { x: 348, y: 344 };

/** Two points are a straight line, four a cubic Bézier curve. */
export type Route = readonly (readonly [number, number])[];

export const routes: Record<string, Route> = {
  'closed-listen': [
    [190, 30],
    [190, 55],
  ],
  'listen-closed': [
    [210, 56],
    [210, 31],
  ],
  'closed-syn_sent': [
    [244, 18],
    [330, 18],
    [368, 54],
    [364, 107],
  ],
  'syn_sent-closed': [
    [342, 108],
    [336, 76],
    [304, 38],
    [245, 26],
  ],
  'listen-syn_rcvd': [
    [157, 74],
    [112, 80],
    [78, 90],
    [66, 107],
  ],
  'listen-syn_sent': [
    [243, 74],
    [282, 78],
    [312, 90],
    [326, 107],
  ],
  'syn_rcvd-listen': [
    [36, 108],
    [36, 78],
    [90, 60],
    [155, 64],
  ],
  'syn_sent-syn_rcvd': [
    [304, 120],
    [97, 120],
  ],
  'syn_rcvd-established': [
    [80, 132],
    [94, 152],
    [120, 166],
    [155, 169],
  ],
  'syn_sent-established': [
    [320, 132],
    [306, 152],
    [280, 166],
    [245, 169],
  ],
  'syn_rcvd-fin_wait_1': [
    [30, 132],
    [30, 211],
  ],
  'established-fin_wait_1': [
    [160, 184],
    [120, 190],
    [90, 198],
    [76, 211],
  ],
  'established-close_wait': [
    [240, 184],
    [280, 190],
    [310, 198],
    [324, 211],
  ],
  'fin_wait_1-fin_wait_2': [
    [22, 236],
    [22, 279],
  ],
  'fin_wait_1-closing': [
    [96, 228],
    [130, 230],
    [162, 238],
    [178, 251],
  ],
  'fin_wait_1-time_wait': [
    [88, 235],
    [128, 262],
    [148, 302],
    [178, 331],
  ],
  'fin_wait_2-time_wait': [
    [52, 304],
    [56, 328],
    [100, 343],
    [155, 344],
  ],
  'close_wait-last_ack': [
    [348, 236],
    [348, 279],
  ],
  'closing-time_wait': [
    [214, 276],
    [214, 331],
  ],
  'last_ack-closed': [
    [348, 304],
    [348, 331],
  ],
  'time_wait-closed': [
    [244, 344],
    [303, 344],
  ],
};

export const pathOf = (route: Route): string => {
  const [start, ...rest] = route.map((point) => point.join(' '));
  return `M${start}${rest.length === 1 ? 'L' : 'C'}${rest.join(' ')}`;
};

/** The point at share `t` of the way, by De Casteljau's construction. */
export function pointAt(route: Route, t: number): Place {
  let points = route.map(([x, y]) => ({ x, y }));
  while (points.length > 1) {
    points = points.slice(1).map((to, i) => {
      const from = points[i] as Place;
      return { x: from.x + (to.x - from.x) * t, y: from.y + (to.y - from.y) * t };
    });
  }
  return points[0] as Place;
}

/** The transform that moves an arrow head from the origin, where it points right, to the route's end. */
export function headOf(route: Route): string {
  const [from, to] = route.slice(-2) as [readonly [number, number], readonly [number, number]];
  const turn = (Math.atan2(to[1] - from[1], to[0] - from[0]) * 180) / Math.PI;
  return `translate(${to[0]} ${to[1]}) rotate(${turn.toFixed(1)})`;
}
