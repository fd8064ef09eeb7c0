import { beforeEach, describe, expect, it, vi } from 'vitest';

const kept = new Map<string, string>();
let written: string[] = [];
const storage = {
  getItem: (key: string) => kept.get(key) ?? null,
  setItem: (key: string, value: string) => {
    written.push(key);
    kept.set(key, value);
  },
  removeItem: (key: string) => void kept.delete(key),
};
vi.stubGlobal('localStorage', storage);
vi.stubGlobal('sessionStorage', storage);

type Attempts = typeof import('../src/exercise/attempts.ts');
/** Each tab has the module, and what it remembers, for itself. */
async function tab(): Promise<Attempts> {
  vi.resetModules();
  return import('../src/exercise/attempts.ts');
}
const reached = { passed: false, finished: false };

describe('answers of one exercise in two tabs', () => {
  let a: Attempts;
  let b: Attempts;
  beforeEach(async () => {
    kept.clear();
    a = await tab();
    b = await tab();
  });

  it('each keeps what the other has answered', () => {
    const mine = a.attemptOf('x', 1, 7);
    const theirs = b.attemptOf('x', 1, 7);
    mine.answers.one = 'A';
    mine.tries.one = 1;
    a.keep('x', 1, mine, reached);
    theirs.answers.two = 'B';
    theirs.drafts.two = 'B';
    b.keep('x', 1, theirs, { passed: false, finished: true });
    mine.answers.three = 'C';
    a.keep('x', 1, mine, reached);
    const whole = b.joined('x', 1, theirs);
    expect(whole.answers).toEqual({ one: 'A', two: 'B', three: 'C' });
    expect(whole.tries).toEqual({ one: 1 });
    expect(a.progressOf('x', 1)).toBe('finished');
  });

  it('what an older page has kept is not lost for the way it counted hints', () => {
    const old = { seed: 7, answers: { one: 'A' }, hints: 2 };
    kept.set('tcplab.exercise.x', JSON.stringify({ rev: 1, attempts: [old] }));
    expect(a.attemptOf('x', 1, 7)).toMatchObject({ answers: { one: 'A' }, hints: {} });
  });

  it('what was taken away stays away, and what was answered again wins', () => {
    const mine = a.attemptOf('x', 1, 7);
    mine.answers = { one: 1, two: 2 };
    a.keep('x', 1, mine, reached);
    const theirs = b.attemptOf('x', 1, 7);
    delete mine.answers.one;
    mine.answers.two = 22;
    a.keep('x', 1, mine, reached);
    theirs.answers.three = 3;
    b.keep('x', 1, theirs, reached);
    expect(a.attemptOf('x', 1, 7).answers).toEqual({ two: 22, three: 3 });
  });

  it('a tab that changed nothing writes nothing', () => {
    const mine = a.attemptOf('x', 1, 7);
    mine.answers.one = 'A';
    a.keep('x', 1, mine, reached);
    const theirs = b.attemptOf('x', 1, 7);
    written = [];
    b.keep('x', 1, theirs, reached);
    a.keep('x', 1, mine, reached);
    expect(written).toEqual([]);
  });

  it('two seeds of it stand beside each other', () => {
    const mine = a.attemptOf('x', 1, 7);
    const theirs = b.attemptOf('x', 1, 8);
    mine.answers.one = 'A';
    theirs.answers.one = 'B';
    a.keep('x', 1, mine, reached);
    b.keep('x', 1, theirs, reached);
    expect(a.attemptOf('x', 1, 7).answers).toEqual({ one: 'A' });
    expect(a.attemptOf('x', 1, 8).answers).toEqual({ one: 'B' });
  });
});

describe('exercises opened from files in two tabs', () => {
  const exercise = (id: string) => {
    const text = { title: id };
    return JSON.stringify({ id, rev: 1, chapter: 'close', text: { en: text, zh: text }, questions: [] });
  };
  const tabWithFiles = async () => {
    vi.resetModules();
    return import('../src/exercise/pack.ts');
  };

  it('each finds what the other has opened, and neither takes it away', async () => {
    kept.clear();
    const a = await tabWithFiles();
    const b = await tabWithFiles();
    a.addFromFile(exercise('one'));
    b.addFromFile(exercise('two'));
    const keys = ['file:one', 'file:two'];
    expect(a.fromFiles().map(({ key }) => key)).toEqual(keys);
    expect(
      b
        .fromFiles()
        .map(({ key }) => key)
        .sort(),
    ).toEqual(keys);
    expect((await tabWithFiles()).fromFiles().map(({ key }) => key)).toEqual(keys);
    b.removeFromFile('file:one');
    expect(a.entryOf('file:one')).toBeUndefined();
    expect(a.fromFiles().map(({ key }) => key)).toEqual(['file:two']);
  });

  it('answers to a file do not count for what its author made of it', async () => {
    kept.clear();
    const { addFromFile } = await tabWithFiles();
    const { attemptOf, keep, progressOf } = await tab();
    const text = exercise('mine');
    const first = addFromFile(text)?.entry;
    if (!first) throw new Error('no exercise');
    const attempt = attemptOf(first.key, first.rev, 1);
    attempt.answers.one = 'A';
    keep(first.key, first.rev, attempt, reached);
    const laidOut = addFromFile(JSON.stringify(JSON.parse(text), null, 2))?.entry;
    expect(progressOf(first.key, laidOut?.rev ?? 0)).toBe('begun');
    const edited = addFromFile(text.replaceAll('"title":"mine"', '"title":"Mine"'))?.entry;
    expect(edited?.key).toBe(first.key);
    expect(progressOf(first.key, edited?.rev ?? 0)).toBe('new');
    expect(attemptOf(first.key, edited?.rev ?? 0, 1).answers).toEqual({});
  });

  it('a file of the same id says what it replaces, and whether answers go with it', async () => {
    kept.clear();
    const { addFromFile } = await tabWithFiles();
    const { replacedBy } = await import('../src/exercise/replaced.ts');
    const { attemptOf, keep } = await import('../src/exercise/attempts.ts');
    const open = (text: string) => {
      const added = addFromFile(text);
      if (!added) throw new Error('no exercise');
      return { ...added, replaced: replacedBy(added.entry, added.before) };
    };
    const text = exercise('mine');
    const titled = (title: string) => text.replaceAll('"title":"mine"', `"title":"${title}"`);
    const { entry, before, replaced } = open(text);
    expect(before).toBeUndefined();
    expect(replaced).toBeUndefined();
    expect(open(JSON.stringify(JSON.parse(text), null, 2)).replaced, 'the same, laid out').toBeUndefined();
    const attempt = attemptOf(entry.key, entry.rev, 1);
    attempt.answers.one = 'A';
    keep(entry.key, entry.rev, attempt, reached);
    expect(open(titled('Mine')).replaced).toEqual({ id: 'mine', answered: true });
    expect(open(titled('Ours')).replaced).toEqual({ id: 'mine', answered: false });
  });
});
