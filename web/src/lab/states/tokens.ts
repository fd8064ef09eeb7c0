/** Which connection stands in which state, and which edges were taken, when `shown` events have happened. */
import type { State } from '../../engine/types.ts';
import type { StateChange } from '../model/diagram-model.ts';

export interface Standing {
  host: string;
  conn: number;
  state: State;
  /** Closed at the end of an orderly close: it stands at the figure's lower CLOSED. */
  orderly: boolean;
}

export function latestStates(changes: readonly StateChange[], shown: number): Standing[] {
  const latest = new Map<number, Standing>();
  for (const change of changes) {
    if (change.n >= shown) break;
    if (change.conn === undefined || change.host === undefined) continue;
    latest.delete(change.conn);
    latest.set(change.conn, {
      host: change.host,
      conn: change.conn,
      state: change.to,
      orderly: change.from === 'LAST_ACK' || change.from === 'TIME_WAIT',
    });
  }
  // What is over matters only until the host has a newer connection.
  const standing = [...latest.values()];
  return standing.filter(
    (each, i) =>
      each.state !== 'CLOSED' || !standing.some((other, j) => j > i && other.host === each.host),
  );
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

/** The newest edge of each host. */
export function trailOf(changes: readonly StateChange[], shown: number): Set<string> {
  const newest = new Map<string, string>();
  for (const change of changes) {
    if (change.n >= shown) break;
    if (change.host !== undefined && change.edge !== undefined) newest.set(change.host, change.edge);
  }
  return new Set(newest.values());
}
