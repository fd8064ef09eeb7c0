/** Operations of an exercise on the worlds that the workspace shows. */
import type { Status, TraceEvent } from '../engine/types.ts';
import { LabSession } from '../lab/session/session.svelte.ts';
import type { Played } from './kinds/all.ts';

/** The most pixels of the diagram that are played through, as the student is waiting for the answer. */
const longestGlide = 260;
/** The most steps that a world is run to reach its end or an event that shows an answer. */
export const mostSteps = 5_000;
/** How many more steps to run for a segment to arrive. */
const longestFlight = 40;

/** Says whether the pending display is still wanted; must be asked after every await, before touching a world. */
export type Wanted = () => boolean;

/**
 * Runs the world on and plays that for the reader, unless they prefer reduced motion. False if by then something else
 * is to be shown, or the reader has moved: their own position must be kept.
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

/** Plays what is new since `beat`, but no more than a reader would watch. */
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
 * Runs the world to its barrier, and on until the given segments have arrived or been lost, so that whole arrows are
 * seen; never beyond step `limit`, where a question waits.
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

/** Runs the world on while something is due and `wanted` is true, and sets the barrier there. */
async function runWhile(session: LabSession, wanted: (status: Status) => boolean): Promise<void> {
  for (let i = 0; i < mostSteps; i++) {
    const status = session.branch?.status;
    if (!status || status.ended || (status.next ?? null) === null || !wanted(status)) break;
    await session.runTo(status.step + 1);
  }
  session.barrier = session.branch?.status?.step ?? 0;
}

/** The step of a build's world at which the student may first act: the start, or when the world waits for a call. */
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

/** Closes the session, which cannot be used afterwards. */
export function letGo(session: LabSession): void {
  session.end();
}
