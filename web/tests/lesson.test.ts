/** Lessons as they are read from their files: what they may hold, and what is told of those that are wrong. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import '../src/i18n/lessons.ts';
import { lessonFiles, lessonIndex } from '../lessons-plugin.ts';
import { readLesson } from '../src/learn/lesson.ts';
import { Pack } from '../src/learn/pack.ts';
import { misfitsIn } from '../src/learn/text/fit.ts';
import { filled, namesIn, readLessonText } from '../src/learn/text/lesson-text.ts';
import { readMarkdown } from '../src/learn/text/markdown.ts';

const fixtures = resolve(import.meta.dirname, 'fixtures/lessons');
const files = lessonFiles(resolve(fixtures, '01-small'));
const { terms } = new Pack(lessonIndex(fixtures), {});

/** What is told of the lesson after a change of one file. */
function toldOf(file: string, change: (text: string) => string): string[] {
  const { problems } = readLesson({ ...files, [file]: change(files[file] ?? '') }, terms);
  return problems.map((problem) => `${problem.file}:${problem.line}: ${problem.message.en}`);
}

it.each(
  JSON.parse(readFileSync(resolve(import.meta.dirname, '../../tests/unit/lesson/markdown.json'), 'utf8')) as {
    line: string;
    sign: string;
  }[],
)('a line of a lesson: $line', ({ line, sign }) => {
  expect(misfitsIn(line).map((found) => found.sign)).toEqual(sign === '' ? [] : [sign]);
});

describe('a lesson', () => {
  it.each(['Refused', 'week_3', 'week.3'])('may be called %s, as the command has it', (id) => {
    expect(toldOf('lesson.json', (text) => text.replace('"01-small"', JSON.stringify(id)))).toEqual([]);
  });

  it('that cannot be called so is told in words', () => {
    const [told] = toldOf('lesson.json', (text) => text.replace('"01-small"', '"week 3"'));
    expect(told).toMatch(/at id: found "week 3"; a name has 1 to 64 letters/);
    expect(told).not.toMatch(/[\^$]|Invalid|Expected/);
  });

  it('links to words of the page whichever of its lessons teaches them', () => {
    const own = { ...files, 'lesson.en.md': (files['lesson.en.md'] ?? '').replace('(term:', '(term:their-') };
    const read = (shared?: (id: string) => boolean) => readLesson(own, terms, shared).problems.length;
    expect(read()).toBe(1);
    expect(read((id) => id.startsWith('their-'))).toBe(0);
  });

  it('tells of a link and of a number in the line where they stand', () => {
    const text = files['lesson.en.md'] ?? '';
    const lineOf = (words: string) => text.slice(0, text.indexOf(words)).split('\n').length;
    const [link] = toldOf('lesson.en.md', (all) => all.replace('term:sequence-number', 'term:half-close'));
    expect(link).toContain(`:${lineOf('term:sequence-number')}: `);
    const [number] = toldOf('lesson.en.md', (all) => all.replace('${left}', '${right}'));
    expect(number).toContain(`:${lineOf('${left}')}: `);
  });

  it('that an editor began with a byte order mark is read as any', () => {
    expect(toldOf('lesson.en.md', (text) => `\ufeff${text}`)).toEqual([]);
  });

  it.each([
    ['### More', /a section has no headings/],
    ['# More', /a section has no headings/],
    ['| a | b |\n|---|---|', /a table is not drawn/],
    ['it is ~~wrong~~', /strikes nothing out/],
    ['a <b>word</b>', /HTML is not read/],
  ])('has no %s in its text', (words, told) => {
    expect(toldOf('lesson.en.md', (text) => `${text}\n\n${words}\n`)).toEqual([expect.stringMatching(told)]);
  });

  it('is read from its folder', () => {
    const { lesson, problems } = readLesson(files, terms);
    expect(problems).toEqual([]);
    expect(lesson?.texts.en.title).toBe('A small lesson');
    expect(lesson?.texts.zh.sections.map(({ title }) => title)).toEqual([
      '丢掉第三个报文段',
      '第三个报文段',
      '谁先完成',
      '用在哪里',
    ]);
    expect(lesson?.beats.map(({ id }) => id)).toEqual(['lose-it', 'third', 'when']);
  });

  it('has no answers with it', () => {
    expect(files['beats/third.json']).not.toMatch(/witness|chaffs|diagnosed_as/);
  });

  it.each([
    ['lesson.en.md', (text: string) => text.replace('# A small', 'A small'), /the first line is not/],
    ['lesson.en.md', (text: string) => text.replace('> The third', 'The third'), /the question with which/],
    ['lesson.en.md', (text: string) => text.replace('\n---\n', '\n'), /:7: there are 0 lines “---”/],
    ['lesson.zh.md', (text: string) => text.replace('## 谁先完成', ''), /there are 3 sections; 3 steps/],
    [
      'lesson.en.md',
      (text: string) => text.replace('term:sequence-number', 'term:half-close'),
      /“half-close” has no card/,
    ],
    ['lesson.en.md', (text: string) => text.replace('rule:listen_syn', 'https://example.org/'), /:20: .*https:/],
    ['lesson.en.md', (text: string) => text.replace('${left}', '${right}'), /nothing is called “right”/],
    ['lesson.en.md', (text: string) => text.replace('- A SYN', '![a](b.png)\n\n- A SYN'), /has no pictures/],
    ['lesson.json', (text: string) => text.replace('tcplab-lesson/1', 'tcplab-lesson/9'), /at format/],
    ['lesson.json', (text: string) => text.replace('"when"]', '"when", "gone"]'), /beats\/gone\.json:0: .*missing/],
    ['lesson.json', () => '{', /not JSON/],
    [
      'beats/when.json',
      (text: string) => text.replace('"questions":[', '"questions":[{"kind":"say"},'),
      /at questions/,
    ],
  ])('%s that is wrong is named', (file, change, expected) => {
    const told = toldOf(file, change);
    expect(told.length).toBeGreaterThan(0);
    expect(told.join('\n')).toMatch(expected);
  });

  it('is told missing as a whole', () => {
    const { lesson, problems } = readLesson({}, terms);
    expect(lesson).toBeUndefined();
    expect(problems).toHaveLength(1);
  });
});

