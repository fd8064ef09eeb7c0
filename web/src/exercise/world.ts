/** What an exercise does with the worlds that the workspace shows. */
import type { Status, TraceEvent } from '../engine/types.ts';
import { LabSession } from '../lab/session/session.svelte.ts';
import type { Played } from './kinds/all.ts';

/** More than this many pixels of the diagram are not played through: the student waits for the answer. */
const longestGlide = 260;
/** How far a world runs to its end, or for an event that shows an answer. */
export const mostSteps = 5_000;
/** Steps for which the arrival of a segment is waited for. */
const longestFlight = 40;

/** Whether what is being shown is still to be shown: asked after every wait, before anything is done with a world. */
export type Wanted = () => boolean;

/**
 * Runs the world on and lets the reader see it move, unless motion is not wanted. False when something else is to be
 * shown by then, or the reader has gone on: where they stand is theirs.
 */
export async function glide(
  session: LabSession,
  moving: boolean,
  wanted: Wanted,
  run: () => Promise<void>,
): Promise<boolean> {
  session.pause();
  const { beat, t, turn } = session;
  await run();
  if (!wanted() || session.turn !== turn || session.playing) return false;
  if (moving && !window.matchMedia('(prefers-reduced-motion: reduce)').matches) playFrom(session, beat, t);
  return true;
}

/** Plays what has come since the reader stood at `beat`, but no more of it than one watches. */
function playFrom(session: LabSession, beat: number, t: number): void {
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
  wanted: Wanted = () => true,
): Promise<void> {
  const sent = new Set(events.flatMap((event) => (event.kind === 'segment.sent' ? event.segment.id : [])));
  await session.runTo(session.barrier ?? 0);
  for (let i = 0; i < longestFlight && wanted(); i++) {
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
export async function momentOf({ scenario, from_start: atOnce }: Played, seed: number): Promise<number> {
  if (atOnce) return 0;
  const world = new LabSession();
  await world.open(scenario, seed);
  await world.runOn(mostSteps);
  const step = world.branch?.status?.step ?? 0;
  letGo(world);
  return step;
}

export function evidenceIn(session: LabSession, numbers: readonly number[]): TraceEvent[] {
  return numbers.flatMap((n) => session.branch?.events[n] ?? []);
}

/** The engine forgets the session; it is of no more use. */
export function letGo(session: LabSession): void {
  session.end();
}
