/** What to review, when, and in which exercise. Gaps are uniform, since growing ones do not teach any better. */
import { day, isMastered, rejecting, scoreAt, type Standing, type Standings } from './policy.ts';

export const gap = 3 * day;
/** A misconception that was rejected once rests for a half-life; then half of that evidence is left: not enough. */
export const rests = rejecting / 2;

/** Why something is to be reviewed, the most urgent first. */
export const reasons = ['certain', 'shown', 'open', 'kind', 'faded'] as const;
export type Reason = (typeof reasons)[number];

export interface DueIdea {
  idea: string;
  why: Reason;
  /** The time of the last opportunity. */
  at: number;
  /** Kinds of questions that were right at the first try since it was last shown. */
  kinds: readonly string[];
}

function reasonOf(standing: Standing): Reason {
  if (standing.surely) return 'certain';
  if (isMastered(standing)) return 'faded';
  if (standing.kinds.length > 0) return 'kind';
  return standing.shown > 0 ? 'shown' : 'open';
}

/** The misconceptions that are believed or uncertain. As every score decays, everything is asked again some day. */
export function dueIdeas(standings: Standings, now: number): DueIdea[] {
  const due = Object.entries(standings).filter(([, each]) => now - each.at >= gap && scoreAt(each, now) > rests);
  const urgency = new Map(due.map(([idea, each]) => [idea, scoreAt(each, now)]));
  return due
    .map(([idea, each]) => ({ idea, why: reasonOf(each), at: each.at, kinds: each.kinds }))
    .sort(
      (a, b) =>
        reasons.indexOf(a.why) - reasons.indexOf(b.why) ||
        (urgency.get(b.idea) ?? 0) - (urgency.get(a.idea) ?? 0) ||
        a.at - b.at,
    );
}

/** An exercise that may be asked. */
export interface Askable {
  item: string;
  teaches: readonly string[];
  kinds: readonly string[];
}

export interface Due<Item extends Askable> {
  exercise: Item;
  /** The most urgent first. */
  ideas: [DueIdea, ...DueIdea[]];
}

/** The exercises to repeat; prefers another kind of question, then the exercise answered longest ago. */
export function reviewOf<Item extends Askable>(
  due: readonly DueIdea[],
  exercises: readonly Item[],
  last: ReadonlyMap<string, number>,
): Due<Item>[] {
  const queue: Due<Item>[] = [];
  for (const one of due) {
    const here = queue.find(({ exercise }) => exercise.teaches.includes(one.idea));
    if (here) {
      here.ideas.push(one);
      continue;
    }
    const isOther = ({ kinds }: Item) => kinds.some((kind) => !one.kinds.includes(kind));
    const [exercise] = exercises
      .filter(({ teaches }) => teaches.includes(one.idea))
      .sort((a, b) => Number(isOther(b)) - Number(isOther(a)) || (last.get(a.item) ?? 0) - (last.get(b.item) ?? 0));
    if (exercise) queue.push({ exercise, ideas: [one] });
  }
  return queue;
}
