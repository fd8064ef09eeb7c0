/** Questions about an order: the form's part of them. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { kindOf, type Of } from '../src/exercise/kinds/all.ts';
import { moved, placed } from '../src/exercise/kinds/order/order.ts';
import { fieldName, fieldValue, missingText } from '../src/exercise/shown.ts';
import { stepsOf } from '../src/exercise/steps.ts';
import { waits } from '../src/exercise/stage.ts';
import { Loaded, Verdict } from '../src/exercise/types.ts';
import { api, hasEngine } from './engine.ts';

const asked = {
  id: 'life',
  kind: 'order',
  pause: null,
  hosts: ['client'],
  cards: ['a', 'b', 'toString'].map((id) => ({ id, text: { en: `card ${id}`, zh: `卡片 ${id}` } })),
} as unknown as Of<'order'>;
const kind = kindOf(asked);

describe('a question about an order', () => {
  it('is answered when one card is placed: the others may not happen', () => {
    expect(kind.missing(asked, undefined)).toEqual(['order']);
    expect(kind.missing(asked, [])).toEqual(['order']);
    expect(kind.missing(asked, ['b'])).toEqual([]);
    expect(missingText(asked, [])).toBe('Put at least one card in order.');
  });

  it('keeps of a file what are cards, each once', () => {
    expect(placed(asked, ['b', 'x', 'b', 7, 'toString'])).toEqual(['b', 'toString']);
    expect(placed(asked, 'a b')).toEqual([]);
  });

  it.each([
    ['b', -1, ['b', 'a', 'c']],
    ['b', 1, ['a', 'c', 'b']],
    ['a', -1, ['a', 'b', 'c']],
    ['c', 1, ['a', 'b', 'c']],
    ['x', 1, ['a', 'b', 'c']],
  ])('moves %s by %i', (id, by, after) => {
    expect(moved(['a', 'b', 'c'], id, by)).toEqual(after);
  });

  it('names cards by their texts, and places by numbers', () => {
    expect(fieldName(asked, 'b')).toBe('card b');
    expect(fieldValue(asked, 'b', 2)).toBe('place 2');
    expect(fieldValue(asked, 'b', 'aside')).toBe('does not happen');
  });

  it('waits before the run, also without a pause', () => {
    expect(waits(asked)).toBe(true);
  });
});

describe.skipIf(!hasEngine)('with the real engine', () => {
  const text = readFileSync(resolve(import.meta.dirname, '../../tests/unit/exercise/in-order.json'), 'utf8');

  it('is asked and judged as the page expects', async () => {
    const { exercise } = v.parse(Loaded, await api.exercise(text, 1));
    const [step] = stepsOf(exercise);
    expect(step?.asked.kind).toBe('order');
    const answers = { life: ['connect', 'client', 'synack', 'server', 'again'] };
    const graded = v.parse(Verdict, await api.grade(text, 1, JSON.stringify(answers)));
    const fields = Object.fromEntries((graded.questions[0]?.fields ?? []).map((field) => [field.name, field]));
    expect(fields['connect']).toMatchObject({ answer: 1, expected: 1, correct: true });
    expect(fields['again']).toMatchObject({ answer: 5, expected: 'aside', correct: false });
  });
});
