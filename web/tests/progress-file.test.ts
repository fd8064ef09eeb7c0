/** Progress as a file: what goes out comes back, once, and whatever else a file says does no harm. */
import { beforeEach, describe, expect, it, vi } from 'vitest';

const kept = new Map<string, string>();
let isFull = false;
const storage = {
  getItem: (key: string) => kept.get(key) ?? null,
  setItem(key: string, value: string) {
    if (isFull) throw new DOMException('full', 'QuotaExceededError');
    kept.set(key, value);
  },
  removeItem: (key: string) => void kept.delete(key),
  key: (n: number) => [...kept.keys()][n] ?? null,
  get length() {
    return kept.size;
  },
};
vi.stubGlobal('localStorage', storage);
vi.stubGlobal('sessionStorage', storage);

const day = 24 * 3600 * 1000;
const now = 1000 * day;
const exercise = '02-third-ack-and-first-data';
const answer = {
  at: now - day,
  item: exercise,
  step: 'q',
  seed: 7,
  kind: 'segment',
  try: 1,
  right: false,
  of: 4,
  could: ['M01'],
  shown: ['M01'],
};
const attempt = { seed: 7, at: 0, answers: { q: { seq: 1 } }, tries: { q: 1 }, met: { q: ['M01'] } };

async function tab() {
  vi.resetModules();
  const file = await import('../src/learn/known/progress-file.ts');
  const student = await import('../src/learn/student.ts');
  const { pack } = await import('../src/learn/pack.ts');
  const take = (what: object) => {
    const read = file.readProgress(JSON.stringify({ format: 'tcplab-progress/1', ...what }));
    if (!read) throw new Error('it is no file of progress');
    return file.takeProgress(read, now);
  };
  const revOf = (id: string) =>
    pack.ready('02-three-way-handshake')?.exercises.find((each) => each.id === id)?.rev ?? 0;
  return { ...file, ...student, take, revOf };
}

beforeEach(() => {
  kept.clear();
  isFull = false;
});

const whole = {
  exposures: [answer],
  // Also one that the map of edges does not draw.
  edges: { 'closed-listen': now - day, 'established-closed-rst': now - day },
  lessons: { '02-three-way-handshake': { 'the-first-byte': { sure: 'certain', right: false } } },
};

