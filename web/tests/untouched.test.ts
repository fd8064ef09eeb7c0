/** What of a build is judged when it is handed in. */
import { describe, expect, it } from 'vitest';
import { isUntouched } from '../src/exercise/kinds/build/build.ts';

const reached = { holds: true };
const open = { holds: false };

describe('a build', () => {
  it.each([
    ['nothing was done, and a goal is open', [], [reached, open], true],
    ['something was done', [{ do: 'drop' }], [open], false],
    ['nothing had to be done', [], [reached, reached], false],
    ['what its goals would be is not known', [], [], false],
  ])('%s', (_, actions, goals, untouched) => {
    expect(isUntouched(actions, goals)).toBe(untouched);
  });
});
