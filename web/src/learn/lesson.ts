/** Reads a lesson from its files, and collects everything that is wrong with them. */
import * as v from 'valibot';
import { inBoth, type Bilingual, type Language } from '../i18n/index.svelte.ts';
import type { LessonFiles } from './format/files.ts';
import { About } from './format/lesson.ts';
import type { Term } from './format/terms.ts';
import { whyNot } from './format/why-not.ts';
import { namesIn, readLessonText, type LessonText } from './text/lesson-text.ts';
import { parts, type Block } from './text/markdown.ts';

export interface LessonProblem {
  file: string;
  /** From 1; 0 stands for the whole file. */
  line: number;
  message: Bilingual;
}

/** A beat's file, in the format of exercises. */
export interface BeatFile {
  id: string;
  text: string;
  rev: number;
  teaches: string[];
  params: string[];
}

export interface Lesson {
  about: About;
  texts: Record<Language, LessonText>;
  beats: BeatFile[];
}

/** Where a reader finds the other lessons. */
export interface Home {
  href: string;
  title: string;
}

const Question = v.looseObject({ kind: v.string(), parts: v.optional(v.array(v.unknown()), []) });
const Beat = v.object({
  format: v.literal('tcplab-exercise/1'),
  id: v.string(),
  rev: v.number(),
  teaches: v.optional(v.array(v.string()), []),
  params: v.optional(v.record(v.string(), v.unknown()), {}),
  questions: v.pipe(v.array(Question), v.length(1)),
});

/** Collects problems while files are read. */
export class Problems {
  readonly all: LessonProblem[] = [];

  say(file: string, line: number, message: Bilingual): undefined {
    this.all.push({ file, line, message });
    return undefined;
  }

  /** The content of a JSON file, validated against a schema. */
  read<Schema extends v.GenericSchema>(
    files: LessonFiles,
    file: string,
    schema: Schema,
  ): v.InferOutput<Schema> | undefined {
    const text = files[file];
    if (text === undefined) return this.say(file, 0, inBoth('learn.problem.missing'));
    try {
      const read = v.safeParse(schema, JSON.parse(text));
      if (read.success) return read.output;
      const [issue] = read.issues;
      return this.say(file, 0, whyNot(issue));
    } catch (error) {
      return this.say(file, 0, inBoth('learn.problem.json', { why: String(error) }));
    }
  }
}

function readBeat(problems: Problems, files: LessonFiles, id: string): BeatFile[] {
  const file = `beats/${id}.json`;
  const read = problems.read(files, file, Beat);
  if (!read) return [];
  if ((read.questions[0]?.parts.length ?? 0) > 1) problems.say(file, 0, inBoth('learn.problem.parts'));
  const { rev, teaches, params } = read;
  return [{ id, text: files[file] ?? '', rev, teaches, params: Object.keys(params) }];
}

/**
 * The beat as the engine gets it. The engine returns only the parameters that an exercise's texts name; a lesson's
 * prose is elsewhere, so their names are added in a text that is not shown.
 */
function withNames(beat: BeatFile, names: readonly string[]): BeatFile {
  const told = names.filter((name) => beat.params.includes(name)).map((name) => `\${${name}}`);
  const file = JSON.parse(beat.text) as { text?: Record<string, object> };
  const text = Object.fromEntries(
    Object.entries(file.text ?? {}).map(([key, value]) => [key, { ...value, after: told.join(' ') }]),
  );
  return told.length === 0 ? beat : { ...beat, text: JSON.stringify({ ...file, text }) };
}

/** Whether a reader of this lesson has met a term. */
type Met = (id: string) => boolean;

/** Lines of a file, from the first to before the end, both from 1. */
interface Place {
  file: string;
  lines: readonly string[];
  line: number;
  end: number;
}

/** The first line that contains the words, or else that of the heading. */
const lineOf = ({ lines, line, end }: Place, words: string): number => {
  const at = lines.slice(line - 1, end - 1).findIndex((each) => each.includes(words));
  return at < 0 ? line : line + at;
};

function checkBlocks(problems: Problems, place: Place, blocks: readonly Block[], names: string[], met: Met) {
  for (const part of parts(blocks)) {
    if (part.kind !== 'link' || part.to.kind !== 'term' || met(part.to.id)) continue;
    const { id } = part.to;
    problems.say(place.file, lineOf(place, `(term:${id})`), inBoth('learn.problem.term', { id }));
  }
  for (const name of namesIn(blocks))
    if (!names.includes(name))
      problems.say(place.file, lineOf(place, `\${${name}}`), inBoth('learn.problem.name', { name }));
}

