/** What is known about each misconception that came up, lesson by lesson. */
import { misconceptionOf, type Misconception } from '../../exercise/misconceptions.ts';
import { entryOf, isFromFile } from '../../exercise/pack.ts';
import type { Exposure } from '../../mastery/exposure.ts';
import { isMastered, type Standing } from '../../mastery/policy.ts';
import { firstsOf, standingsOf, type StudentRecord } from '../../mastery/record.ts';
import { gap } from '../../mastery/review.ts';
import type { Bilingual } from '../../i18n/index.svelte.ts';
import type { Step } from '../format/path.ts';
import { pack, type Ready } from '../pack.ts';
import { isKeyOfBeat, keyOfBeat } from '../progress.ts';
import { isMastered as isLessonMastered, readyLessons } from '../student.ts';

export interface KnownIdea {
  id: string;
  text: Misconception;
  status: 'mastered' | 'once' | 'shown' | 'open';
}

/** An exercise with an open question: naming its misconceptions would give away the answer. */
export interface OpenItem {
  /** By the exercise's key. */
  id: string;
  title: Bilingual;
  seed: number;
}

export interface KnownLesson {
  /** Missing where no lesson of the page teaches it, and for what is open in exercises from elsewhere. */
  step: Step | undefined;
  mastered: boolean;
  /** Exercises that were right at first try. */
  firsts: number;
  ideas: KnownIdea[];
  /** Open exercises of this lesson. */
  open: OpenItem[];
  /** How many more misconceptions its exercises can show. */
  later: number;
}

function statusOf(standing: Standing): KnownIdea['status'] {
  if (isMastered(standing)) return 'mastered';
  if (standing.kinds.length > 0) return 'once';
  return standing.shown > 0 ? 'shown' : 'open';
}

/** A step of a lesson tells what is right at once; an exercise after another try; by then or later it is asked with other numbers. */
const isOpen = (last: Exposure, now: number): boolean =>
  !last.right && last.try === 1 && now - last.at < gap && !isKeyOfBeat(last.item);

/** Of the last answer: undefined also where its exercise is no longer here, and can be answered no more. */
function openIn(last: Exposure | undefined, now: number): OpenItem | undefined {
  const title = last && isOpen(last, now) ? entryOf(last.item)?.title : undefined;
  return last && title && { id: last.item, title, seed: last.seed };
}

const itemsOf = ({ id, beats, exercises }: Ready): Set<string> =>
  new Set([...beats.map((beat) => keyOfBeat(id, beat)), ...exercises.map((exercise) => exercise.id)]);
const taughtBy = ({ exercises }: Ready): string[] => exercises.flatMap(({ teaches }) => teaches);

export function knownLessons(record: StudentRecord, now: number): KnownLesson[] {
  const standings = new Map(Object.entries(standingsOf(record)));
  const firsts = firstsOf(record);
  const lastOf = (id: string) => record.exposures.findLast(({ could }) => could.includes(id));

  /** The lesson where an idea was met last or, if only sums are left of it, the first one that teaches it. */
  function homeOf(id: string): Ready | undefined {
    const item = lastOf(id)?.item;
    if (item !== undefined && isFromFile(item) && openIn(lastOf(id), now)) return undefined;
    const met = item === undefined ? undefined : readyLessons().find((ready) => itemsOf(ready).has(item));
    return met ?? readyLessons().find((ready) => taughtBy(ready).includes(id));
  }

  const homes = new Map([...standings.keys()].map((id) => [id, homeOf(id)?.id]));

  function told(lesson: string | undefined): Pick<KnownLesson, 'ideas' | 'open'> {
    const ids = [...homes].filter(([, home]) => home === lesson).map(([id]) => id);
    const open = new Map<string, OpenItem>();
    const ideas = ids.flatMap((id): KnownIdea[] => {
      const standing = standings.get(id);
      const text = misconceptionOf(id);
      const waits = openIn(lastOf(id), now);
      if (waits) {
        open.set(waits.id, waits);
        return [];
      }
      return standing && text ? [{ id, text, status: statusOf(standing) }] : [];
    });
    return { ideas, open: [...open.values()] };
  }

  const lessons = readyLessons().map((ready): KnownLesson => ({
    step: pack.stepOf(ready.id),
    mastered: isLessonMastered(ready, firsts),
    firsts: ready.exercises.filter(({ id }) => Object.hasOwn(firsts, id)).length,
    ...told(ready.id),
    later: new Set(taughtBy(ready).filter((id) => !standings.has(id))).size,
  }));
  const elsewhere = Object.keys(firsts).filter(isFromFile).length;
  const rest = { step: undefined, mastered: false, firsts: elsewhere, ...told(undefined), later: 0 };
  return [...lessons, rest].filter(({ ideas, open, firsts: n }) => ideas.length + open.length + n > 0);
}
