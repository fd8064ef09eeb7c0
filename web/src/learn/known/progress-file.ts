/** Progress as a file: all that the page saves of a student, except what is open in Play. */
import * as v from 'valibot';
import { keptOf, Kept as KeptExercise, keysKept, mostAttempts, putKept } from '../../exercise/attempts.ts';
import { entryOf, isFromFile } from '../../exercise/pack.ts';
import type { Stored } from '../../app/storage.ts';
import { edgesTaken, putEdges, type Edges } from '../../mastery/edges.ts';
import { Exposure, Moment } from '../../mastery/exposure.ts';
import { places } from '../../lab/states/layout.ts';
import { emptyRecord, merged, Sums, type StudentRecord } from '../../mastery/record.ts';
import { day } from '../../mastery/policy.ts';
import { keepRecord } from '../../mastery/store.ts';
import { idForm } from '../format/name.ts';
import { isItemFromFile, isLessonFromFile } from '../from-file.ts';
import { Done, doneIn, isKeyOfBeat, keyOfBeat, lessonsKept, putDone } from '../progress.ts';
import { pack } from '../pack.ts';
import { readyLessons, studentNow } from '../student.ts';

/** A larger file is refused without being read. */
export const largestProgress = 4_000_000;
/** The most entries of each sort that are read from a file. */
const mostEntries = 5000;

const entries = v.pipe(
  v.record(v.string(), v.unknown()),
  v.check((all) => Object.keys(all).length <= mostEntries),
);
/** The one definition of such a file's content. Its lists are validated entry by entry. */
const ProgressFile = v.object({
  format: v.literal('tcplab-progress/1'),
  exposures: v.optional(v.pipe(v.array(v.unknown()), v.maxLength(mostEntries)), []),
  sums: v.optional(v.unknown()),
  /** By edge: when it was first taken. */
  edges: v.optional(entries, {}),
  /** By lesson, by step. */
  lessons: v.optional(entries, {}),
  /** By exercise, or by step of a lesson: its attempts. */
  exercises: v.optional(entries, {}),
});
type ProgressFile = v.InferOutput<typeof ProgressFile>;

/** Undefined if it is not a progress file. */
export function readProgress(text: string): ProgressFile | undefined {
  try {
    const read = v.safeParse(ProgressFile, JSON.parse(text));
    return read.success ? read.output : undefined;
  } catch {
    return undefined;
  }
}

// --- what there is -------------------------------------------------------------------------------

/** Those of the page, and those from elsewhere of which something is kept. */
const lessonIds = (): string[] => [...readyLessons().map(({ id }) => id), ...lessonsKept().filter(isLessonFromFile)];

const exerciseKeys = (): string[] => [
  ...new Set([
    ...readyLessons().flatMap(({ id, beats, exercises }) => [
      ...beats.map((beat) => keyOfBeat(id, beat)),
      ...exercises.map((exercise) => exercise.id),
    ]),
    ...keysKept().filter(isItemFromFile),
  ]),
];

/** All of the progress that is saved here. */
interface Whole {
  record: StudentRecord;
  edges: Edges;
  lessons: Map<string, Readonly<Record<string, Done>>>;
  exercises: Map<string, KeptExercise>;
}

function wholeNow(now: number): Whole {
  return {
    record: studentNow(now),
    edges: edgesTaken(),
    lessons: new Map(lessonIds().map((id) => [id, doneIn(id)])),
    exercises: new Map(exerciseKeys().flatMap((key) => (keptOf(key) ? [[key, keptOf(key) as KeptExercise]] : []))),
  };
}

export function progressText(now: number): string {
  const { record, edges, lessons, exercises } = wholeNow(now);
  const begun = [...lessons].filter(([, beats]) => Object.keys(beats).length > 0);
  const file = {
    format: 'tcplab-progress/1',
    exposures: record.exposures,
    sums: record.sums,
    edges,
    lessons: Object.fromEntries(begun),
    exercises: Object.fromEntries(exercises),
  };
  return `${JSON.stringify(file)}\n`;
}

/** Any transition of a run, even one that the map does not draw, such as the end by a RST. */
const isEdge = (name: string): boolean => {
  const [from = '', to = ''] = name.split('-').map((each) => each.toUpperCase());
  return [from, to].every((each) => Object.hasOwn(places, each));
};

// --- what comes from a file ------------------------------------------------------------------------

export interface Taken {
  answers: number;
  steps: number;
  exercises: number;
  edges: number;
  /** How many entries were skipped: they cannot be read, or are about something that this page does not have. */
  left: number;
  /** Restores everything as it was. */
  undo: () => Stored;
}

/** Reads entries by name, and counts those that cannot be read in `left`. */
class Reader {
  left = 0;

  one<Schema extends v.GenericSchema>(schema: Schema, value: unknown): v.InferOutput<Schema> | undefined {
    const read = v.safeParse(schema, value);
    if (!read.success) this.left += 1;
    return read.success ? read.output : undefined;
  }

  named<Schema extends v.GenericSchema>(
    schema: Schema,
    all: Readonly<Record<string, unknown>>,
    isKnown: (name: string) => boolean,
  ): Map<string, v.InferOutput<Schema>> {
    const found = new Map<string, v.InferOutput<Schema>>();
    for (const [name, value] of Object.entries(all)) {
      if (!isKnown(name)) this.left += 1;
      const read = isKnown(name) ? this.one(schema, value) : undefined;
      if (read !== undefined) found.set(name, read);
    }
    return found;
  }
}

