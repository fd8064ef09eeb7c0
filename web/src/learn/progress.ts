/** A student's progress in lessons, saved in the browser: predictions, and how sure the student was. */
import * as v from 'valibot';
import { forget, load, store, type Stored } from '../app/storage.ts';
import { storedNames } from '../app/stored-names.ts';
import { sureness } from '../mastery/exposure.ts';

export { sureness, type Sure } from '../mastery/exposure.ts';

export const Done = v.object({
  /** Undefined if the step asked for actions or a text rather than a prediction. */
  sure: v.optional(v.picklist(sureness)),
  right: v.boolean(),
});
export type Done = v.InferOutput<typeof Done>;

const Kept = v.object({ version: v.literal(1), beats: v.record(v.string(), Done) });
type Kept = v.InferOutput<typeof Kept>;

/** What the browser's storage did not take. */
const memory = new Map<string, Kept>();
/** As an exercise, a step of a lesson is kept under this. */
export const keyOfBeat = (lesson: string, beat: string): string => `${beatPrefix}${lesson}.${beat}`;
const beatPrefix = 'lesson.';
/** Exercises are called otherwise: the page's own by a number, others with `file:`. */
export const isKeyOfBeat = (key: string): boolean => key.startsWith(beatPrefix);
const lessonPrefix = 'learn.';
const keyOf = (lesson: string): string => lessonPrefix + lesson;
/** The lessons of which something is kept, whether the page has them now or not. */
export const lessonsKept = (): string[] => [...new Set([...storedNames(lessonPrefix), ...memory.keys()])];

function keptOf(lesson: string): Kept {
  const fresh: Kept = { version: 1, beats: {} };
  const here = memory.get(lesson);
  if (here) return here;
  try {
    const read = v.safeParse(Kept, JSON.parse(load(keyOf(lesson)) ?? ''));
    return read.success ? read.output : fresh;
  } catch {
    return fresh;
  }
}

/** The finished beats by id: a new revision of the lesson keeps those that it still has. */
export const doneIn = (lesson: string): Readonly<Record<string, Done>> => keptOf(lesson).beats;

export const keepDone = (lesson: string, beat: string, done: Done): Stored =>
  putDone(lesson, { ...doneIn(lesson), [beat]: done });

/** Puts them in the place of those that are kept, or takes these away. */
export function putDone(lesson: string, beats: Readonly<Record<string, Done>> | undefined): Stored {
  if (!beats) {
    memory.delete(lesson);
    forget(keyOf(lesson));
    return 'kept';
  }
  const next: Kept = { version: 1, beats };
  const stored = store(keyOf(lesson), JSON.stringify(next));
  if (stored === 'kept') memory.delete(lesson);
  else memory.set(lesson, next);
  return stored;
}

export type Standing = 'new' | 'begun' | 'read';

export function standingOf(lesson: string, beats: readonly string[]): { n: number; standing: Standing } {
  const done = doneIn(lesson);
  const n = beats.filter((id) => Object.hasOwn(done, id)).length;
  return { n, standing: n === 0 ? 'new' : n < beats.length ? 'begun' : 'read' };
}
