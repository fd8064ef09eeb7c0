/** What is known of each idea that came up, lesson by lesson. */
import { misconceptionOf, type Misconception } from '../../exercise/misconceptions.ts';
import type { Exposure } from '../../mastery/exposure.ts';
import { isMastered, type Standing } from '../../mastery/policy.ts';
import { firstsOf, standingsOf, type StudentRecord } from '../../mastery/record.ts';
import { gap } from '../../mastery/review.ts';
import type { Step } from '../format/path.ts';
import { pack, type Ready } from '../pack.ts';
import { keyOfBeat } from '../progress.ts';
import { isMastered as isLessonMastered, readyLessons } from '../student.ts';

export interface KnownIdea {
  id: string;
  text: Misconception;
  status: 'mastered' | 'once' | 'shown' | 'open';
  /** A question about it is not settled, and what is said of it would tell the answer. */
  waits: boolean;
}

export interface KnownLesson {
  /** Missing where no lesson teaches it. */
  step: Step | undefined;
  mastered: boolean;
  /** Exercises that were right at first try. */
  firsts: number;
  ideas: KnownIdea[];
  /** How many more its exercises can show. */
  later: number;
}

function statusOf(standing: Standing): KnownIdea['status'] {
  if (isMastered(standing)) return 'mastered';
  if (standing.kinds.length > 0) return 'once';
  return standing.shown > 0 ? 'shown' : 'open';
}

/** A step of a lesson tells what is right at once; an exercise after another try; by then or later it is asked with other numbers. */
function isOpen(last: Exposure | undefined, now: number): boolean {
  if (!last || last.right || last.try > 1 || now - last.at >= gap) return false;
  return !readyLessons().some(({ id, beats }) => beats.some((beat) => keyOfBeat(id, beat) === last.item));
}

/** Those that a lesson's exercises can show, and those that its steps did. */
function ideasOf({ id, beats, exercises }: Ready, exposures: readonly Exposure[]): Set<string> {
  const steps = new Set(beats.map((beat) => keyOfBeat(id, beat)));
  const ofSteps = exposures.filter(({ item }) => steps.has(item)).flatMap(({ could }) => could);
  return new Set([...exercises.flatMap(({ teaches }) => teaches), ...ofSteps]);
}

export function knownLessons(record: StudentRecord, now: number): KnownLesson[] {
  const standings = new Map(Object.entries(standingsOf(record)));
  const firsts = firstsOf(record);
  const told = new Set<string>();

  function known(id: string): KnownIdea | undefined {
    const standing = standings.get(id);
    const text = misconceptionOf(id);
    if (!standing || !text) return undefined;
    const last = record.exposures.findLast(({ could }) => could.includes(id));
    return { id, text, status: statusOf(standing), waits: isOpen(last, now) };
  }

  const lessons = readyLessons().map((ready): KnownLesson => {
    // What two lessons teach is told with the first.
    const ids = [...ideasOf(ready, record.exposures)].filter((id) => !told.has(id));
    const ideas = ids.flatMap((id) => known(id) ?? []);
    for (const { id } of ideas) told.add(id);
    return {
      step: pack.stepOf(ready.id),
      mastered: isLessonMastered(ready, firsts),
      firsts: ready.exercises.filter(({ id }) => Object.hasOwn(firsts, id)).length,
      ideas,
      later: ids.length - ideas.length,
    };
  });
  const others = [...standings.keys()].filter((id) => !told.has(id)).flatMap((id) => known(id) ?? []);
  const rest = { step: undefined, mastered: false, firsts: 0, ideas: others, later: 0 };
  return [...lessons, rest].filter(({ ideas, firsts: n }) => ideas.length > 0 || n > 0);
}