/** Refuses answers from the future, but allows for a clock that is a day ahead. */
const isPast = (now: number) => (at: number) => at <= now + day;

function recordFrom({ exposures, sums }: ProgressFile, reader: Reader, now: number): StudentRecord {
  const past = v.pipe(
    Exposure,
    v.check(({ at }) => isPast(now)(at)),
  );
  const read = exposures.flatMap((each) => reader.one(past, each) ?? []).sort((a, b) => a.at - b.at);
  const pastSums = v.pipe(
    Sums,
    v.check(({ firsts }) => Object.keys(firsts).length <= mostEntries),
    v.check(({ until, ideas }) => [until, ...Object.values(ideas).map(({ at }) => at)].every(isPast(now))),
  );
  const whole = sums === undefined ? undefined : reader.one(pastSums, sums);
  return { ...emptyRecord, exposures: read, sums: whole ?? emptyRecord.sums };
}

/** Steps that are done here stay as they are. What came beside them is told by their keys. */
function lessonsWith(mine: Whole['lessons'], { lessons }: ProgressFile, reader: Reader): [Whole['lessons'], string[]] {
  const all = new Map(mine);
  const came: string[] = [];
  const Steps = v.record(v.string(), v.unknown());
  for (const [id, steps] of reader.named(Steps, lessons, (name) => mine.has(name) || isLessonFromFile(name))) {
    // What a lesson from elsewhere has is not known before it is opened.
    const beats = pack.ready(id)?.beats;
    const here = mine.get(id) ?? {};
    const fresh = [...reader.named(Done, steps, (name) => beats?.includes(name) ?? idForm.test(name))].filter(
      ([beat]) => !Object.hasOwn(here, beat),
    );
    all.set(id, { ...Object.fromEntries(fresh), ...here });
    came.push(...fresh.map(([beat]) => keyOfBeat(id, beat)));
  }
  return [all, came];
}

/** Adds a file's attempts; those that are here stay as they are. */
function exercisesWith(
  mine: Whole['exercises'],
  { exercises }: ProgressFile,
  reader: Reader,
): [Whole['exercises'], string[]] {
  const all = new Map(mine);
  const known = new Set(exerciseKeys());
  const came: string[] = [];
  const isKnown = (name: string) => known.has(name) || isItemFromFile(name);
  for (const [key, theirs] of reader.named(KeptExercise, exercises, isKnown)) {
    const here = mine.get(key);
    const whole = joinedKept(key, here ?? { ...theirs, attempts: [] }, theirs);
    if (JSON.stringify(whole) === JSON.stringify(here)) continue;
    all.set(key, whole);
    came.push(key);
  }
  return [all, came];
}

/** Whether the page has the revision of `theirs`: that is the newer one, but of an exercise from a file no number says so. */
const isCurrent = (key: string, mine: KeptExercise, theirs: KeptExercise): boolean =>
  isFromFile(key) ? theirs.rev === entryOf(key)?.rev : theirs.rev > mine.rev;

function joinedKept(key: string, mine: KeptExercise, theirs: KeptExercise): KeptExercise {
  // Answers to another revision are answers to other questions.
  if (theirs.rev !== mine.rev)
    return isCurrent(key, mine, theirs) ? joinedKept(key, { ...theirs, attempts: [] }, theirs) : mine;
  const fresh = theirs.attempts.filter(({ seed }) => mine.attempts.every((each) => each.seed !== seed));
  return {
    ...mine,
    attempts: [...mine.attempts, ...fresh].slice(0, mostAttempts),
    passed: mine.passed || theirs.passed,
    finished: mine.finished || theirs.finished,
  };
}

function put({ record, edges, lessons, exercises }: Whole, before: Whole | undefined): Stored {
  const stored: Stored[] = [keepRecord(record), putEdges(edges)];
  for (const [id, beats] of lessons) if (beats !== before?.lessons.get(id)) stored.push(putDone(id, beats));
  for (const [key, kept] of exercises) if (kept !== before?.exercises.get(key)) stored.push(putKept(key, kept));
  for (const id of before?.lessons.keys() ?? []) if (!lessons.has(id)) putDone(id, undefined);
  for (const key of before?.exercises.keys() ?? []) if (!exercises.has(key)) putKept(key, undefined);
  return stored.find((each) => each !== 'kept') ?? 'kept';
}

/** Adds a file's progress to what is saved here. */
export function takeProgress(file: ProgressFile, now: number): Taken & { stored: Stored } {
  const reader = new Reader();
  const before = wholeNow(now);
  const { record, taken } = merged(before.record, recordFrom(file, reader, now));
  const Time = v.pipe(Moment, v.check(isPast(now)));
  const times = reader.named(Time, file.edges, isEdge);
  const fresh = [...times].filter(([edge]) => !Object.hasOwn(before.edges, edge));
  const [lessons, read] = lessonsWith(before.lessons, file, reader);
  const [exercises, answered] = exercisesWith(before.exercises, file, reader);
  const after = { record, edges: { ...Object.fromEntries(fresh), ...before.edges }, lessons, exercises };
  const stored = put(after, before);
  const { left } = reader;
  const undo = () => put(before, after);
  // A step of a lesson is kept twice: that it is done, and what was answered.
  const steps = new Set([...read, ...answered.filter(isKeyOfBeat)]).size;
  const n = answered.filter((key) => !isKeyOfBeat(key)).length;
  return { answers: taken, steps, exercises: n, edges: fresh.length, left, undo, stored };
}
