import { afterEach, describe, expect, it, vi } from 'vitest';
import { pack } from '../src/app/packed.ts';
import { filesAt, filesIn, filesInLink, NotOpened, packOf, placeOf } from '../src/open/bundle.ts';

const page = 'https://lab.example/course/index.html?x=1#/open?at=packs/mine/';

describe('the place that a link names', () => {
  it.each([
    ['packs/mine/', 'https://lab.example/course/packs/mine/'],
    ['./quiz.json', 'https://lab.example/course/quiz.json'],
    ['packs/../quiz.json', 'https://lab.example/course/quiz.json'],
    ['https://lab.example/course/quiz.json', 'https://lab.example/course/quiz.json'],
  ])('%s is %s', (at, place) => expect(placeOf(at, page)?.href).toBe(place));

  it.each([
    '../quiz.json',
    '/quiz.json',
    '//evil.example/quiz.json',
    'https://evil.example/quiz.json',
    'http://lab.example/course/quiz.json',
    'https://lab.example.evil.example/course/quiz.json',
    'https://lab.example@evil.example/course/quiz.json',
    'javascript:alert(1)',
    'data:application/json,{}',
    'blob:https://lab.example/1',
    'packs/%2e%2e/%2e%2e/quiz.json',
    '\\\\evil.example\\quiz.json',
    'http://[',
  ])('%s is none', (at) => expect(placeOf(at, page)).toBeUndefined());
});

describe('what is in a file', () => {
  const files = { 'lesson.json': '{}', 'beats/one.json': '{}' };

  it('is itself, or what a pack holds', async () => {
    expect(filesIn('{"format":"tcplab-exercise/1"}', 'quiz.json')).toEqual({
      'quiz.json': '{"format":"tcplab-exercise/1"}',
    });
    expect(filesIn('{', 'quiz.json')).toEqual({ 'quiz.json': '{' });
    expect(filesIn(packOf(files), 'x.json')).toEqual(files);
    expect(await filesInLink(await pack(packOf(files)))).toEqual(files);
  });

  it('is handed out without the answers of its exercises and steps', () => {
    const copy = { format: 'tcplab-exercise/1', id: 'one' };
    const exercise = { ...copy, witness: { q: 1 }, chaffs: [{ answers: { q: 2 } }] };
    const whole = { ...files, 'beats/one.json': JSON.stringify(exercise), 'exercises/broken.json': '{"witness":' };
    const handedOut = filesIn(packOf(whole), 'x.json');
    expect(handedOut).toEqual({ ...whole, 'beats/one.json': JSON.stringify(copy) });
  });

  const packed = (of: unknown, format = 'tcplab-pack/1') => JSON.stringify({ format, files: of });
  const whyNot = (text: string) => {
    try {
      return filesIn(text, 'x.json');
    } catch (error) {
      return error;
    }
  };

  it.each(['../up.json', '/root.json', 'constructor\n', '__proto__', '.DS_Store', 'notes.txt', 'a/../../b.json'])(
    'is not a file that is called %j',
    (name) => {
      expect(filesIn(packed({ ...files, [name]: '{}' }), 'x.json')).toEqual(files);
      expect(whyNot(packed({ [name]: '{}' }))).toMatchObject({ why: 'empty' });
    },
  );

  it('may stand in a folder, as who packs one puts it in', () => {
    const inFolder = { 'week-3/lesson.json': '{}', 'week-3/beats/one.json': '{}', '__MACOSX/._lesson.json': '' };
    expect(filesIn(packed(inFolder), 'x.json')).toEqual(files);
  });

  it('is told by the entry or the format that cannot be read', () => {
    expect(whyNot(packed({ ...files, 'beats/two.json': {} }))).toMatchObject({ why: 'entry', file: 'beats/two.json' });
    expect(whyNot(packed(7))).toMatchObject({ why: 'entry', file: 'files' });
    expect(whyNot(packed(files, 'tcplab-pack/2'))).toMatchObject({ why: 'version', file: 'tcplab-pack/2' });
  });

  it('is bounded in length and number', async () => {
    const many = Object.fromEntries(Array.from({ length: 601 }, (_, i) => [`f${i}`, '']));
    for (const files of [many, { long: 'x'.repeat(8_000_001) }]) {
      const text = JSON.stringify({ format: 'tcplab-pack/1', files });
      expect(() => filesIn(text, 'x.json')).toThrow(NotOpened);
    }
    await expect(filesInLink('%%%')).rejects.toMatchObject({ why: 'unreadable' });
  });
});

