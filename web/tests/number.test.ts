/** Questions about numbers of events: the form's part of them. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { kindOf, type Of } from '../src/exercise/kinds/all.ts';
import { fieldName, fieldValue, missingText } from '../src/exercise/shown.ts';
import { stepsOf } from '../src/exercise/steps.ts';
import { waits } from '../src/exercise/stage.ts';
import { Loaded, Verdict } from '../src/exercise/types.ts';
import { api, hasEngine } from './engine.ts';

const asked = {
  id: 'syns',
  kind: 'number',
  pause: null,
  hosts: ['client'],
  counts: [
    { id: 'sent', text: { en: 'SYNs', zh: 'SYN 数' } },
    { id: 'toString', text: { en: 'FINs', zh: 'FIN 数' } },
  ],
} as unknown as Of<'number'>;
const kind = kindOf(asked);

describe('a question about numbers', () => {
  it('misses each number until it is written', () => {
    expect(kind.missing(asked, undefined)).toEqual(['sent', 'toString']);
    expect(kind.missing(asked, { sent: '0', toString: ' ' })).toEqual(['toString']);
    expect(kind.missing(asked, { sent: 0, toString: '1,001' })).toEqual([]);
    expect(missingText(asked, { sent: '2' })).toContain('FINs');
  });

  it('calls them what is counted', () => {
    expect(fieldName(asked, 'sent')).toBe('SYNs');
    expect(fieldValue(asked, 'sent', 0)).toBe('0');
  });

  it('waits before the run, also without a pause, and for the hosts of which something is counted', () => {
    expect(waits(asked)).toBe(true);
    expect(kind.hosts?.(asked)).toEqual(['client']);
  });
});

describe.skipIf(!hasEngine)('with the real engine', () => {
  const text = readFileSync(resolve(import.meta.dirname, '../../tests/unit/exercise/how-many.json'), 'utf8');

  it('is asked and judged as the page expects', async () => {
    const { exercise } = v.parse(Loaded, await api.exercise(text, 1));
    const [step] = stepsOf(exercise);
    expect(step?.asked.kind).toBe('number');
    const graded = v.parse(Verdict, await api.grade(text, 1, JSON.stringify({ syns: { 'so-far': '１', again: 'x' } })));
    const fields = graded.questions[0]?.fields ?? [];
    expect(fields.map(({ correct }) => correct)).toEqual([true, false]);
    expect(fields[1]?.problem?.zh).toBe('从现在起它发送的 SYN：发现 "x"；允许：从 0 到 4294967295 的整数');
  });
});
