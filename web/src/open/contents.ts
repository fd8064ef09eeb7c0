/** A pack of several lessons: pack.json lists them in order. Each has a folder of its own. */
import * as v from 'valibot';
import { inBoth } from '../i18n/index.svelte.ts';
import type { LessonFiles } from '../learn/format/files.ts';
import { About } from '../learn/format/lesson.ts';
import { Id } from '../learn/format/name.ts';
import { TermFile, type Term } from '../learn/format/terms.ts';
import { Problems, readLesson, type Lesson, type LessonProblem } from '../learn/lesson.ts';

export const contentsFile = 'pack.json';

/** The most lessons, and the most exercises that belong to none. */
const most = 40;
const names = v.optional(v.pipe(v.array(Id), v.maxLength(most)), []);
/** One line, without control or format characters, which could reverse or hide the text around them. */
const title = v.pipe(v.string(), v.regex(/^(?=.*\S)[^\p{Cc}\p{Cf}\u2028\u2029]{1,120}$/u));

export const Contents = v.strictObject({
  format: v.literal('tcplab-contents/1'),
  /** Lets editors find the schema. */
  $schema: v.optional(v.string()),
  title: v.strictObject({ en: title, zh: title }),
  /** The folders of the lessons, in order. */
  lessons: names,
  /** Exercises outside lessons: files in exercises/, or the page's own. */
  exercises: names,
});
export type Contents = v.InferOutput<typeof Contents>;

export const exerciseFile = (id: string): string => `exercises/${id}.json`;

/** Undefined if too little can be read to show anything. A repeated name is reported, and used once. */
export function readContents(files: LessonFiles): { contents: Contents | undefined; problems: LessonProblem[] } {
  const problems = new Problems();
  const read = problems.read(files, contentsFile, Contents);
  if (!read) return { contents: undefined, problems: problems.all };
  const seen = new Set<string>();
  const once = (id: string): boolean => {
    const isNew = !seen.has(id);
    if (!isNew) problems.say(contentsFile, 0, inBoth('open.problem.twice', { id }));
    seen.add(id);
    return isNew;
  };
  const contents = { ...read, lessons: read.lessons.filter(once), exercises: read.exercises.filter(once) };
  if (seen.size === 0) problems.say(contentsFile, 0, inBoth('open.problem.none'));
  return { contents, problems: problems.all };
}

/** The files that a lesson.json names, as far as it can be read; its problems are reported when the lesson is read. */
export function namedIn(about: string): Pick<About, 'beats' | 'exercises' | 'terms'> {
  try {
    return v.parse(v.pick(About, ['beats', 'exercises', 'terms']), JSON.parse(about));
  } catch {
    return { beats: [], exercises: [], terms: [] };
  }
}

/** The files of one of a pack's lessons, by their paths in its folder, and the pack's exercises that it names. */
function filesOfLesson(files: LessonFiles, folder: string): LessonFiles {
  const prefix = `${folder}/`;
  const own = Object.entries(files)
    .filter(([file]) => file.startsWith(prefix))
    .map(([file, text]) => [file.slice(prefix.length), text] as const);
  const about = own.find(([file]) => file === 'lesson.json')?.[1] ?? '';
  const above = namedIn(about).exercises.flatMap((id) => {
    const text = files[exerciseFile(id)];
    return text === undefined ? [] : [[exerciseFile(id), text] as const];
  });
  return Object.fromEntries([...above, ...own]);
}

export interface PackLesson {
  /** The name of its folder, which is also its id. */
  name: string;
  files: LessonFiles;
  lesson: Lesson | undefined;
  /** The lesson's own terms, and the pack's. */
  terms: Term[];
  problems: LessonProblem[];
}

/** The replacement character, which stands for octets that are not UTF-8. */
const unread = '\ufffd';

/** A problem for each of the given files that is not UTF-8. */
export function notUtf8(files: LessonFiles, only = Object.keys(files)): LessonProblem[] {
  return only.flatMap((file) => {
    const text = files[file] ?? '';
    const at = text.indexOf(unread);
    return at < 0 ? [] : [{ file, line: text.slice(0, at).split('\n').length, message: inBoth('open.problem.utf8') }];
  });
}

/** The ids of the terms in a terms.json, as far as it can be read. */
export function cardsIn(text: string | undefined): string[] {
  try {
    return v.parse(TermFile, JSON.parse(text ?? '')).terms.map(({ id }) => id);
  } catch {
    return [];
  }
}

/** The terms in a lesson's own terms.json, which come before those of the pack. */
export function termsIn(files: LessonFiles): { terms: Term[]; problems: LessonProblem[] } {
  const problems = new Problems();
  const read = files['terms.json'] === undefined ? undefined : problems.read(files, 'terms.json', TermFile);
  return { terms: read?.terms ?? [], problems: problems.all };
}

export function readPackLesson(
  files: LessonFiles,
  folder: string,
  ofPack: readonly Term[],
  shared?: (id: string) => boolean,
): PackLesson {
  const own = filesOfLesson(files, folder);
  const { terms: brought, problems: ofTerms } = termsIn(own);
  const terms = [...brought, ...ofPack];
  const { lesson, problems } = readLesson(own, terms, shared);
  const id = lesson?.about.id ?? folder;
  // Progress is saved by the id, so two lessons of a pack with the same id would share it.
  const other =
    id === folder ? [] : [{ file: 'lesson.json', line: 0, message: inBoth('open.problem.id', { id, folder }) }];
  return { name: folder, files: own, lesson, terms, problems: [...notUtf8(own), ...ofTerms, ...problems, ...other] };
}

const Titled = v.object({ text: v.object({ en: v.object({ title }), zh: v.object({ title }) }) });

/** The title of an exercise that has not been checked yet. */
export function titleOf(exercise: string | undefined): Contents['title'] | undefined {
  try {
    const { text } = v.parse(Titled, JSON.parse(exercise ?? ''));
    return { en: text.en.title, zh: text.zh.title };
  } catch {
    return undefined;
  }
}
