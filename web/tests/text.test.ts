import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { TraceEvent } from '../src/engine/types.ts';
import catalogue from '../../exercises/rules.json' with { type: 'json' };
import { sentences, setLanguage } from '../src/i18n/index.svelte.ts';
import { clock, describe as inWords, fit, labelText, readersClock, roughly } from '../src/lab/model/text.ts';
import { learn } from '../src/lab/catalogue/names.svelte.ts';
import { api, hasEngine } from './engine.ts';

describe('clock', () => {
  it.each([
    [0, '0 ms'],
    [1, '0.001 ms'],
    [250, '0.25 ms'],
    [60_000, '60 ms'],
    [138_500, '138.5 ms'],
    [370_250, '370.25 ms'],
    [999_980, '999.98 ms'],
    [1_250_000, '1.25 s'],
    [59_999_700, '59.9997 s'],
    [90_050_000, '1 min 30.05 s'],
    [119_999_999, '1 min 59.999999 s'],
    [240_000_000, '4 min'],
    [3_599_960_000, '59 min 59.96 s'],
    [3_661_000_000, '1 h 1 min 1 s'],
    [18_000_000_000, '5 h'],
    [18_000_050_000, '5 h 0.05 s'],
    [-1_500, '−1.5 ms'],
  ])('shows %i µs as %s', (time, text) => expect(clock(time)).toBe(text));

  it('tells every two moments apart, however late', () => {
    for (const late of [0, 999_999, 59_999_999, 90_050_000, 3_599_999_999, 18_000_000_000, 360_000_000_000]) {
      expect(clock(late + 1)).not.toBe(clock(late));
      expect(clock(late + 50_000)).not.toBe(clock(late + 100_000));
    }
  });
});

describe('a reader between two events', () => {
  it.each([
    [18_000_050_000, '5 h 0.05 s'],
    [18_000_050_400.25, '5 h 0.05 s'],
    [18_000_051_400.25, '5 h 0.051 s'],
    [123_456.7, '123.5 ms'],
  ])('at %d µs reads %s', (time, text) => expect(readersClock(time)).toBe(text));
});

describe('the length of a silence', () => {
  it.each([
    [340_000, '340 ms'],
    [12_345_678, '12.346 s'],
    [119_960_000, '2 min'],
    [125_312_345, '2 min 5.3 s'],
    [17_980_123_456, '4 h 59 min 40 s'],
  ])('%i µs is said as %s', (time, text) => expect(roughly(time)).toBe(text));
});

describe('fit', () => {
  it.each([
    ['close()', 7, 'close()'],
    ['close()', 6, 'close…'],
    ['send("pay 100 to A")', 12, 'send("pay 1…'],
    ['send("pay 100 to A")', 11, 'send("pay…'],
    ['“你好”', 6, '“你好”'],
    ['“你好”', 5, '“你…'],
    ['x', 0, '…'],
  ])('shows %s in %i letters as %s', (text, letters, shown) => expect(fit(text, letters)).toBe(shown));
});

describe('data in a sentence', () => {
  it('is cut where nobody reads on, and its length is said', () => {
    const event = {
      n: 0,
      t: 0,
      kind: 'deliver',
      host: 'server',
      bytes: 758,
      text: 'abcdefgh '.repeat(84),
    } as unknown as TraceEvent;
    expect(inWords(event, 'absolute')).toMatch(/^server gives its application 758 bytes: “abcdefgh .{91}…”$/);
  });
});

describe.skipIf(!hasEngine)('calls and what they tell', () => {
  beforeAll(async () => learn(await api.catalogue()));
  const at = { n: 0, step: 0, t: 0, host: 'server', rule: 'script_action' };
  const call = (said: Record<string, unknown>) => ({ ...at, kind: 'call', ...said }) as TraceEvent;
  const told = (option: string, value: unknown) =>
    ({ ...at, kind: 'return', call: 'getsockopt', option, value }) as TraceEvent;
  const info = { state: 'ESTABLISHED', rto: 257_500, rtt: 105_000, unacked: 0, options: ['timestamps', 'sack'] };

  it.each([
    [call({ call: 'bind', port: 80 }), 'server calls bind(80)', 'bind(80)'],
    [
      call({ call: 'setsockopt', option: 'SO_LINGER', value: '3s' }),
      'server calls setsockopt(SO_LINGER, 3s)',
      'SO_LINGER=3s',
    ],
    [
      call({ call: 'setsockopt', option: 'SO_REUSEADDR', value: true }),
      'server calls setsockopt(SO_REUSEADDR, true)',
      'SO_REUSEADDR=1',
    ],
    [call({ call: 'getsockopt', option: 'SO_ERROR' }), 'server calls getsockopt(SO_ERROR)', 'SO_ERROR?'],
    [told('SO_ERROR', ''), 'server: SO_ERROR is 0', '= 0'],
    [told('SO_ERROR', 'ECONNREFUSED'), 'server: SO_ERROR is ECONNREFUSED', '= ECONNREFUSED'],
    [told('SO_LINGER', -1_000_000), 'server: SO_LINGER is off', '= off'],
    [told('TCP_KEEPIDLE', 60_000_000), 'server: TCP_KEEPIDLE is 1 min', '= 1 min'],
    [told('TCP_KEEPCNT', 3), 'server: TCP_KEEPCNT is 3', '= 3'],
    [
      told('TCP_INFO', info),
      'server: TCP_INFO is state ESTABLISHED, retransmission timeout 257.5 ms, round-trip time 105 ms, segments not acknowledged 0, options timestamps sack',
      '= state ESTABLISHED, retransmission timeout 257.5 ms, round-trip time 105 ms, segments not acknowledged 0, options timestamps sack',
    ],
    [call({ call: 'crash' }), 'server crashes', 'crash'],
    [call({ call: 'kill' }), 'the process on server is killed', 'killed'],
  ])('%j', (event, words, label) => {
    expect(inWords(event, 'absolute')).toBe(words);
    expect(labelText(event)).toBe(label);
  });
});

describe.each(['en', 'zh'] as const)('what an event is called, %s', (language) => {
  beforeAll(() => {
    vi.stubGlobal('document', { documentElement: {} });
    setLanguage(language);
  });
  afterAll(() => setLanguage('en'));

  it.each(Object.keys(catalogue.rules))('a sentence takes up a remark by %s without a second stop', (rule) => {
    const event = { n: 0, step: 0, t: 0, host: 'server', rule, kind: 'note' } as TraceEvent;
    expect(sentences([inWords(event, 'absolute')])).not.toMatch(/[.。]{2}/u);
  });
});