describe('a file of progress', () => {
  it('is what was taken from one, and brings nothing twice', async () => {
    const { take, progressText, revOf } = await tab();
    const exercises = { [exercise]: { rev: revOf(exercise), attempts: [attempt] } };
    expect(take({ ...whole, exercises })).toMatchObject({ answers: 1, steps: 1, exercises: 1, edges: 2, left: 0 });
    const text = progressText(now);
    expect(JSON.parse(text)).toMatchObject({ format: 'tcplab-progress/1', ...whole });
    expect(take(JSON.parse(text) as object)).toMatchObject({ answers: 0, steps: 0, exercises: 0, edges: 0, left: 0 });
    kept.clear();
    const other = await tab();
    expect(other.take(JSON.parse(text) as object)).toMatchObject({ answers: 1, steps: 1, exercises: 1, edges: 2 });
    expect(other.progressText(now)).toBe(text);
  });

  it('leaves what is here as it is, and is undone whole', async () => {
    const { take, progressText } = await tab();
    take(whole);
    const before = progressText(now);
    const more = take({
      exposures: [{ ...answer, seed: 8 }],
      edges: { 'closed-listen': 5, 'listen-closed': 6 },
      lessons: { '02-three-way-handshake': { 'the-first-byte': { right: true }, 'two-moments': { right: true } } },
      exercises: { [exercise]: { rev: 1, attempts: [attempt] } },
    });
    expect(more).toMatchObject({ answers: 1, steps: 1, exercises: 1, edges: 1 });
    const after = JSON.parse(progressText(now)) as typeof whole;
    expect(after.edges).toEqual({ ...whole.edges, 'listen-closed': 6 });
    expect(after.lessons['02-three-way-handshake']['the-first-byte']).toEqual({ sure: 'certain', right: false });
    expect(more.undo()).toBe('kept');
    expect(progressText(now)).toBe(before);
  });

  const bad = (change: object) => ({ exposures: [{ ...answer, ...change }] });
  it.each<[string, object]>([
    ['an answer of next year', bad({ at: now + 365 * day })],
    ['an answer without a time', bad({ at: null })],
    ['a try before the first', bad({ try: 0 })],
    ['a question of none', bad({ of: 0 })],
    ['a misconception with a name of its own', bad({ shown: ['<img>'] })],
    ['more misconceptions than there are', bad({ could: Array(41).fill('M01') })],
    ['a name without end', bad({ item: 'x'.repeat(201) })],
    ['a kind that is code', bad({ kind: 'constructor()' })],
    ['no answer', { exposures: [null] }],
    ['an edge between what are no states', { edges: { 'nowhere-else': 1 } }],
    ['an edge of next year', { edges: { 'closed-listen': now + 365 * day } }],
    ['a lesson that is not here', { lessons: { 'no-lesson': {} } }],
    ['a step that is not in it', { lessons: { '02-three-way-handshake': { 'no-step': { right: true } } } }],
    ['a step that is none', { lessons: { '02-three-way-handshake': { 'the-first-byte': 7 } } }],
    ['an exercise that is not here', { exercises: { mine: { rev: 1, attempts: [] } } }],
    ['a key that no exercise from a file has', { exercises: { 'file:../x': { rev: 1, attempts: [] } } }],
    ['a lesson from elsewhere without its pack', { lessons: { 'file:mine': {} } }],
    ['a step that none can be called', { lessons: { 'file:1abc.mine': { 'a/b': { right: true } } } }],
    ['attempts that are none', { exercises: { [exercise]: { rev: 1, attempts: [{ seed: -1 }] } } }],
    ['sums of next year', { sums: { policy: 1, until: now + 365 * day, ideas: {}, firsts: {} } }],
    ['sums without bounds', { sums: { policy: 1, until: 1, ideas: { M01: { score: 1e9 } }, firsts: {} } }],
  ])('is read but for %s', async (_, what) => {
    const { take } = await tab();
    const empty = { answers: 0, steps: 0, exercises: 0, edges: 0, left: 1 };
    expect(take(what)).toMatchObject(empty);
  });

  it.each<[string, string]>([
    ['no JSON', '{'],
    ['nothing', 'null'],
    ['another format', '{"format":"tcplab-progress/2"}'],
    ['lists that are none', '{"format":"tcplab-progress/1","exposures":{}}'],
    ['too many answers', JSON.stringify({ format: 'tcplab-progress/1', exposures: Array(5001).fill(0) })],
  ])('is none: %s', async (_, text) => {
    const { readProgress } = await tab();
    expect(readProgress(text)).toBeUndefined();
  });

  it('of a student whose browser takes nothing says so, and holds as long as the page', async () => {
    const { take, progressText } = await tab();
    isFull = true;
    expect(take(whole).stored).toBe('full');
    expect(JSON.parse(progressText(now))).toMatchObject(whole);
  });
});