describe('the text of a lesson', () => {
  it('keeps raw HTML as text', () => {
    const { blocks, unfit } = readMarkdown('A <b onclick="x">bold</b> word\n\n<script>alert(1)</script>\n');
    expect(unfit).toEqual([]);
    expect(JSON.stringify(blocks)).toContain('<script>alert(1)</script>');
    expect(JSON.stringify(blocks)).not.toContain('html');
  });

  it.each(['https://example.org', 'javascript:alert(1)', 'data:text/html,x', 'term:../x', 'world:x', ''])(
    'leads not to %s',
    (url) => {
      const { blocks, unfit } = readMarkdown(`See [there](${url}) now.`);
      expect(unfit).toHaveLength(1);
      expect(JSON.stringify(blocks)).not.toContain('"link"');
    },
  );

  it('is divided by a line, also right below a paragraph', () => {
    const { text } = readLessonText('# T\n\nP\n\n> Q\n\n## One\n\nbefore\n---\nafter\n');
    const [section] = text.sections;
    expect(section?.before).toHaveLength(1);
    expect(section?.after).toHaveLength(1);
  });

  it('takes its numbers by name', () => {
    const { blocks } = readMarkdown('**${a_b}** and `seq ${c}`, $d, ${e f}');
    expect(namesIn(blocks)).toEqual(['a_b', 'c']);
    expect(filled('${a} ${b}', (name) => (name === 'a' ? '1001' : undefined))).toBe('1001 …');
  });
});

const shipped = resolve(import.meta.dirname, '../../exercises/lessons');
const names = existsSync(shipped)
  ? readdirSync(shipped, { withFileTypes: true }).filter((each) => each.isDirectory())
  : [];

describe.skipIf(names.length === 0)('the lessons that are shipped', () => {
  const pack = new Pack(lessonIndex(shipped), {});
  it.each(names.map(({ name }) => name))('%s is whole', (name) => {
    const { lesson, problems } = readLesson(lessonFiles(resolve(shipped, name)), pack.terms);
    expect(problems.map(({ file, line, message }) => `${file}:${line}: ${message.en}`)).toEqual([]);
    expect(lesson?.about.id).toBe(name);
    expect(pack.stepOf(name)?.number).toBe(lesson?.about.number);
  });
});