describe('what lies beside the page', () => {
  afterEach(() => vi.unstubAllGlobals());
  const there = (files: Record<string, Response>) =>
    vi.stubGlobal('fetch', (place: URL) => {
      const answer = Object.entries(files).find(([name]) => place.pathname.endsWith(`/${name}`))?.[1];
      return Promise.resolve(answer?.clone() ?? new Response('', { status: 404 }));
    });
  const known = { term: (id: string) => id === 'segment', exercise: (id: string) => id === '01-handshake-states' };
  const at = (path: string) => placeOf(path, page) as URL;

  it('is a file, or the files that a lesson names; those that are missing are left to whoever reads it', async () => {
    there({
      'lesson.json': new Response(
        '{"beats":["one","two"],"exercises":["a","01-handshake-states"],"terms":["segment"]}',
      ),
      'exercises/01-handshake-states.json': new Response('{}'),
      'terms.json': new Response('{}'),
      'lesson.en.md': new Response('# A lesson'),
      'beats/one.json': new Response('{}'),
    });
    expect(Object.keys(await filesAt(at('packs/mine'), known)).sort()).toEqual([
      'beats/one.json',
      'lesson.en.md',
      'lesson.json',
    ]);
  });

  const contents = (more: object) =>
    new Response(JSON.stringify({ format: 'tcplab-contents/1', title: { en: 'Week 3', zh: '第三周' }, ...more }));

  it('is a pack: its terms, its exercises, and the files of each lesson that is there', async () => {
    there({
      'mine/pack.json': contents({ lessons: ['one', 'gone'], exercises: ['quiz', '01-handshake-states'] }),
      'mine/terms.json': new Response('{}'),
      'mine/exercises/quiz.json': new Response('{}'),
      'mine/one/lesson.json': new Response('{"beats":["a"],"exercises":["quiz","b"],"terms":["new"]}'),
      'mine/one/terms.json': new Response('{}'),
      'mine/one/beats/a.json': new Response('{}'),
      'mine/one/exercises/b.json': new Response('{}'),
      'mine/one/exercises/quiz.json': new Response('{}'),
      'mine/other/lesson.json': new Response('{}'),
    });
    const found = [
      'exercises/quiz.json',
      'one/beats/a.json',
      'one/exercises/b.json',
      'one/lesson.json',
      'one/terms.json',
      'pack.json',
      'terms.json',
    ];
    for (const path of ['packs/mine', 'packs/mine/', 'packs/mine/pack.json'])
      expect(Object.keys(await filesAt(at(path), known)).sort()).toEqual(found);
  });

  it('takes words from beside the lesson where its folder has none, and a pack’s words from the pack alone', async () => {
    const linking = () => new Response('# A\n\nA [new](term:new) word.\n');
    there({
      'terms.json': new Response('above'),
      'mine/lesson.json': new Response('{"beats":["a"]}'),
      'mine/lesson.en.md': linking(),
    });
    expect(await filesAt(at('packs/mine/'), known)).toMatchObject({ 'terms.json': 'above' });
    const card = { id: 'new', lesson: 1, name: { en: 'x', zh: 'x' }, text: { en: 'x', zh: 'x' } };
    there({
      'mine/pack.json': contents({ lessons: ['one'] }),
      'mine/terms.json': new Response(JSON.stringify({ format: 'tcplab-terms/1', terms: [card] })),
      'mine/one/lesson.json': new Response('{"beats":["a"]}'),
      'mine/one/lesson.en.md': linking(),
      'mine/one/terms.json': new Response('not asked for'),
    });
    expect(await filesAt(at('packs/mine/'), known)).not.toHaveProperty('one/terms.json');
  });

  it('is a pack also where a file is not UTF-8: whoever reads that file tells of it', async () => {
    const wrong = new Response(new Uint8Array([0x23, 0x20, 0xff]));
    there({
      'mine/pack.json': contents({ lessons: ['one'] }),
      'mine/one/lesson.json': new Response('{}'),
      'mine/one/lesson.en.md': wrong,
    });
    expect(await filesAt(at('packs/mine/'), known)).toMatchObject({ 'one/lesson.en.md': '# \ufffd' });
    there({ 'mine/pack.json': contents({ lessons: ['one'] }), 'mine/terms.json': wrong });
    expect(await filesAt(at('packs/mine/'), known)).toMatchObject({ 'terms.json': '# \ufffd' });
    there({ 'mine/pack.json': wrong });
    expect(await filesAt(at('packs/mine/'), known)).toEqual({ 'pack.json': '# \ufffd' });
    there({ 'mine/lesson.json': wrong });
    await expect(filesAt(at('packs/mine/'), known)).rejects.toMatchObject({ why: 'unreadable', file: 'lesson.json' });
  });

  it('is fetched from the pack’s folder alone, whatever pack.json says', async () => {
    const asked: string[] = [];
    vi.stubGlobal('fetch', (place: URL) => {
      asked.push(place.href);
      const isContents = place.pathname.endsWith('/pack.json');
      const hostile = contents({ lessons: ['..', '../up', '//evil.example', 'https:evil.example'], exercises: ['..'] });
      return Promise.resolve(isContents ? hostile : new Response('', { status: 404 }));
    });
    expect(Object.keys(await filesAt(at('packs/mine/'), known))).toEqual(['pack.json']);
    for (const href of asked) expect(href).toMatch(/^https:\/\/lab\.example\/course\/packs\/mine\/[\w/-]+\.json$/);
  });

  it('is bounded in all: a pack of large files is not fetched to its end', async () => {
    const lessons = Array.from({ length: 30 }, (_, i) => `l${i}`);
    there({
      'mine/pack.json': contents({ lessons }),
      ...Object.fromEntries(lessons.map((name) => [`${name}/lesson.json`, new Response('x'.repeat(400_000))])),
    });
    await expect(filesAt(at('packs/mine/'), known)).rejects.toMatchObject({ why: 'tooLarge' });
  });

  it('is empty where a folder has neither a lesson nor a pack', async () => {
    there({});
    await expect(filesAt(at('packs/mine/'), known)).rejects.toMatchObject({ why: 'empty' });
  });

  it.each([
    ['missing', new Response('', { status: 404 })],
    ['missing', new Response('<!doctype html>', { headers: { 'content-type': 'text/html' } })],
    ['tooLarge', new Response('{}', { headers: { 'content-length': '4194305' } })],
    ['tooLarge', new Response('x'.repeat(4_194_305))],
    ['unreadable', new Response(new Uint8Array([0xff, 0xfe]))],
  ])('a file is %s: %o', async (why, answer) => {
    there({ 'quiz.json': answer });
    await expect(filesAt(at('quiz.json'), known)).rejects.toMatchObject({ name: 'NotOpened', why, file: 'quiz.json' });
  });

  it('says that there is no network', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('failed')));
    await expect(filesAt(at('quiz.json'), known)).rejects.toMatchObject({ why: 'offline' });
  });
});