describe('what was done in a pack', () => {
  const beat = 'lesson.file:1abc.mine.first';
  const of = (item: string, more = {}) => ({ ...answer, item, could: ['M20'], shown: ['M20'], ...more });
  const done = {
    exposures: [of(beat, { sure: 'certain' }), of('file:quiz', { at: now - day + 1 })],
    lessons: { 'file:1abc.mine': { first: { sure: 'certain', right: false } } },
    exercises: {
      [beat]: { rev: 1, attempts: [attempt] },
      'file:quiz': { rev: 7, attempts: [attempt], finished: true },
    },
  };

  it('goes out and comes back, and is undone', async () => {
    const { take, progressText } = await tab();
    const before = progressText(now);
    const taken = take(done);
    // The step's answer and that it is done are one step, and no exercise.
    expect(taken).toMatchObject({ answers: 2, steps: 1, exercises: 1, left: 0 });
    const text = progressText(now);
    expect(JSON.parse(text)).toMatchObject(done);
    taken.undo();
    expect(progressText(now)).toBe(before);
    kept.clear();
    const other = await tab();
    other.take(JSON.parse(text) as object);
    expect(other.progressText(now)).toBe(text);
  });

  it('goes out also where the browser takes nothing', async () => {
    const { take, progressText } = await tab();
    isFull = true;
    take(done);
    expect(JSON.parse(progressText(now))).toMatchObject(done);
  });

  it('stays as it is where a file answers another text of the exercise', async () => {
    const { take, progressText } = await tab();
    take(done);
    const other = { rev: 9, attempts: [{ ...attempt, seed: 8 }] };
    expect(take({ exercises: { 'file:quiz': other } })).toMatchObject({ exercises: 0, left: 0 });
    expect(JSON.parse(progressText(now))).toMatchObject(done);
  });

  it('counts in what is known: a step at once, an exercise when it is settled or is here no more', async () => {
    const { take, studentNow } = await tab();
    const { knownLessons } = await import('../src/learn/known/ideas.ts');
    const { addFromFile } = await import('../src/exercise/pack.ts');
    const ideas = () =>
      knownLessons(studentNow(now), now).flatMap((lesson) => lesson.ideas.map(({ id, status }) => [id, status]));
    take({ exposures: [done.exposures[0]] });
    expect(ideas()).toEqual([['M20', 'shown']]);

    const text = { title: 'Quiz' };
    addFromFile(
      JSON.stringify({
        id: 'quiz',
        rev: 1,
        chapter: { en: 'x', zh: 'x' },
        text: { en: text, zh: text },
        questions: [{ kind: 'segment' }],
      }),
    );
    take(done);
    expect(ideas()).toEqual([]);
    const open = knownLessons(studentNow(now), now).flatMap((lesson) => lesson.open);
    expect(open).toMatchObject([{ id: 'file:quiz', title: { en: 'Quiz' }, seed: 7 }]);
    const { removeFromFile } = await import('../src/exercise/pack.ts');
    removeFromFile('file:quiz');
    expect(ideas()).toEqual([['M20', 'shown']]);

    take({ exposures: [of('file:other', { right: true, of: 1, shown: [], could: [], at: now })] });
    expect(knownLessons(studentNow(now), now).at(-1)).toMatchObject({ step: undefined, firsts: 1 });
  });
});

describe('what was kept before there was a record', () => {
  it('counts: right at first try, and what wrong answers showed', async () => {
    const { revOf } = await tab();
    const attempts = [{ ...attempt, tries: { q: 2, r: 1 }, right: { q: 2, r: 1 } }];
    const steps = await import('../src/learn/pack.ts').then(({ pack }) =>
      pack
        .ready('02-three-way-handshake')
        ?.exercises.find(({ id }) => id === exercise)
        ?.asks.map((ask) => ask.question),
    );
    const [q, r] = steps ?? [];
    const named = JSON.parse(
      JSON.stringify(attempts).replaceAll('"q":', `"${q}":`).replaceAll('"r":', `"${r}":`),
    ) as typeof attempts;
    kept.set(`tcplab.exercise.${exercise}`, JSON.stringify({ rev: revOf(exercise), attempts: named, passed: true }));
    const { studentNow } = await tab();
    const { exposures } = studentNow(now);
    expect(exposures).toMatchObject([
      { step: q, try: 1, right: false, shown: ['M01'], at: now },
      { step: q, try: 2, right: true, shown: [] },
      { step: r, try: 1, right: true, shown: [] },
    ]);
    // Once: what comes later is on record itself.
    expect(studentNow(now + day).exposures).toEqual(exposures);
  });
});
