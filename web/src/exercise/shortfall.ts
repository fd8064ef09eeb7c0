/** Why a goal was not reached, in words: what the engine says of the run, and which event shows it. */
import { t } from '../i18n/index.svelte.ts';
import { eventText, goalText, placeName } from './goal-text.ts';
import type { Goal } from './goal.ts';
import type { Shortfall } from './types.ts';

/** The goal inside `all`, `any` and `not` that a pointer leads to. */
function partOf(goal: Goal, pointer: string): Goal {
  let part: unknown = goal;
  for (const key of pointer.split('/').slice(1)) part = (part as Record<string, unknown>)[key];
  return part as Goal;
}

export function shortfallText(whole: Goal, why: Shortfall): string[] {
  const goal = partOf(whole, why.part);
  const said = why.part === '' ? [] : [t('goal.part', { goal: goalText(goal) })];
  const place = goal.at_end ?? goal.not?.at_end;
  if (why.reason === 'count') said.push(t('goal.found', { n: Number(why.found) }));
  if (why.reason === 'state' && place) {
    said.push(t('goal.stateFound', { who: placeName(place), state: String(why.found) }));
  }
  if (why.match) said.push(t('goal.neverHappened', { event: eventText(why.match) }));
  else if (why.reason === 'unlike') said.push(t('goal.nothingNear'));
  if (why.reason === 'holds' && (why.n ?? undefined) === undefined) said.push(t('goal.holds'));
  return said;
}

const leads = {
  nearest: 'goal.nearest',
  unlike: 'goal.lastChange',
  happened: 'goal.broken',
  holds: 'goal.broken',
  order: 'goal.order',
  state: 'goal.stateSince',
} as const;

export type Lead = (typeof leads)[keyof typeof leads] | 'goal.countLast' | 'goal.countOver';

/** The lead-in to the event that shows the reason; undefined if there is no such event. */
export function shortfallLead(whole: Goal, { reason, part, found }: Shortfall): Lead | undefined {
  if (reason !== 'count') return leads[reason];
  const count = partOf(whole, part).count;
  if (!count) return undefined;
  return Number(found) < (count.at_least ?? 0) ? 'goal.countLast' : 'goal.countOver';
}

/** The host or socket whose last change of state is reported if no event came near the goal. */
export function shortfallPlace(whole: Goal, { part, match }: Shortfall): string {
  const goal = partOf(whole, part);
  const place = match ?? goal.eventually ?? goal.delivered ?? goal.always ?? goal.not?.never;
  if (place?.host === undefined) return '';
  return placeName({ host: String(place.host), socket: place.socket === undefined ? undefined : String(place.socket) });
}
