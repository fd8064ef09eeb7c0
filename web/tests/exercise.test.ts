/** The page's idea of exercises and verdicts, checked against the real engine with the shipped exercises. */
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import misconceptions from '@exercises/misconceptions.json';
import { answersText, readAnswers } from '../src/exercise/answers-file.ts';
import { MisconceptionFile } from '../src/exercise/misconceptions.ts';
import { answersOf, bySteps, stepsOf, verdictsOf } from '../src/exercise/steps.ts';
import type { Asked } from '../src/exercise/kinds/all.ts';
import { Loaded, Problems, Verdict, type Exercise } from '../src/exercise/types.ts';
import { api, hasEngine } from './engine.ts';

if (!hasEngine) console.log('skipped: the engine is not built (build/wasm/tcplab.js)');

const folder = resolve(import.meta.dirname, '../../exercises');
const texts = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => /^(\d\d-[^/]*|lessons\/[^/]+\/(exercises|beats)\/[^/]+)\.json$/.test(name))
  .map((name) => [name, readFileSync(resolve(folder, name), 'utf8')] as const);

async function load(text: string, seed: number): Promise<Exercise> {
  const answer = await api.exercise(text, seed);
  expect(v.safeParse(Loaded, answer).issues?.map((issue) => v.getDotPath(issue))).toBeUndefined();
  return v.parse(Loaded, answer).exercise;
}

/** An answer that has the right form, whatever it is worth. */
function anyAnswer(asked: Asked): unknown {
  switch (asked.kind) {
    case 'state':
      return Object.fromEntries(asked.hosts.map((host) => [host, asked.options[0]]));
    case 'segment':
      return Object.fromEntries(asked.fields.map((field) => [field, field === 'flags' ? 'SYN' : '1,001']));
    case 'role':
      return asked.hosts.slice(0, 1);
    case 'number':
      return Object.fromEntries(asked.counts.map(({ id }) => [id, 1]));
    case 'pick':
      return [0, 1];
    case 'time':
      return Object.fromEntries([
        ...asked.times.map(({ id }) => [id, '1 s']),
        ...asked.causes.map(({ id, options }) => [id, options[0]?.id]),
      ]);
    case 'order':
      return asked.cards.map(({ id }) => id);
    case 'spot':
      return { place: '1 len', value: 7 };
    case 'build':
    case 'break':
      return [];
    case 'tune':
      return Object.fromEntries(asked.settings.slice(0, 1).map(({ id, options }) => [id, options[1]?.id]));
    case 'claim':
      return Object.fromEntries(asked.slots.map((slot) => [slot.id, slot.options[0]?.id]));
    case 'say':
      return 'words';
    default:
      return asked satisfies never;
  }
}

