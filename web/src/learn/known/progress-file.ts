/** Progress as a file: all that the page keeps of a student but what is open in Play. */
import * as v from 'valibot';
import { keptOf, Kept as KeptExercise, mostAttempts, putKept } from '../../exercise/attempts.ts';
import type { Stored } from '../../app/storage.ts';
import { edgesTaken, putEdges, type Edges } from '../../mastery/edges.ts';
import { Exposure, Moment } from '../../mastery/exposure.ts';
import { places } from '../../lab/states/layout.ts';
import { emptyRecord, merged, Sums, type StudentRecord } from '../../mastery/record.ts';
import { day } from '../../mastery/policy.ts';
import { keepRecord } from '../../mastery/store.ts';
import { Done, doneIn, keyOfBeat, putDone } from '../progress.ts';
import { pack, type Ready } from '../pack.ts';
import { readyLessons, studentNow } from '../student.ts';

/** A file above this is refused unread. */
export const largestProgress = 4_000_000;
/** And of one below it, no more entries of each sort than this. */
const mostEntries = 5000;

const entries = v.pipe(
  v.record(v.string(), v.unknown()),
  v.check((all) => Object.keys(all).length <= mostEntries),
);
/** The one place that says what such a file holds. What is in its lists is read entry by entry. */
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

/** Undefined when it is no file of progress. */
export function readProgress(text: string): ProgressFile | undefined {
  try {
    const read = v.safeParse(ProgressFile, JSON.parse(text));
    return read.success ? read.output : undefined;
  } catch {
    return undefined;
  }
}

// --- what there is -------------------------------------------------------------------------------

const exerciseKeys = (): string[] => [
  ...new Set(
    readyLessons().flatMap(({ id, beats, exercises }) => [
      ...beats.map((beat) => keyOfBeat(id, beat)),
      ...exercises.map((exercise) => exercise.id),
    ]),
  ),
];

/** All of it as it is kept here. */
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
    lessons: new Map(readyLessons().map(({ id }) => [id, doneIn(id)])),
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

/** Of a run: also those that the map of edges does not draw, such as the end by a RST. */
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
  /** Entries that cannot be read, or are about nothing that this page has. */
  left: number;
  /** Puts everything back as it was. */
  undo: () => Stored;
}

/** Those entries that can be read, by name; each other one counts as left. */
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

/** Nothing was answered in the future; a clock may be a day ahead. */
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

/** Steps that are done here stay as they are. */
function lessonsWith(mine: Whole['lessons'], { lessons }: ProgressFile, reader: Reader): [Whole['lessons'], number] {
  const all = new Map(mine);
  let n = 0;
  const Steps = v.record(v.string(), v.unknown());
  for (const [id, steps] of reader.named(Steps, lessons, (name) => mine.has(name))) {
    const { beats } = pack.ready(id) as Ready;
    const here = mine.get(id) ?? {};
    const fresh = [...reader.named(Done, steps, (name) => beats.includes(name))].filter(
      ([beat]) => !Object.hasOwn(here, beat),
    );
    all.set(id, { ...Object.fromEntries(fresh), ...here });
    n += fresh.length;
  }
  return [all, n];
}

/** Attempts that are here stay as they are, and others come beside them. */
function exercisesWith(
  mine: Whole['exercises'],
  { exercises }: ProgressFile,
  reader: Reader,
): [Whole['exercises'], number] {
  const all = new Map(mine);
  const known = new Set(exerciseKeys());
  let n = 0;
  for (const [key, theirs] of reader.named(KeptExercise, exercises, (name) => known.has(name))) {
    const here = mine.get(key);
    const whole = joinedKept(here ?? { ...theirs, attempts: [] }, theirs);
    if (JSON.stringify(whole) === JSON.stringify(here)) continue;
    all.set(key, whole);
    n += 1;
  }
  return [all, n];
}

function joinedKept(mine: KeptExercise, theirs: KeptExercise): KeptExercise {
  // Answers to another revision are answers to other questions: the newer one is the one that the page has.
  if (theirs.rev !== mine.rev) return theirs.rev > mine.rev ? theirs : mine;
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
  for (const key of before?.exercises.keys() ?? []) if (!exercises.has(key)) putKept(key, undefined);
  return stored.find((each) => each !== 'kept') ?? 'kept';
}

/** Adds what a file holds to what is here. */
export function takeProgress(file: ProgressFile, now: number): Taken & { stored: Stored } {
  const reader = new Reader();
  const before = wholeNow(now);
  const { record, taken } = merged(before.record, recordFrom(file, reader, now));
  const Time = v.pipe(Moment, v.check(isPast(now)));
  const times = reader.named(Time, file.edges, isEdge);
  const fresh = [...times].filter(([edge]) => !Object.hasOwn(before.edges, edge));
  const [lessons, steps] = lessonsWith(before.lessons, file, reader);
  const [exercises, n] = exercisesWith(before.exercises, file, reader);
  const after = { record, edges: { ...Object.fromEntries(fresh), ...before.edges }, lessons, exercises };
  const stored = put(after, before);
  const { left } = reader;
  const undo = () => put(before, after);
  return { answers: taken, steps, exercises: n, edges: fresh.length, left, undo, stored };
}
