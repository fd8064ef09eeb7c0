/** Numbers in a lesson's prose that are taken from a run. */
import type { TraceEvent } from '../engine/types.ts';
import { language } from '../i18n/index.svelte.ts';
import { clock } from '../lab/model/text.ts';
import { LabSession } from '../lab/session/session.svelte.ts';
import { letGo, mostSteps } from '../exercise/world.ts';
import type { Exercise } from '../exercise/types.ts';
import type { Figure } from './format/lesson.ts';
import { eventOf, fieldOf } from './format/match.ts';

/** Everything that happens in the unchanged run. */
export async function eventsOfRun({ scenario, seed }: Exercise): Promise<readonly TraceEvent[]> {
  const run = new LabSession();
  await run.open(scenario, seed);
  await run.runOn(mostSteps);
  const events = run.branch?.events ?? [];
  letGo(run);
  return events;
}

const times = ['t', 'at'];

/** The text of a figure; undefined while its event has not happened. */
export function figureText({ of, nth, field }: Figure, events: readonly TraceEvent[]): string | undefined {
  const event = eventOf(events, of, nth);
  const value = event && fieldOf(event, field);
  if (value === undefined || value === null) return undefined;
  return times.includes(field) ? clock(Number(value)) : String(value);
}

/** A parameter in a sentence: durations are written as everywhere on the page, words in the reader's language. */
export function paramText(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'object') return String((value as Record<string, unknown>)[language()] ?? '');
  return String(value).replace(/^(\d+(?:\.\d+)?)(us|ms|s|min|h)$/, '$1\u00a0$2');
}
