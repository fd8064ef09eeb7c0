/** The first event in which two traces of one past differ. */
import { segmentOf, type TraceEvent } from '../../engine/types.ts';

export interface Difference {
  here: TraceEvent | undefined;
  there: TraceEvent | undefined;
}

/**
 * Compares from world step `step` on, where the histories part. Undefined while one is merely shorter because
 * it has not been run that far: then nothing is known to differ.
 */
export function firstDifference(
  here: readonly TraceEvent[],
  there: readonly TraceEvent[],
  step: number,
): Difference | undefined {
  const start = here.findIndex((event) => event.step >= step);
  if (start < 0) return undefined;
  for (let n = start; n < here.length && n < there.length; n++) {
    if (!same(here[n] as TraceEvent, there[n] as TraceEvent)) return { here: here[n], there: there[n] };
  }
  return undefined;
}

/**
 * Steps and numbers count differently once an action was put in, a broken rule has another name, and what a segment
 * takes is how its sender counts: what happened is what matters.
 */
function same(a: TraceEvent, b: TraceEvent): boolean {
  return JSON.stringify(essence(a)) === JSON.stringify(essence(b));
}

function essence(event: TraceEvent): Record<string, unknown> {
  const { n: _n, step: _step, cause: _cause, rule: _rule, ...rest } = event;
  const segment = segmentOf(event);
  return segment ? { ...rest, segment: { ...segment, takes: undefined } } : rest;
}