describe.skipIf(!hasEngine)('exercises of the real engine', () => {
  for (const [name, text] of texts) {
    it(`${name}: asked and judged as the page expects`, async () => {
      for (const seed of [1, 2]) {
        const exercise = await load(text, seed);
        const steps = stepsOf(exercise);
        const answers = Object.fromEntries(steps.map(({ key, asked }) => [key, anyAnswer(asked)]));
        const graded = await api.grade(text, seed, JSON.stringify(answersOf(steps, answers)));
        const verdict = v.parse(Verdict, graded);
        expect(verdict.max).toBe(steps.reduce((sum, { asked }) => sum + asked.points, 0));
        const byStep = verdictsOf(steps, verdict);
        for (const { key, asked } of steps) {
          expect(byStep[key]?.problem, key).toBeUndefined();
          expect(byStep[key]?.max).toBe(asked.points);
          if (asked.kind === 'build') expect(byStep[key]?.goals).toHaveLength(asked.goals.length);
        }
      }
    });

    it(`${name}: every question alone, and answers by step there and back`, async () => {
      const exercise = await load(text, 3);
      const steps = stepsOf(exercise);
      for (const step of steps) {
        const one = answersOf([step], { [step.key]: anyAnswer(step.asked) });
        const verdict = v.parse(Verdict, await api.grade(text, 3, JSON.stringify(one)));
        expect(Object.keys(verdictsOf(steps, verdict))).toEqual([step.key]);
      }
      const all = Object.fromEntries(steps.map(({ key, asked }) => [key, anyAnswer(asked)]));
      expect(bySteps(steps, answersOf(steps, all))).toEqual(all);
    });

    it(`${name}: tells nothing of the answers`, async () => {
      const exercise = await load(text, 4);
      const seen = JSON.stringify(exercise);
      for (const secret of ['"witness"', '"chaffs"', '"need"', '"holds"', '"which"']) {
        expect(seen).not.toContain(secret);
      }
    });
  }

  it('names the misconception behind a wrong answer', async () => {
    const text = texts.find(([name]) => name.startsWith('02'))?.[1] ?? '';
    const exercise = await load(text, 5);
    const { client_isn: client, server_isn: server } = exercise.params as Record<string, number>;
    const answers = { 'third-ack': { flags: 'ACK', seq: client, ack: server, len: 0 } };
    const verdict = v.parse(Verdict, await api.grade(text, 5, JSON.stringify(answers)));
    expect(verdict.questions[0]?.diagnoses[0]).toMatchObject({ misconception: 'M01' });
  });

  it('refuses what is no exercise, with the place', async () => {
    for (const text of ['', '{', '[]', '{"format": "tcplab-exercise/1"}']) {
      const { problems } = v.parse(Problems, await api.check(text, 1));
      expect(problems[0]?.line, text).toBeGreaterThan(0);
      expect(v.is(Problems, await api.exercise(text, 1))).toBe(true);
    }
  });

  it('says what in a scenario has no effect, with the place', async () => {
    const scenario = JSON.parse(readFileSync(resolve(folder, 'scenarios/handshake-data-close.json'), 'utf8')) as object;
    expect(await api.checkScenario(JSON.stringify(scenario))).toEqual({ problems: [], warnings: [] });
    const vain = { ...scenario, faults: [{ match: { from: 'client', flags: 'RST' }, do: 'drop' }] };
    const { problems, warnings } = await api.checkScenario(JSON.stringify(vain, null, 1));
    expect(problems).toEqual([]);
    expect(warnings.map(({ pointer, line, message }) => [pointer, line > 1, message.en])).toEqual([
      ['/faults/0', true, expect.stringContaining('no segment matches this fault')],
    ]);
    expect((await api.checkScenario('{')).problems).toHaveLength(1);
  });

  it('takes answers as the file has them', async () => {
    const text = texts[0]?.[1] ?? '';
    const exercise = await load(text, 6);
    const first = stepsOf(exercise)[0];
    const file = readAnswers(
      answersText({
        exercise: exercise.id,
        rev: exercise.rev,
        seed: 6,
        answers: { [first?.key ?? '']: anyAnswer(first?.asked as Asked) },
      }),
    );
    expect(v.is(Verdict, await api.grade(text, 6, JSON.stringify(file?.answers)))).toBe(true);
  });
});

describe('files around exercises', () => {
  it('reads every misconception', () => {
    expect(v.safeParse(MisconceptionFile, misconceptions).success).toBe(true);
  });

  it('refuses what are no answers', () => {
    const good = { format: 'tcplab-answers/1', exercise: 'a', rev: 1, seed: 2, answers: {} };
    expect(readAnswers(JSON.stringify(good))).toEqual(good);
    const about = { engine: '1.0.0', hints: { q: 2 }, tries: { q: 2, 'q/p': 1 }, revealed: { q: true } };
    expect(readAnswers(JSON.stringify({ ...good, ...about }))).toEqual({ ...good, ...about });
    for (const wrong of ['', '[]', 'null', '{"format":"tcplab-answers/2"}', JSON.stringify({ ...good, seed: -1 })]) {
      expect(readAnswers(wrong)).toBeUndefined();
    }
  });
});