function checkText(
  problems: Problems,
  file: string,
  markdown: string,
  text: LessonText,
  about: About,
  beats: BeatFile[],
  met: Met,
) {
  const { sections } = text;
  const lines = markdown.split('\n');
  const placeOf = (i: number): Place => ({
    file,
    lines,
    line: sections[i]?.line ?? 1,
    end: sections[i + 1]?.line ?? lines.length + 1,
  });
  const head: Place = { file, lines, line: 1, end: sections[0]?.line ?? lines.length + 1 };
  if (text.title === '') problems.say(file, 1, inBoth('learn.problem.title'));
  if (text.promise.length !== 1) problems.say(file, 1, inBoth('learn.problem.promise'));
  if (text.question.length === 0) problems.say(file, 1, inBoth('learn.problem.question'));
  if (sections.length !== about.beats.length + 1)
    problems.say(file, 0, inBoth('learn.problem.sections', { n: sections.length, beats: about.beats.length }));
  if (text.others > 0) problems.say(file, 1, inBoth('learn.problem.head'));
  checkBlocks(problems, head, [...text.promise, ...text.question], [], met);
  for (const [i, { title, line, before, after, breaks }] of sections.entries()) {
    const id = about.beats[i];
    if (breaks !== (id === undefined ? 0 : 1)) problems.say(file, line, inBoth('learn.problem.breaks', { n: breaks }));
    const params = beats.find((beat) => beat.id === id)?.params ?? [];
    const names = [...params, ...Object.keys(about.figures[id ?? ''] ?? {})];
    checkBlocks(problems, placeOf(i), [...before, ...after], names, met);
    if (title === '') problems.say(file, line, inBoth('learn.problem.untitled'));
    for (const block of [...before, ...after])
      if (block.kind === 'heading') problems.say(file, block.line, inBoth('learn.problem.heading'));
  }
}

const textFiles: Record<Language, string> = { en: 'lesson.en.md', zh: 'lesson.zh.md' };

/**
 * Undefined if too little can be read to show anything. `shared` are terms whose cards the page has anyway, whichever
 * of its own lessons teaches them.
 */
export function readLesson(
  files: LessonFiles,
  terms: readonly Term[],
  shared: (id: string) => boolean = () => false,
): { lesson: Lesson | undefined; problems: LessonProblem[] } {
  const problems = new Problems();
  const about = problems.read(files, 'lesson.json', About);
  if (!about) return { lesson: undefined, problems: problems.all };
  const beats = about.beats.flatMap((id) => readBeat(problems, files, id));
  const met: Met = (id) => shared(id) || terms.some((term) => term.id === id && term.lesson <= about.number);
  const read = (language: Language): LessonText => {
    const file = textFiles[language];
    if (files[file] === undefined) problems.say(file, 0, inBoth('learn.problem.missing'));
    const markdown = files[file] ?? '';
    const { text, unfit, misfits } = readLessonText(markdown);
    for (const { line, what } of unfit)
      problems.say(file, line, what === 'image' ? inBoth('learn.unfit.picture') : inBoth('learn.unfit.link', { what }));
    for (const { line, sign } of misfits) problems.say(file, line, inBoth(`learn.unfit.${sign}`));
    checkText(problems, file, markdown, text, about, beats, met);
    return text;
  };
  const texts = { en: read('en'), zh: read('zh') };
  for (const id of about.terms)
    if (!shared(id) && !terms.some((term) => term.id === id && term.lesson === about.number))
      problems.say('lesson.json', 0, inBoth('learn.problem.taught', { id }));
  for (const id of Object.keys(about.figures))
    if (!about.beats.includes(id)) problems.say('lesson.json', 0, inBoth('learn.problem.beat', { id }));
  const namesOf = (i: number) =>
    [texts.en, texts.zh].flatMap(({ sections }) =>
      namesIn([...(sections[i]?.before ?? []), ...(sections[i]?.after ?? [])]),
    );
  const named = beats.map((beat) => withNames(beat, namesOf(about.beats.indexOf(beat.id))));
  return { lesson: { about, texts, beats: named }, problems: problems.all };
}
