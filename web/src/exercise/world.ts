/** What an exercise does with the worlds that the workspace shows. */
import type { Status, TraceEvent } from '../engine/types.ts';
import { LabSession } from '../lab/session/session.svelte.ts';
import type { Of } from './types.ts';

/** More than this many pixels of the diagram are not played through: the student waits for the answer. */
const longestGlide = 260;
/** How far a world runs to its end, or for an event that shows an answer. */
export const mostSteps = 5_000;
/** Steps for which the arrival of a segment is waited for. */
const longestFlight = 40;

/** Marks events in the diagram and the event list; touching anything there takes the marks away. */
export function mark(session: LabSession, numbers: readonly number[]): void {
  session.picking =
    numbers.length === 0
      ? undefined
      : { chosen: [...new Set(numbers)], change: () => (session.picking = undefined) };
}

/** Runs the world on and lets the reader see it move, unless motion is not wanted. */
export async function glide(
  session: LabSession,
  moving: boolean,
  run: () => Promise<void>,
): Promise<void> {
  session.pause();
  const { beat, t } = session;
  await run();
  if (!moving || window.matchMedia('(prefers-reduced-motion: reduce)').matches) return;
  const beats = session.model?.beats ?? [];
  const bottom = beats.at(-1)?.y ?? 0;
  const near = beats.findIndex((each) => each.y > bottom - longestGlide);
  if (near < 0 || session.beat <= beat) return;
  const from = Math.max(beat, near);
  session.beat = from;
  session.t = from === beat ? t : (beats[from - 1]?.t ?? 0);
  session.play();
}

/**
 * Runs the world to its barrier, and on until the segments among the events have come to their end, so that whole
 * arrows are seen; never beyond step `limit`, where a question waits.
 */
export async function runUntilSeen(
  session: LabSession,
  events: readonly TraceEvent[],
  limit: number,
): Promise<void> {
  const sent = new Set(events.flatMap((event) => (event.kind === 'segment.sent' ? event.segment.id : [])));
  await session.runTo(session.barrier ?? 0);
  for (let i = 0; i < longestFlight; i++) {
    const status = session.branch?.status;
    const flying = status?.in_flight.some((flight) => sent.has(flight.id) && !flight.held) ?? false;
    if (!status || !flying || status.step >= limit) return;
    session.barrier = status.step + 1;
    await session.runTo(session.barrier);
  }
}

/** Runs the world on until event `n` has happened; never beyond step `limit`. */
export async function runUntilEvent(session: LabSession, n: number, limit: number): Promise<void> {
  await runWhile(session, ({ events, step }) => events <= n && step < limit);
}

/** Runs the world through everything that happens until `t`; never beyond step `limit`. */
export async function runToTime(session: LabSession, t: number, limit: number): Promise<void> {
  await runWhile(session, ({ next, step }) => (next as number) <= t && step < limit);
}

/** Runs the world on as long as something is to happen and `wanted`, and holds it there. */
async function runWhile(session: LabSession, wanted: (status: Status) => boolean): Promise<void> {
  for (let i = 0; i < mostSteps; i++) {
    const status = session.branch?.status;
    if (!status || status.ended || (status.next ?? null) === null || !wanted(status)) break;
    await session.runTo(status.step + 1);
  }
  session.barrier = session.branch?.status?.step ?? 0;
}

/** The step of a build's world at which the student's turn comes: where calls are made, when it waits for one. */
export async function momentOf({ scenario, allow }: Of<'build'>, seed: number): Promise<number> {
  if (!Object.values(allow.calls).some((calls) => calls.length > 0)) return 0;
  const world = new LabSession();
  await world.open(scenario, seed);
  await world.runOn(mostSteps);
  const step = world.branch?.status?.step ?? 0;
  letGo(world);
  return step;
}

/** Stands where the student's turn comes in a run that has ended: from there time runs again, and calls are made. */
export function standAtTurn(session: LabSession): void {
  const first = session.branch?.events.findIndex(({ step }) => step >= (session.earliest ?? 0)) ?? -1;
  if (first > 0) session.seekEvent(first - 1);
  if (first === 0) session.toStart();
}

export function evidenceIn(session: LabSession, numbers: readonly number[]): TraceEvent[] {
  return numbers.flatMap((n) => session.branch?.events[n] ?? []);
}

/** The engine forgets the session; it is of no more use. */
export function letGo(session: LabSession): void {
  session.end();
}
