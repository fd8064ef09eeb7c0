/** Questions about times: the form's part of them. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { kindOf, type Of } from '../src/exercise/kinds/all.ts';
import { timeText, toleranceText } from '../src/exercise/kinds/time/time.ts';
import { fieldName, fieldValue, missingText, refusalOf } from '../src/exercise/shown.ts';
import { stepsOf } from '../src/exercise/steps.ts';
import { waits } from '../src/exercise/stage.ts';
import { Loaded, Verdict } from '../src/exercise/types.ts';
import { api, hasEngine } from './engine.ts';

const asked = {
  id: 'when',
  kind: 'time',
  pause: null,
  hosts: ['client'],
  tolerance: 1000,
  times: [
    { id: 'up', text: { en: 'the client is up', zh: '客户端建立' }, is_length: false },
    { id: 'toString', text: { en: 'how long', zh: '多久' }, is_length: true },
  ],
  causes: [
    {
      id: 'why',
      text: { en: 'it leaves', zh: '离开' },
      options: [{ id: 'timer', text: { en: 'by a timer', zh: '因为定时器' } }],
    },
  ],
} as unknown as Of<'time'>;
const kind = kindOf(asked);

describe('a question about times', () => {
  it('misses each time until it is typed, and each cause until it is chosen', () => {
    expect(kind.missing(asked, undefined)).toEqual(['up', 'toString', 'why']);
    expect(kind.missing(asked, { up: 'never', toString: ' ', why: 'timer' })).toEqual(['toString']);
    expect(kind.missing(asked, { up: '60 ms', toString: '0', why: 'timer' })).toEqual([]);
    expect(missingText(asked, { up: '1 s', why: 'timer' })).toContain('how long');
  });

  it('calls them what is asked, and prints times with their units', () => {
    expect(fieldName(asked, 'up')).toBe('the client is up');
    expect(fieldName(asked, 'why')).toBe('cause: it leaves');
    expect(fieldValue(asked, 'up', '1.06s')).toBe('1.06 s');
    expect(fieldValue(asked, 'up', 'never')).toBe('never');
    expect(fieldValue(asked, 'why', 'timer')).toBe('by a timer');
    expect(fieldValue(asked, 'why', 'other')).toBe('other');
  });

  it.each([
    ['60ms', '60 ms'],
    ['3h', '3 h'],
    ['4min', '4 min'],
    ['0', '0 s'],
  ])('prints %s as %s', (value, text) => {
    expect(timeText(value)).toBe(text);
  });

  it('tells how far off an answer may be', () => {
    expect(toleranceText(1000)).toBe('1 ms');
    expect(toleranceText(250)).toBe('250 us');
  });

  it('says once what a time looks like, and which were not one', () => {
    const field = (name: string) => ({
      name,
      correct: false,
      evidence: [],
      elsewhere: [],
      problem: { en: `${name}: found "100"`, zh: name },
    });
    const refused = refusalOf({ fields: ['up', 'toString'].map(field) }, asked);
    expect(refused?.en).toMatch(/with its unit, such as 60 ms.* the client is up, how long\.$/);
    expect(refused?.zh).toContain('客户端建立、多久');
    // A cause is chosen, not typed: the engine says what is wrong there.
    expect(refusalOf({ fields: [field('why')] }, asked)?.en).toBe('why: found "100"');
  });

  it('waits before the run, also without a pause', () => {
    expect(waits(asked)).toBe(true);
    expect(kind.hosts?.(asked)).toEqual(['client']);
  });
});

describe.skipIf(!hasEngine)('with the real engine', () => {
  const text = readFileSync(resolve(import.meta.dirname, '../../tests/unit/exercise/when-each-is-up.json'), 'utf8');

  it('is asked and judged as the page expects', async () => {
    const { exercise } = v.parse(Loaded, await api.exercise(text, 1));
    const [step] = stepsOf(exercise);
    expect(step?.asked.kind).toBe('time');
    const answers = { when: { client: '７ ms', server: '60', trip: 'soon', again: 'never', why: 'ack' } };
    const graded = v.parse(Verdict, await api.grade(text, 1, JSON.stringify(answers)));
    const fields = Object.fromEntries((graded.questions[0]?.fields ?? []).map((field) => [field.name, field]));
    expect(fields['again']?.correct).toBe(true);
    expect(fields['client']?.expected).toMatch(/^\d+ms$/);
    expect(fields['server']?.problem?.zh).toContain('缺少单位');
  });
});
