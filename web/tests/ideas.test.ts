/** Wrong ideas of an attempt as the result tells them. */
import { describe, expect, it } from 'vitest';
import { ideasMet } from '../src/exercise/shown.ts';
import type { Stage } from '../src/exercise/stage.ts';
import type { Step } from '../src/exercise/steps.ts';

const steps = ['a', 'b', 'c'].map((key) => ({ key }) as Step);
const met = (stages: Record<string, Stage>, by: Record<string, string[]>) =>
  ideasMet(steps, by, ({ key }) => stages[key] as Stage);

describe('an idea that answers fitted', () => {
  it('names every question where it was met, and is mended only where all came right', () => {
    const by = { a: ['M01'], b: ['M01', 'M02'], c: ['M02'] };
    expect(met({ a: 'right', b: 'shown', c: 'right' }, by)).toEqual([
      { id: 'M01', steps: [0, 1], mended: false, settled: true },
      { id: 'M02', steps: [1, 2], mended: false, settled: true },
    ]);
    expect(met({ a: 'right', b: 'right', c: 'right' }, by).every(({ mended }) => mended)).toBe(true);
  });

  it('is not refuted while a question that it belongs to waits', () => {
    expect(met({ a: 'shown', b: 'again' }, { a: ['M01'], b: ['M01'] })).toMatchObject([{ settled: false }]);
  });
});
