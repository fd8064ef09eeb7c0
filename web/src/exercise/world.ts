/** What an exercise does with the worlds that the workspace shows. */
import type { TraceEvent } from '../engine/types.ts';
import { LabSession } from '../lab/session/session.svelte.ts';
import type { Asked, Exercise } from './types.ts';

/** More than this many pixels of the diagram are not played through: the student waits for the answer. */
const longestGlide = 260;
const mostSteps = 5_000;
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

export function evidenceIn(session: LabSession, numbers: readonly number[]): TraceEvent[] {
  return numbers.flatMap((n) => session.branch?.events[n] ?? []);
}

/** The engine forgets the session; it is of no more use. */
export function letGo(session: LabSession): void {
  session.end();
}

/** The exercise's scenario in the world of a misconception, at the moment that the question is about. */
export async function alongside(
  exercise: Exercise,
  mutant: string,
  asked: Asked,
  answer: unknown,
): Promise<LabSession | undefined> {
  const base = asked.kind === 'build' ? asked.scenario : exercise.scenario;
  const scenario = JSON.stringify({ ...(JSON.parse(base) as object), mutant });
  const session = new LabSession();
  if (!(await session.open(scenario, exercise.seed))) return undefined;
  await session.runOn(mostSteps);
  const events = session.branch?.events ?? [];
  const from = asked.pause?.t ?? 0;
  if (asked.kind === 'segment') {
    const sent = events.filter(
      (event) => event.kind === 'segment.sent' && event.t >= from && event.host === asked.of.host,
    );
    const same = sent.find((event) => event.kind === 'segment.sent' && agrees(event.segment, answer));
    const shown = same ?? sent[0];
    if (shown) {
      session.seekEvent(shown.n);
      mark(session, [shown.n]);
    }
  } else if (asked.kind === 'state') {
    session.seek(from);
    mark(session, events.filter((event) => event.kind === 'state' && event.t === from).map(({ n }) => n));
  } else {
    session.toEnd();
  }
  return session;
}

/** Whether the segment has the student's numbers. */
function agrees(segment: { seq: number; ack?: number | undefined }, answer: unknown): boolean {
  const said = (answer ?? {}) as Record<string, unknown>;
  const same = (field: 'seq' | 'ack') =>
    said[field] === undefined || Number(said[field]) === (segment[field] ?? 0);
  return same('seq') && same('ack');
}
