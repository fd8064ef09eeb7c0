/** Settings that are chosen: the form's part of them, and the numbers of the chart. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { kindOf, type Of } from '../src/exercise/kinds/all.ts';
import { countAt, stepsOf as pathOf, ticks, total } from '../src/exercise/kinds/tune/plotted.ts';
import { changedIn, changesText, costOf } from '../src/exercise/kinds/tune/tune.ts';
import { missingText } from '../src/exercise/shown.ts';
import { stepsOf } from '../src/exercise/steps.ts';
import { Loaded, Verdict } from '../src/exercise/types.ts';
import { api, hasEngine } from './engine.ts';

const setting = (id: string) => ({
  id,
  text: { en: `The ${id}`, zh: id },
  options: [
    { id: 'now', text: { en: '2', zh: '2' }, cost: 0 },
    { id: 'more', text: { en: '4', zh: '4' }, cost: 3 },
  ],
});
const asked = {
  id: 'q',
  kind: 'tune',
  settings: [setting('ports'), setting('toString')],
  most: 1,
} as unknown as Of<'tune'>;
const kind = kindOf(asked);

describe('a question about settings', () => {
  it('wants one that is changed, and no more than are allowed', () => {
    expect(kind.missing(asked, undefined)).toEqual(['ports']);
    expect(missingText(asked, {})).toBe('Change at least one setting.');
    expect(kind.missing(asked, { toString: 'more' })).toEqual([]);
    expect(kind.missing(asked, { ports: 'more', toString: 'more' })).toEqual(['ports']);
    expect(missingText(asked, { ports: 'more', toString: 'more' })).toContain('Only 1 setting may be changed');
  });

  it('takes what does not exist for what is there now', () => {
    expect(changedIn(asked, { ports: 'none such', other: 'more' })).toEqual([]);
    expect(changedIn(asked, 'ports')).toEqual([]);
    expect(costOf(asked, { ports: 'more', toString: 'more' })).toBe(6);
    expect(changesText(asked, { ports: 'more' })).toEqual(['The ports: 4']);
  });
});

describe('a chart', () => {
  const points: [number, number][] = [
    [1_000_000, 1],
    [3_000_000, 4],
  ];

  it('counts until a moment, that moment too', () => {
    expect([0, 999_999, 1_000_000, 2_999_999, 9_000_000].map((t) => countAt(points, t))).toEqual([0, 0, 1, 1, 4]);
    expect(total([])).toBe(0);
  });

  it('goes in steps to its end', () => {
    const same = (n: number) => n;
    expect(pathOf([[2, 1]], 5, same, same)).toBe('M0 0H2V1H5');
    expect(pathOf([], 5, same, same)).toBe('M0 0H5');
  });

  it('has a few round times, the last not before the end', () => {
    expect(ticks(21_000_000, 5)).toEqual([0, 5, 10, 15, 20, 25].map((s) => s * 1e6));
    expect(ticks(0, 5)).toEqual([0]);
    expect(ticks(100 * 3.6e9, 5).length).toBeLessThanOrEqual(7);
  });
});

describe.skipIf(!hasEngine)('with the real engine', () => {
  const text = readFileSync(resolve(import.meta.dirname, '../../tests/unit/exercise/four-callers.json'), 'utf8');

  it('is asked and judged as the page expects', async () => {
    const { exercise } = v.parse(Loaded, await api.exercise(text, 1));
    const [step] = stepsOf(exercise);
    if (step?.asked.kind !== 'tune') throw new Error('no tune');
    expect(step.asked.plotted).toEqual([
      [
        [20_010_000, 1],
        [30_010_000, 2],
      ],
    ]);
    const graded = v.parse(Verdict, await api.grade(text, 1, JSON.stringify({ ports: { ports: 'three' } })));
    const verdict = graded.questions[0];
    expect(verdict?.goals.map(({ holds }) => holds)).toEqual([false, true]);
    expect(verdict?.tuned).toMatchObject({ cost: 1, best: { cost: 2 }, plotted: [[[30_010_000, 1]]] });
    const n = verdict?.goals[0]?.why?.n;
    expect(verdict?.tuned?.events.find((event) => event.n === n)?.kind).toBe('return');
  });
});
