/** How far to scroll a wide diagram sideways to bring an event into view. */
import { segmentOf, type TraceEvent } from '../../engine/types.ts';
import { breadthOf, labelRoom, type Geometry } from './geometry.ts';

/** Room for the labels beside an inner lifeline; those of the outermost ones may go to the diagram's edge. */
const words = 104;
const edge = 8;

interface Host {
  name: string;
  address: string;
}

const ownerOf = (end: string, hosts: readonly Host[]): string | undefined =>
  hosts.find(({ address }) => end.slice(0, end.lastIndexOf(':')) === address)?.name;

function hostsOf(event: TraceEvent, hosts: readonly Host[]): string[] {
  const segment = segmentOf(event);
  const ends = segment ? [ownerOf(segment.src, hosts), ownerOf(segment.dst, hosts)] : [];
  return [event.host ?? undefined, ...ends].filter((name) => name !== undefined);
}

/** The horizontal range of an event; undefined if it belongs to no place. */
export function placeOf(
  event: TraceEvent,
  geometry: Geometry,
  hosts: readonly Host[],
): { from: number; to: number } | undefined {
  const columns = hostsOf(event, hosts).flatMap((name) => geometry.columns.get(name) ?? []);
  if (columns.length === 0) return undefined;
  const outermost = geometry.width - words;
  const spans = columns.map((column) => {
    const { left, right } = breadthOf(column);
    if (column.host !== event.host) return { from: left, to: right };
    if (column.side < 0) return { from: 0, to: right };
    const end = right + Math.max(0, Math.min(words, labelRoom(geometry, column)));
    return { from: left, to: end > outermost ? geometry.width : end };
  });
  return { from: Math.min(...spans.map(({ from }) => from)), to: Math.max(...spans.map(({ to }) => to)) };
}

/** Width of the sign at an edge beyond which there is more. */
export const signWidth = 34;
/** Gap between two names. */
const air = 4;

/**
 * The centres of the host names: over their lifelines, but moved aside where a sign would cover them. A name moves no
 * farther than to the next one, and scrolls out of view with its lifeline.
 */
export function namesWithin(
  names: readonly { axis: number; width: number }[],
  { from, to }: { from: number; to: number },
): number[] {
  const middles = names.map(({ axis }) => axis);
  const inSight = ({ axis }: { axis: number }) => axis >= from && axis <= to;
  for (const [i, name] of names.entries()) {
    const next = names[i + 1];
    const most = next ? next.axis - next.width / 2 - air - name.width / 2 : Infinity;
    if (inSight(name)) middles[i] = Math.max(name.axis, Math.min(from + name.width / 2, most));
  }
  for (const [i, name] of [...names.entries()].reverse()) {
    const before = names[i - 1];
    const least = before ? (middles[i - 1] as number) + before.width / 2 + air + name.width / 2 : -Infinity;
    const middle = middles[i] as number;
    if (inSight(name)) middles[i] = Math.min(middle, Math.max(to - name.width / 2, least));
  }
  return middles;
}

/** Scrolls as little as possible; a place wider than the viewport shows its beginning. */
export function scrolledTo(place: { from: number; to: number }, left: number, width: number): number {
  if (place.from - edge < left) return Math.max(0, place.from - edge);
  if (place.to + edge <= left + width) return left;
  return Math.max(0, Math.min(place.to + edge - width, place.from - edge));
}
