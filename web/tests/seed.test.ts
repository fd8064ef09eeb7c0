import { expect, it } from 'vitest';
import { freshSeed, isOffered } from '../src/exercise/seed.ts';

it.each([
  [0, 30, false],
  [1, 30, true],
  [30, 30, true],
  [31, 30, false],
  [999_999, 200, false],
])('variant %i of %i is offered: %s', (seed, variants, offered) => expect(isOffered(seed, variants)).toBe(offered));

it('what is drawn is offered, also beside a variant that is not', () => {
  for (const variants of [1, 2, 30]) expect(isOffered(freshSeed(variants, 999_999), variants)).toBe(true);
});
