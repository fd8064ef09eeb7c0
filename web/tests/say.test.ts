/** Free text: where it is asked. */
import * as v from 'valibot';
import { expect, it } from 'vitest';
import { kindOf, type Of } from '../src/exercise/kinds/all.ts';
import { waits } from '../src/exercise/stage.ts';

const asked = (pause: { step: number; t: number } | null): Of<'say'> =>
  v.parse(kindOf({ kind: 'say' }).asked, {
    id: 'words',
    kind: 'say',
    points: 0,
    hints: { en: [], zh: [] },
    pause,
    text: { en: 'Why?', zh: '为什么？' },
    model: { en: 'So.', zh: '所以。' },
  }) as Of<'say'>;

it('free text is asked where its pause says, and without one about the whole run', () => {
  expect(waits(asked({ step: 3, t: 70_000 }))).toBe(true);
  expect(waits(asked(null))).toBe(false);
});
