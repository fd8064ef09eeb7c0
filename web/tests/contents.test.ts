/** A pack of several lessons: what pack.json may say, and which files belong to which lesson. */
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import '../src/i18n/open.ts';
import { lessonFiles, lessonIndex } from '../lessons-plugin.ts';
import { Pack } from '../src/learn/pack.ts';
import { readContents, readPackLesson, titleOf } from '../src/open/contents.ts';

const fixtures = resolve(import.meta.dirname, 'fixtures/lessons');
const small = lessonFiles(resolve(fixtures, '01-small'));
const { terms } = new Pack(lessonIndex(fixtures), {});
const id = '01-small';

const good = { format: 'tcplab-contents/1', title: { en: 'Week 3', zh: '第三周' }, lessons: [id], exercises: ['quiz'] };
const read = (contents: unknown) => readContents({ 'pack.json': JSON.stringify(contents) });
const inFolder = (folder: string, files: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(files).map(([file, text]) => [`${folder}/${file}`, text]));

describe('pack.json', () => {
  it('names lessons, and exercises that stand alone, in their order', () => {
    expect(read(good)).toEqual({ contents: good, problems: [] });
    expect(read({ ...good, exercises: undefined }).contents?.exercises).toEqual([]);
  });

  it.each([
    ['another format', { ...good, format: 'tcplab-contents/2' }, 'format'],
    ['a title in one language', { ...good, title: { en: 'Week 3' } }, 'title.zh'],
    ['a title without a sign', { ...good, title: { en: '', zh: '第三周' } }, 'title.en'],
    ['a title that turns what stands beside it', { ...good, title: { en: 'a\u202Eb', zh: '第三周' } }, 'title.en'],
    ['a title of two lines', { ...good, title: { en: 'a\nb', zh: '第三周' } }, 'title.en'],
    ['a title without an end', { ...good, title: { en: 'x'.repeat(121), zh: '第三周' } }, 'title.en'],
    ['a way out of the folder', { ...good, lessons: ['../other'] }, 'lessons.0'],
    ['a way to another site', { ...good, lessons: ['//evil.example'] }, 'lessons.0'],
    ['an address', { ...good, exercises: ['https:evil'] }, 'exercises.0'],
    ['a folder in a folder', { ...good, lessons: [id, 'a/b'] }, 'lessons.1'],
    ['a number', { ...good, lessons: [1] }, 'lessons.0'],
    ['more lessons than 40', { ...good, lessons: Array.from({ length: 41 }, (_, i) => `l${i}`) }, 'lessons'],
    ['a key that means nothing', { ...good, lesons: [] }, 'lesons'],
    ['nothing', null, '/'],
  ])('with %s is told by its place', (_, contents, place) => {
    const { contents: none, problems } = read(contents);
    expect(none).toBeUndefined();
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ file: 'pack.json' });
    expect(problems[0]?.message.en).toMatch(`at ${place}: `);
  });

  it('is told where it is missing, or no JSON', () => {
    expect(readContents({}).problems[0]?.message.en).toBe('this file is missing');
    expect(readContents({ 'pack.json': '{' }).problems[0]?.message.en).toMatch(/not JSON/);
  });

  it('names each once, and something', () => {
    const twice = read({ ...good, lessons: [id, 'b', id], exercises: ['b'] });
    expect(twice.contents).toMatchObject({ lessons: [id, 'b'], exercises: [] });
    expect(twice.problems.map(({ message }) => message.en)).toEqual([`“${id}” is named twice`, '“b” is named twice']);
    expect(read({ ...good, lessons: [], exercises: [] }).problems[0]?.message.zh).toBe('没有列出任何课程或练习');
  });
});

it.each(['', '  \u3000', 'two\nlines', 'x'.repeat(121)])('a pack is not called %j, which is told in words', (title) => {
  const { problems } = readContents({
    'pack.json': JSON.stringify({ format: 'tcplab-contents/1', title: { en: title, zh: '周' }, lessons: ['a'] }),
  });
  expect(problems.map(({ message }) => message.en)).toEqual([
    expect.stringMatching(/^at title\.en: found .*; needed: one line of 1 to 120 signs/s),
  ]);
});

