/** Which connection is in which state, and which edges were taken, after the first `shown` events. */
import type { State } from '../../engine/types.ts';
import { Children } from '../model/children.ts';
import type { StateChange } from '../model/diagram-model.ts';
import { upright, type Box } from '../model/boxes.ts';
import { closedAgain, node, places } from './layout.ts';

export interface Standing {
  host: string;
  conn: number;
  state: State;
  /** Whether it reached CLOSED by an orderly close: then it stands at the figure's lower CLOSED. */
  orderly: boolean;
  /** What caused its last transition. */
  event: string;
}

/** A host's mark at one state: for one connection of the host, or for several. */
export interface Mark {
  host: string;
  order: number;
  /** The newest of its connections. */
  conn: number;
  count: number;
  /** Ended by RST. */
  hollow: boolean;
  at: string;
  x: number;
  y: number;
}

export function latestStates(changes: readonly StateChange[], shown: number): Standing[] {
  const latest = new Map<number, Standing>();
  const children = new Children();
  for (const change of changes) {
    if (change.n >= shown) break;
    if (change.conn === undefined || change.host === undefined) continue;
    latest.delete(change.conn);
    if (children.endsWith(change)) continue;
    latest.set(change.conn, {
      host: change.host,
      conn: change.conn,
      state: change.to,
      orderly: change.from === 'LAST_ACK' || change.from === 'TIME_WAIT',
      event: change.event,
    });
  }
  // A closed connection is shown only until its host has a newer one.
  const newest = new Map<string, number>();
  const standing = [...latest.values()];
  standing.forEach((each, i) => newest.set(each.host, i));
  return standing.filter((each, i) => each.state !== 'CLOSED' || newest.get(each.host) === i);
}

/** Where a host's mark goes at a state: at a corner for up to four hosts, otherwise along the upper edge. */
function spotOf(order: number, many: boolean): { dx: number; dy: number } {
  if (many) return { dx: -node.width / 2 + 2 + 12 * (order % 8), dy: -node.height / 2 };
  const side = order % 2 === 0 ? -1 : 1;
  return { dx: side * (node.width / 2 - 3), dy: ((order < 2 ? -1 : 1) * node.height) / 2 };
}

export function marksOf(standing: readonly Standing[], hosts: readonly string[]): Mark[] {
  const marks = new Map<string, Mark>();
  for (const { host, conn, state, orderly, event } of standing) {
    const again = state === 'CLOSED' && orderly;
    const place = again ? closedAgain : places[state];
    const at = again ? 'closed again' : state;
    const order = Math.max(0, hosts.indexOf(host));
    const { dx, dy } = spotOf(order, hosts.length > 4);
    const before = marks.get(`${host} ${at}`);
    marks.set(`${host} ${at}`, {
      host,
      order,
      conn,
      count: (before?.count ?? 0) + 1,
      hollow: state === 'CLOSED' && /\bRST\b/.test(event),
      at,
      x: place.x + dx,
      y: place.y + dy,
    });
  }
  return [...marks.values()];
}

export const boxOfMark = ({ x, y, count }: Mark): Box => upright(x - 8, y - 8, count > 1 ? 34 : 16, 16);

/**
 * States that a connection may leave next. A listener waits for ever, so its edges count only if no other connection is
 * alive, or while one is being opened. The states of hosts in `asked` are left out, as a question asks for them.
 */
export function statesToLeave(standing: readonly Standing[], asked: readonly string[]): Set<State> {
  const alive = standing.filter(({ state }) => state !== 'CLOSED');
  const busy = alive.filter(({ state }) => state !== 'LISTEN');
  const waited = busy.length === 0 || busy.some(({ state }) => state === 'SYN_SENT');
  const states = new Set((waited ? alive : busy).map(({ state }) => state));
  for (const { host, state } of standing) if (asked.includes(host)) states.delete(state);
  return states;
}

/** How often each edge was taken. */
export function takenEdges(changes: readonly StateChange[], shown: number): Map<string, number> {
  const taken = new Map<string, number>();
  for (const change of changes) {
    if (change.n >= shown) break;
    if (change.edge !== undefined) taken.set(change.edge, (taken.get(change.edge) ?? 0) + 1);
  }
  return taken;
}

/** The last edge that each host took, the newest first. */
export function trailOf(changes: readonly StateChange[], shown: number): string[] {
  const newest = new Map<string, string>();
  for (const change of changes) {
    if (change.n >= shown) break;
    if (change.host === undefined || change.edge === undefined) continue;
    newest.delete(change.host);
    newest.set(change.host, change.edge);
  }
  return [...new Set([...newest.values()].reverse())];
}
