/** What the page knows about the student, lesson by lesson: what is mastered, and what to review. */
import { keptAttempts } from '../exercise/attempts.ts';
import { isKind, kindOf } from '../exercise/kinds/all.ts';
import { usualVariants } from '../exercise/seed.ts';
import { keyOfStep } from '../exercise/steps.ts';
import type { Exposure } from '../mastery/exposure.ts';
import { areMastered, type Firsts } from '../mastery/policy.ts';
import { firstsOf, lastAnswers, standingsOf, withOlder, type StudentRecord } from '../mastery/record.ts';
import { dueIdeas, reviewOf, type Askable, type Due, type DueIdea } from '../mastery/review.ts';
import { keepExposure, keepRecord, studentRecord } from '../mastery/store.ts';
import type { Exercise } from './format/files.ts';
import { pack, type Ready } from './pack.ts';
import { keyOfBeat, standingOf } from './progress.ts';

export const readyLessons = (): Ready[] => pack.path.flatMap(({ id }) => pack.ready(id) ?? []);

/** An exercise that a lesson leads to, by its id. */
export const exerciseOf = (id: string): Exercise | undefined =>
  readyLessons()
    .flatMap(({ exercises }) => exercises)
    .find((each) => each.id === id);

const judgedIn = ({ asks }: Exercise) => asks.filter(({ kind }) => isKind(kind) && kindOf({ kind }).isJudged);

/**
 * Answers from attempts that are older than the record. These have one list of misconceptions for all wrong answers, so
 * all of it is assigned to the first one.
 */
function answersBefore(exercise: Exercise, at: number): Exposure[] {
  const { id: item, rev, teaches } = exercise;
  const judged = judgedIn(exercise);
  return keptAttempts(item, rev).flatMap(({ seed, tries, right, met, seen }) =>
    judged.flatMap(({ question, part, kind }): Exposure[] => {
      const step = keyOfStep(question, part);
      const solved = right[step];
      const tried = solved ?? tries[step] ?? 0;
      if (tried === 0) return [];
      const shown = solved === 1 ? [] : (met[step] ?? []);
      const one = { at, item, step, seed, kind, of: judged.length, could: [...new Set([...teaches, ...shown])] };
      const first: Exposure = { ...one, try: 1, right: solved === 1, shown };
      const later = solved !== undefined && solved > 1 && !seen[step];
      return later ? [first, { ...one, try: solved, right: true, shown: [] }] : [first];
    }),
  );
}

/** The record, preceded by answers from before there was one, which are dated to the day when it begins. */
export function studentNow(now: number): StudentRecord {
  const record = studentRecord();
  if (record.older) return record;
  const at = record.exposures[0]?.at ?? now;
  const exercises = new Map(readyLessons().flatMap(({ exercises }) => exercises.map((each) => [each.id, each])));
  const whole = withOlder(
    record,
    [...exercises.values()].flatMap((exercise) => answersBefore(exercise, at)),
  );
  // A student who has done nothing gets no record.
  if (whole.exposures.length > 0) keepRecord(whole);
  return whole;
}

/** Whether the exercises that the lesson names for this were right at the first try, in two kinds of questions. */
export const isMastered = ({ mastery }: Ready, firsts: Firsts): boolean => areMastered(mastery, firsts);

/** An exercise of a lesson that may be repeated. */
export interface Repeatable extends Askable {
  exercise: Exercise;
  variants: number;
}

/** Exercises of lessons that were begun, and others that were answered: reviews never lead to something new. */
function repeatable(last: ReadonlyMap<string, number>): Repeatable[] {
  return readyLessons().flatMap(({ id, beats, exercises }) => {
    const isBegun = standingOf(id, beats).standing !== 'new';
    return exercises
      .filter((exercise) => isBegun || last.has(exercise.id))
      .map((exercise) => ({
        item: exercise.id,
        exercise,
        teaches: exercise.teaches,
        kinds: judgedIn(exercise).map(({ kind }) => kind),
        variants: exercise.variants ?? usualVariants,
      }));
  });
}

/** A step of a lesson, which is asked only once and can only be read again. */
export interface Rereadable extends Askable {
  lesson: string;
  /** The last answer to it. */
  answer: Exposure;
}

function rereadable({ exposures }: StudentRecord): Rereadable[] {
  return readyLessons().flatMap(({ id, beats }) =>
    beats.flatMap((beat) => {
      const item = keyOfBeat(id, beat);
      const answer = exposures.findLast((each) => each.item === item);
      return answer ? [{ item, lesson: id, answer, teaches: answer.could, kinds: [] }] : [];
    }),
  );
}

/** Records a rereading: it says nothing about misconceptions, but delays the next review as an answer does. */
export function keepReading({ answer }: Rereadable): void {
  keepExposure({ ...answer, at: Date.now(), try: answer.try + 1, right: true, shown: [] });
}

export interface Student {
  record: StudentRecord;
  firsts: Firsts;
  /** Exercises to repeat. */
  due: Due<Repeatable>[];
  /** Steps answered wrongly that no exercise asks about. */
  toRead: Due<Rereadable>[];
}

export function studentAt(now: number): Student {
  const record = studentNow(now);
  const last = lastAnswers(record);
  const ideas = dueIdeas(standingsOf(record), now);
  const due = reviewOf(ideas, repeatable(last), last);
  const isAsked = ({ idea }: DueIdea) => due.some((one) => one.ideas.some((each) => each.idea === idea));
  const wrong = ideas.filter((each) => each.kinds.length === 0 && !isAsked(each));
  return { record, firsts: firstsOf(record), due, toRead: reviewOf(wrong, rereadable(record), last) };
}

export const hasReview = ({ due, toRead }: Student): boolean => due.length + toRead.length > 0;
