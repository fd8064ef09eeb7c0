/**
 * The lessons, read from their folders at build time: `virtual:lessons` is the index, and `virtual:lesson/ID` has one
 * lesson's files, which are fetched when it is opened.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Plugin } from 'vite';
import { withoutAnswers } from './src/exercise/without-answers.ts';
import type { LessonFiles, LessonIndex } from './src/learn/format/files.ts';

interface About {
  id: string;
  beats?: string[];
  exercises?: string[];
}

const textOf = (file: string) => readFileSync(file, 'utf8');
const jsonOf = (file: string): unknown => JSON.parse(textOf(file));

/** Every file of a lesson by its path in the folder; beats lose the keys that only their authors need. */
export function lessonFiles(folder: string): LessonFiles {
  const { beats = [] } = jsonOf(resolve(folder, 'lesson.json')) as About;
  const names = ['lesson.json', 'lesson.en.md', 'lesson.zh.md', ...beats.map((id) => `beats/${id}.json`)];
  const there = names.filter((name) => existsSync(resolve(folder, name)));
  return Object.fromEntries(
    there.map((name) => {
      const text = textOf(resolve(folder, name));
      return [name, name.startsWith('beats/') ? withoutAnswers(text) : text];
    }),
  );
}

interface Asking {
  id: string;
  kind: string;
}
interface ExerciseFile {
  rev: number;
  text: Record<'en' | 'zh', { title: string }>;
  variants?: number;
  teaches?: string[];
  questions?: (Asking & { parts?: Asking[] })[];
}

function exerciseOf(lessons: string, lesson: string, id: string): LessonIndex['lessons'][string]['exercises'] {
  const own = resolve(lessons, lesson, 'exercises', `${id}.json`);
  const file = existsSync(own) ? own : resolve(lessons, '..', `${id}.json`);
  if (!existsSync(file)) return [];
  const { rev, text, variants, teaches = [], questions = [] } = jsonOf(file) as ExerciseFile;
  const asks = questions.flatMap(({ id: question, kind, parts }) =>
    parts ? parts.map((part) => ({ question, part: part.id, kind: part.kind })) : [{ question, kind }],
  );
  return [{ id, rev, title: { en: text.en.title, zh: text.zh.title }, variants, teaches, asks }];
}

const isLesson = (lessons: string) => (id: string) => existsSync(resolve(lessons, id, 'lesson.json'));

/** The index of all lessons; empty if there is no folder of lessons. */
export function lessonIndex(lessons: string): LessonIndex {
  const names = existsSync(lessons) ? readdirSync(lessons).sort() : [];
  const terms = names.filter((name) => /^terms.*\.json$/.test(name));
  return {
    path: names.includes('path.json') ? jsonOf(resolve(lessons, 'path.json')) : undefined,
    terms: terms.map((name) => jsonOf(resolve(lessons, name))),
    lessons: Object.fromEntries(
      names.filter(isLesson(lessons)).map((id) => {
        const about = jsonOf(resolve(lessons, id, 'lesson.json')) as About;
        return [id, { about, exercises: (about.exercises ?? []).flatMap((each) => exerciseOf(lessons, id, each)) }];
      }),
    ),
  };
}

/** The source of the index module; `from` names the module of a lesson. */
export function indexModule(index: LessonIndex, from: (id: string) => string): string {
  const loaders = Object.keys(index.lessons).map(
    (id) => `${JSON.stringify(id)}: () => import(${JSON.stringify(from(id))})`,
  );
  return `export const index = ${JSON.stringify(index)};\nexport const loaders = {${loaders.join(', ')}};\n`;
}

export const lessonModule = (files: LessonFiles): string => `export const files = ${JSON.stringify(files)};\n`;

export function lessons(folder: string): Plugin {
  const all = 'virtual:lessons';
  const one = 'virtual:lesson/';
  return {
    name: 'lessons',
    resolveId: (source) => (source === all || source.startsWith(one) ? `\0${source}` : undefined),
    load(loaded) {
      const id = loaded.slice(1);
      if (loaded === `\0${all}`) return indexModule(lessonIndex(folder), (lesson) => one + lesson);
      if (!loaded.startsWith(`\0${one}`)) return undefined;
      const lesson = resolve(folder, id.slice(one.length));
      for (const name of Object.keys(lessonFiles(lesson))) this.addWatchFile(resolve(lesson, name));
      return lessonModule(lessonFiles(lesson));
    },
  };
}
