/** Finds out what was opened, and checks it. */
import type { Problem } from '../engine/types.ts';
import { kindOfFile } from '../app/kind-of-file.ts';
import { addFromFile, shipped, variantsTried, type Entry } from '../exercise/pack.ts';
import { check } from '../exercise/grader.ts';
import type { Term } from '../learn/format/terms.ts';
import { keptAs } from '../learn/from-file.ts';
import { readLesson, type Lesson, type LessonProblem } from '../learn/lesson.ts';
import { pack } from '../learn/pack.ts';
import { inBoth, type Bilingual } from '../i18n/index.svelte.ts';
import type { Files, Known } from './bundle.ts';
import {
  contentsFile,
  exerciseFile,
  notUtf8,
  readContents,
  readPackLesson,
  termsIn,
  titleOf,
  type Contents,
  type PackLesson,
} from './contents.ts';
import { saidOfPart } from './part.ts';

export const known: Known = {
  term: (id) => pack.hasOwn(id),
  exercise: (id) => shipped.some((entry) => entry.id === id),
};

export interface Faults {
  file: string;
  problems: readonly Problem[];
}

/** A pack of several lessons. Slow checks by the engine wait until a lesson is opened. */
export interface Pack {
  title: Contents['title'];
  lessons: PackLesson[];
  exercises: { id: string; title: Contents['title'] | undefined }[];
  terms: Term[];
  /** Problems of the pack as a whole. */
  problems: LessonProblem[];
  files: Files;
}

export type Opened =
  | { kind: 'scenario'; text: string }
  | { kind: 'exercise'; entry: Entry }
  /** Exercises with faults are left out, and reported. */
  | { kind: 'lesson'; lesson: Lesson; terms: Term[]; exercises: Entry[]; faults: Faults[] }
  | { kind: 'pack'; pack: Pack }
  | { kind: 'answers' }
  /** What is of no use alone. */
  | { kind: 'part'; said: () => string }
  | { kind: 'broken'; faults: Faults[]; lesson: LessonProblem[] };

/** Called with how many files have been checked, and how many there are. */
export type Told = (n: number, of: number) => void;

export async function open(files: Files, told: Told): Promise<Opened> {
  if (files[contentsFile] !== undefined) return openPack(files, told);
  if (files['lesson.json'] !== undefined) {
    const { terms, problems } = termsIn(files);
    const read = readLesson(files, terms, known.term);
    return openLesson(files, { ...read, problems: [...problems, ...read.problems] }, terms, told);
  }
  const [[name, text] = ['', '']] = Object.entries(files);
  const kind = kindOfFile(text);
  if (kind === 'scenario') return { kind, text };
  if (kind === 'answers') return { kind };
  const said = saidOfPart(text, name);
  if (said) return { kind: 'part', said };
  return openExercise(name, text);
}

async function openPack(files: Files, told: Told): Promise<Opened> {
  const { contents, problems } = readContents(files);
  if (!contents) return { kind: 'broken', faults: [], lesson: await inPlace(files, problems) };
  const { terms, problems: ofTerms } = termsIn(files);
  const lessons: PackLesson[] = [];
  for (const [i, name] of contents.lessons.entries()) {
    told(i, contents.lessons.length);
    const read = readPackLesson(files, name, terms, known.term);
    lessons.push({ ...read, problems: await inPlace(read.files, read.problems) });
    await new Promise((done) => setTimeout(done));
  }
  const exercises = contents.exercises.map((id) => ({
    id,
    title: shipped.find((entry) => entry.id === id)?.title ?? titleOf(files[exerciseFile(id)]),
  }));
  const unread = notUtf8(files, [contentsFile, 'terms.json']);
  const whole = await inPlace(files, [...unread, ...problems, ...ofTerms]);
  return { kind: 'pack', pack: { title: contents.title, lessons, exercises, terms, problems: whole, files } };
}

