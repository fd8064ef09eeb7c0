/** “Can it be done?” on the page: said once, beside the plan, and read from whatever a file holds. */
import { describe, expect, it } from 'vitest';
import { kindOf, type Of } from '../src/exercise/kinds/all.ts';
import { actionsOf, handedIn, saidIn, saidText, waitsForWord } from '../src/exercise/kinds/doubts.ts';
import { missingText } from '../src/exercise/shown.ts';
import { stageOf } from '../src/exercise/stage.ts';
import type { StepVerdict } from '../src/exercise/types.ts';

const asked = {
  kind: 'build',
  doubts: [
    { id: 'pure', text: { en: 'the ACK is pure', zh: 'ACK 是纯的' } },
    { id: 'toString', text: { en: 'it is text', zh: '是文本' } },
  ],
} as unknown as Of<'build'>;
const plain = { kind: 'build', doubts: [] } as unknown as Of<'build'>;
const plan = [{ at: '1s', host: 'client', do: 'close' }];

describe('what was said before', () => {
  it.each([
    [undefined, undefined],
    [true, undefined],
    [[], undefined],
    [{ can: 'yes' }, 'yes'],
    [{ can: 'pure', plan }, 'pure'],
    [{ can: 'toString' }, 'toString'],
    [{ can: 'constructor' }, undefined],
    [{ can: { yes: true } }, undefined],
  ])('%j is %s', (value, said) => expect(saidIn(value, asked)).toBe(said));

  it('is asked only where there are doubts, and has to be said first', () => {
    expect(waitsForWord(true, asked)).toBe(true);
    expect(waitsForWord(true, plain)).toBe(false);
    expect(kindOf(asked).missing(asked, true)).toEqual(['can']);
    expect(kindOf(asked).missing(asked, { can: 'yes' })).toEqual([]);
    expect(kindOf(plain).missing(plain, true)).toEqual([]);
    expect(missingText(asked, true)).toBe('Say first whether it can be done.');
  });

  it('is told in words', () => {
    expect(saidText('yes', asked)).toBe('Yes, it can be done');
    expect(saidText('pure', asked)).toBe('No: the ACK is pure');
  });

  it('is handed in beside the plan, and the plan is found in either form', () => {
    expect(handedIn(asked, 'pure', plan)).toEqual({ can: 'pure', plan });
    expect(handedIn(plain, undefined, plan)).toEqual(plan);
    expect(actionsOf({ can: 'yes', plan })).toEqual(plan);
    expect(actionsOf(plan)).toEqual(plan);
    for (const value of [undefined, 'plan', { plan: 'x' }, { can: 'yes' }]) expect(actionsOf(value)).toEqual([]);
  });

  it('leaves nothing to do once all is done, though it was denied', () => {
    const verdict = { correct: false } as StepVerdict;
    expect(stageOf('build', verdict, true)).toBe('done');
    expect(stageOf('build', verdict, false)).toBe('again');
    expect(stageOf('state', verdict, true)).toBe('shown');
  });
});
