/** Questions about a forged picture: the form's part of them. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { kindOf, type Of } from '../src/exercise/kinds/all.ts';
import { placeOf, spokenRow } from '../src/exercise/kinds/spot/spot.ts';
import { clockText, flagLetters } from '../src/exercise/notation/tcpdump.ts';
import { fieldName, fieldValue, missingText } from '../src/exercise/shown.ts';
import { waits } from '../src/exercise/stage.ts';
import { stepsOf } from '../src/exercise/steps.ts';
import { Loaded, Verdict } from '../src/exercise/types.ts';
import { api, hasEngine } from './engine.ts';

const row = (from: string, to: string, cells: [string, string | number][], arrives: number | null = 60000) => ({
  from,
  to,
  src: '10.0.0.1:40000',
  dst: '10.0.0.2:80',
  t: 10000,
  arrives,
  cells: cells.map(([field, value]) => ({ field, value })),
});
const asked = {
  id: 'wrong',
  kind: 'spot',
  pause: null,
  as: 'ladder',
  states: ['LISTEN', 'SYN_SENT'],
  rows: [
    row('client', 'server', [
      ['flags', 'SYN'],
      ['seq', 1000],
      ['client', 'SYN_SENT'],
    ]),
    row('server', '', [['flags', 'SYN ACK']], null),
  ],
} as unknown as Of<'spot'>;
const kind = kindOf(asked);

describe('a question about a forged picture', () => {
  it.each([
    [undefined, ['place']],
    [{ place: '1' }, ['field']],
    [{ place: '1 ack' }, ['field']], // nothing stands there
    [{ place: '3 seq' }, ['place']],
    [{ place: '1 seq' }, ['value']],
    [{ place: '1 seq', value: ' ' }, ['value']],
    [{ place: '1 client', value: 'LISTEN' }, []],
    ['1 seq', ['place']],
  ])('asks of %j for %j', (value, missing) => expect(kind.missing(asked, value)).toEqual(missing));

  it('says what is missing, and what was found, in words', () => {
    expect(missingText(asked, { place: '1' })).toContain('what is wrong in the segment');
    expect(fieldName(asked, 'place')).toBe('What is wrong');
    expect(fieldValue(asked, 'place', '1 client')).toBe('segment 1, state of client');
    expect(fieldValue(asked, 'value', 1001)).toBe('1001');
    expect(placeOf(asked, '2 flags')).toEqual({ row: 1, field: 'flags' });
    expect(placeOf(asked, 7)).toBeUndefined();
  });

  it('reads a row aloud', () => {
    expect(spokenRow(asked.rows[0]!, 0, 'ladder')).toBe(
      'Segment 1, from client to server: flags SYN, seq 1000, state of client SYN_SENT',
    );
    expect(spokenRow(asked.rows[1]!, 1, 'dump')).toContain('from server to 10.0.0.2:80: flags SYN ACK, lost');
  });

  it('reads a socket of a table aloud, and calls it a line', () => {
    const table = { ...asked, as: 'ss', rows: [row('client', '', [['client', 'TIME_WAIT']])] } as unknown as Of<'spot'>;
    expect(spokenRow(table.rows[0]!, 0, 'ss')).toBe(
      'Line 1, socket of client, 10.0.0.1:40000 to 10.0.0.2:80: state of client TIME_WAIT',
    );
    expect(fieldValue(table, 'place', '1 client')).toBe('line 1, state of client');
  });

  // As tcpdump prints them: S for SYN, a dot for ACK, behind the others.
  it.each([
    ['SYN', 'S'],
    ['SYN ACK', 'S.'],
    ['ACK', '.'],
    ['FIN ACK', 'F.'],
    ['RST', 'R'],
    ['', 'none'],
    ['CWR ACK', 'W.'],
  ])('writes the flags %j as %s', (flags, letters) => expect(flagLetters(flags)).toBe(letters));

  it('has a clock that begins at midnight', () => {
    expect(clockText(10_000)).toBe('00:00:00.010000');
    expect(clockText(3_661_000_001)).toBe('01:01:01.000001');
  });

  it('waits before the run, also without a pause', () => expect(waits(asked)).toBe(true));
});

describe.skipIf(!hasEngine)('with the real engine', () => {
  const text = readFileSync(resolve(import.meta.dirname, '../../tests/unit/exercise/one-thing-wrong.json'), 'utf8');

  it('is asked and judged as the page expects, and tells nothing', async () => {
    const loaded = await api.exercise(text, 1);
    for (const secret of ['"forgeries"', '"forged"', '"ideas"']) {
      expect(JSON.stringify(loaded)).not.toContain(secret);
    }
    const { exercise } = v.parse(Loaded, loaded);
    expect(stepsOf(exercise)[0]?.asked.kind).toBe('spot');
    const answers = { wrong: { place: '2 client', value: 'SYN_RCVD' } };
    const graded = v.parse(Verdict, await api.grade(text, 1, JSON.stringify(answers)));
    expect(graded.questions[0]?.diagnoses[0]?.misconception).toBe('M07');
    expect(graded.questions[0]?.fields.map(({ name, correct }) => [name, correct])).toEqual([
      ['place', false],
      ['value', false],
    ]);
  });

  it('gets a table of sockets as the lesson has it, and every drawing of it parses', async () => {
    const lesson = '../../exercises/lessons/07-time-wait/exercises/7j-one-wrong-line.json';
    const table = readFileSync(resolve(import.meta.dirname, lesson), 'utf8');
    for (let seed = 1; seed <= 10; seed += 1) {
      const { exercise } = v.parse(Loaded, await api.exercise(table, seed));
      const drawn = stepsOf(exercise)[0]?.asked as Of<'spot'>;
      expect(['ss', 'netstat']).toContain(drawn.as);
      expect(drawn.rows.length).toBeGreaterThanOrEqual(7);
      for (const { from, cells, src, dst } of drawn.rows) {
        expect(cells.map(({ field }) => field)).toEqual([from]);
        expect(cells[0]?.value).not.toBe('CLOSED');
        expect(`${src} ${dst}`).toMatch(/^(10\.0\.0\.\d+:\d+|\*:80) (10\.0\.0\.\d+:\d+|\*:\*)$/);
      }
    }
  });
});
