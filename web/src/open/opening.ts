/** What was opened, once it is known what it is and that it is sound. */
import * as v from 'valibot';
import type { Problem } from '../engine/types.ts';
import { kindOfFile } from '../app/kind-of-file.ts';
import { addFromFile, shipped, variantsTried, type Entry } from '../exercise/pack.ts';
import { check } from '../exercise/grader.ts';
import { TermFile, type Term } from '../learn/format/terms.ts';
import { readLesson, type Lesson, type LessonProblem } from '../learn/lesson.ts';
import { pack } from '../learn/pack.ts';
import { inBoth } from '../i18n/index.svelte.ts';
import type { Files, Known } from './bundle.ts';

export const known: Known = {
  term: (id) => pack.termOf(id) !== undefined,
  exercise: (id) => shipped.some((entry) => entry.id === id),
};

export interface Faults {
  file: string;
  problems: readonly Problem[];
}

export type Opened =
  | { kind: 'scenario'; text: string }
  | { kind: 'exercise'; entry: Entry }
  /** Exercises with faults are left out of it, and told. */
  | { kind: 'lesson'; lesson: Lesson; terms: Term[]; exercises: Entry[]; faults: Faults[] }
  | { kind: 'answers' }
  | { kind: 'broken'; faults: Faults[]; lesson: LessonProblem[] };

/** `told` hears how many files of how many were checked. */
export async function open(files: Files, told: (n: number, of: number) => void): Promise<Opened> {
  if (files['lesson.json'] !== undefined) return openLesson(files, told);
  const [[name, text] = ['', '']] = Object.entries(files);
  const kind = kindOfFile(text);
  if (kind === 'scenario') return { kind, text };
  if (kind === 'answers') return { kind };
  const { entry, faults } = await takeExercise(name, text);
  return entry ? { kind: 'exercise', entry } : { kind: 'broken', faults, lesson: [] };
}

async function takeExercise(file: string, text: string): Promise<{ entry?: Entry; faults: Faults[] }> {
  const { problems } = await check(text, variantsTried);
  const entry = problems.length === 0 ? addFromFile(text)?.entry : undefined;
  return entry ? { entry, faults: [] } : { faults: [{ file, problems }] };
}

function termsIn(text: string | undefined): Term[] {
  try {
    const read = v.safeParse(TermFile, JSON.parse(text ?? ''));
    return read.success ? read.output.terms : [];
  } catch {
    return [];
  }
}

async function openLesson(files: Files, told: (n: number, of: number) => void): Promise<Opened> {
  const terms = termsIn(files['terms.json']);
  const { lesson, problems } = readLesson(files, [...pack.terms, ...terms]);
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
    const file = `exercises/${id}.json`;
    if (files[file] !== undefined) continue;
    const own = known.exercise(id) ? shipped.find((entry) => entry.id === id) : undefined;
    if (own) exercises.push(own);
    else
      faults.push({ file, problems: [{ pointer: '', line: 0, column: 0, message: inBoth('learn.problem.missing') }] });
  }
  const unsound = faults.some(({ file }) => file.startsWith('beats/'));
  if (!lesson || problems.length > 0 || unsound) return { kind: 'broken', faults, lesson: problems };
  // What is kept of it is not what is kept of a lesson of the page's own that is called so.
  const about = { ...lesson.about, id: `file:${lesson.about.id}` };
  return { kind: 'lesson', lesson: { ...lesson, about }, terms, exercises, faults };
}
