/** Whether all that a build or a break asks for is done: then, and only then, nothing is enough to hand in. */
import { describe, expect, it } from 'vitest';
import { kindOf } from '../src/exercise/kinds/all.ts';
import type { StepVerdict } from '../src/exercise/types.ts';

const reached = { holds: true };
const open = { holds: false };

describe('what was done', () => {
  it.each([
    ['build', 'a goal is open', { goals: [reached, open] }, false],
    ['build', 'every goal is reached', { goals: [reached, reached] }, true],
    ['build', 'it could not be judged', { goals: [] }, false],
    ['break', 'the runs are the same', { differs: null }, false],
    ['break', 'the runs differ', { differs: { n: 3, other: 3 } }, true],
    ['break', 'it could not be judged', {}, false],
  ] as const)('in a %s: %s', (kind, _, verdict, done) => {
    expect(kindOf({ kind }).isDone?.(verdict as unknown as StepVerdict)).toBe(done);
  });
});