/** A lesson or an exercise of a pack; undefined if it has none of this name. */
export async function openItem({ title, lessons, exercises, files }: Pack, name: string, told: Told) {
  const lesson = lessons.find((each) => each.name === name);
  if (lesson) return openLesson(lesson.files, lesson, lesson.terms, told, title);
  if (!exercises.some(({ id }) => id === name)) return undefined;
  const own = shipped.find((entry) => entry.id === name);
  if (own) return { kind: 'exercise', entry: own } satisfies Opened;
  const file = exerciseFile(name);
  const text = files[file];
  if (text === undefined) return { kind: 'broken', faults: [missing(file)], lesson: [] } satisfies Opened;
  const unread = notUtf8(files, [file]);
  return unread.length > 0
    ? ({ kind: 'broken', faults: [], lesson: unread } satisfies Opened)
    : openExercise(file, text);
}

const missing = (file: string): Faults => ({
  file,
  problems: [{ pointer: '', line: 0, column: 0, message: inBoth('learn.problem.missing') }],
});

async function openExercise(file: string, text: string): Promise<Opened> {
  const { entry, faults } = await takeExercise(file, text);
  return entry ? { kind: 'exercise', entry } : { kind: 'broken', faults, lesson: [] };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/**
 * Replaces JSON errors by the engine's messages, which have the line and come in both languages. For a file that is not
 * UTF-8, that fact is its only problem.
 */
async function inPlace(files: Files, problems: readonly LessonProblem[]): Promise<LessonProblem[]> {
  const unread = notUtf8(files, [...new Set(problems.map(({ file }) => file))]);
  const rest = problems.filter((problem) => !unread.some(({ file }) => file === problem.file));
  const placed = await Promise.all(
    rest.map(async (problem) => {
      const text = files[problem.file];
      if (text === undefined || !problem.file.endsWith('.json') || isJson(text)) return problem;
      const [found] = (await check(text, 1)).problems;
      return found ? { file: problem.file, line: found.line, message: found.message } : problem;
    }),
  );
  return [...unread, ...placed];
}

async function takeExercise(file: string, text: string): Promise<{ entry?: Entry; faults: Faults[] }> {
  const { problems } = await check(text, variantsTried);
  const entry = problems.length === 0 ? addFromFile(text)?.entry : undefined;
  return entry ? { entry, faults: [] } : { faults: [{ file, problems }] };
}

async function openLesson(
  files: Files,
  { lesson, problems }: { lesson: Lesson | undefined; problems: LessonProblem[] },
  terms: Term[],
  told: Told,
  ofPack?: Bilingual,
): Promise<Opened> {
  const toCheck = Object.keys(files).filter((name) => /^(beats|exercises)\/.*\.json$/.test(name));
  const faults: Faults[] = [];
  const exercises: Entry[] = [];
  for (const [i, name] of toCheck.entries()) {
    told(i, toCheck.length);
    const text = files[name] ?? '';
    if (name.startsWith('exercises/')) {
      const taken = await takeExercise(name, text);
      faults.push(...taken.faults);
      if (taken.entry) exercises.push(taken.entry);
      continue;
    }
    const found = await check(text, variantsTried);
    if (found.problems.length > 0) faults.push({ file: name, problems: found.problems });
  }
  for (const id of lesson?.about.exercises ?? []) {
    const file = exerciseFile(id);
    if (files[file] !== undefined) continue;
    const own = known.exercise(id) ? shipped.find((entry) => entry.id === id) : undefined;
    if (own) exercises.push(own);
    else faults.push(missing(file));
  }
  const named = lesson?.about.exercises ?? [];
  exercises.sort((a, b) => named.indexOf(a.id) - named.indexOf(b.id));
  const unsound = faults.some(({ file }) => file.startsWith('beats/'));
  if (!lesson || problems.length > 0 || unsound)
    return { kind: 'broken', faults, lesson: await inPlace(files, problems) };
  const own = { en: lesson.texts.en.title, zh: lesson.texts.zh.title };
  const about = { ...lesson.about, id: keptAs(ofPack ?? own, lesson.about.id) };
  return { kind: 'lesson', lesson: { ...lesson, about }, terms, exercises, faults };
}