describe('a lesson of a pack', () => {
  it('is what lies in its folder, and leaves the others alone', () => {
    const files = { ...inFolder(id, small), ...inFolder('01-small-2', { 'lesson.json': '{' }) };
    const { lesson, problems, files: own } = readPackLesson(files, id, terms);
    expect(problems).toEqual([]);
    expect(lesson?.texts.en.title).toBe('A small lesson');
    expect(own).toEqual(small);
    expect(readPackLesson(files, '01-small-2', terms).problems).toMatchObject([{ file: 'lesson.json' }]);
  });

  it('tells what is wrong with its file and line', () => {
    const text = small['lesson.en.md'] ?? '';
    const line = text.split('\n').findIndex((each) => each.startsWith('## ')) + 1;
    const files = inFolder(id, { ...small, 'lesson.en.md': text.replace('\n---\n', '\n') });
    expect(readPackLesson(files, id, terms).problems).toMatchObject([{ file: 'lesson.en.md', line }]);
  });

  it('is not shown with signs that nobody wrote', () => {
    const text = (small['lesson.zh.md'] ?? '').replace('\n\n', '\n\n\ufffd');
    expect(readPackLesson(inFolder(id, { ...small, 'lesson.zh.md': text }), id, terms).problems).toMatchObject([
      { file: 'lesson.zh.md', line: 3, message: { en: 'this is not UTF-8 text' } },
    ]);
  });

  it('takes words from a terms.json of its own as from that of the pack', () => {
    const card = { lesson: 1, name: { en: 'x', zh: 'x' }, text: { en: 'x', zh: 'x' } };
    const own = { format: 'tcplab-terms/1', terms: terms.map(({ id: term }) => ({ ...card, id: term })) };
    const files = inFolder(id, { ...small, 'terms.json': JSON.stringify(own) });
    expect(readPackLesson(files, id, []).problems).toEqual([]);
    expect(readPackLesson(inFolder(id, small), id, []).problems).not.toEqual([]);
  });

  it('is missing where its folder is', () => {
    expect(readPackLesson({}, 'gone', terms).problems).toMatchObject([
      { file: 'lesson.json', message: { en: 'this file is missing' } },
    ]);
  });

  it('is called as its folder, so that no two share what a student did', () => {
    const { problems } = readPackLesson(inFolder('other', small), 'other', terms);
    expect(problems).toMatchObject([{ file: 'lesson.json' }]);
    expect(problems[0]?.message.en).toMatch('the id is “01-small”, but the folder is called “other”');
  });

  it('has the exercises of the pack that it names, and its own before them', () => {
    const about = JSON.parse(small['lesson.json'] ?? '') as object;
    const files = {
      ...inFolder(id, { ...small, 'lesson.json': JSON.stringify({ ...about, exercises: ['mine', 'shared'] }) }),
      [`${id}/exercises/mine.json`]: 'its own',
      'exercises/mine.json': 'the pack’s',
      'exercises/shared.json': 'the pack’s',
      'exercises/other.json': 'the pack’s',
    };
    expect(readPackLesson(files, id, terms).files).toMatchObject({
      'exercises/mine.json': 'its own',
      'exercises/shared.json': 'the pack’s',
    });
    expect(readPackLesson(files, id, terms).files).not.toHaveProperty('exercises/other.json');
  });

  it('is not misled by names that objects have', () => {
    for (const name of ['constructor', 'tostring', 'hasownproperty'])
      expect(readPackLesson({}, name, terms).problems).toHaveLength(1);
  });
});

describe('the title of an exercise that is not checked yet', () => {
  it('is read where there is one', () => {
    const text = { en: { title: 'A quiz' }, zh: { title: '小测' } };
    expect(titleOf(JSON.stringify({ text }))).toEqual({ en: 'A quiz', zh: '小测' });
    for (const wrong of [undefined, '', '[]', '{"text":{"en":{"title":1},"zh":{"title":"x"}}}'])
      expect(titleOf(wrong)).toBeUndefined();
  });
});
