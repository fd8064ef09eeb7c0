import { beforeAll, describe, expect, it, vi } from 'vitest';
import { eventText, goalText, missText } from '../src/exercise/goal-text.ts';
import { matchFields, type Goal, type Match, type Miss } from '../src/exercise/types.ts';
import { setLanguage, type Language } from '../src/i18n/index.svelte.ts';

beforeAll(() => vi.stubGlobal('document', { documentElement: {} }));

const kinds = [
  'call',
  'return',
  'segment.sent',
  'segment.received',
  'segment.dropped',
  'segment.held',
  'segment.released',
  'segment.delayed',
  'segment.duplicated',
  'state',
  'timer.armed',
  'timer.cancelled',
  'timer.fired',
  'deliver',
  'queue',
  'note',
];
const told: Partial<Record<(typeof matchFields)[number], string | number | boolean>> = {
  retransmission: true,
  stale: true,
  where: 'host',
  timer: 'user',
};
/** What a sentence may say in place of the value itself. */
const inWords = ['retransmission', 'stale', 'where', 'timer', 'kind'];

const match: Match = { kind: 'state', host: 'client', to: 'CLOSING' };
const other: Match = { kind: 'segment.sent', host: 'server', flags: 'FIN ACK' };

describe.each<Language>(['en', 'zh'])('goals in words, %s', (language) => {
  beforeAll(() => setLanguage(language));

  it.each(kinds)('tells every field of a match: %s', (kind) => {
    for (const field of matchFields) {
      if (field === 'kind') continue;
      const value = told[field] ?? (['conn', 'len', 'len_min', 'seq', 'ack', 'id', 'copy', 'bytes'].includes(field) ? 4711 : 'Xyz');
      const bare = eventText({ kind });
      const text = eventText({ kind, [field]: value } as Match);
      expect(text, `${kind} ${field}`).not.toBe(bare);
      if (!inWords.includes(field)) expect(text).toContain(String(value));
      expect(text).not.toMatch(/\{\w+\}/);
    }
  });

  it('has words for every predicate', () => {
    const goals: Goal[] = [
      { eventually: match },
      { never: match },
      { count: { of: match, at_least: 2 } },
      { count: { of: match, at_most: 3 } },
      { count: { of: match, at_least: 2, at_most: 3 } },
      { count: { of: match, at_least: 2, at_most: 2 } },
      { before: [match, other] },
      { delivered: { host: 'server', text: 'pay 100 to Ann', stale: true } },
      { delivered: { host: 'server', at_least: 3, stale: false } },
      { at_end: { host: 'client', state: 'CLOSED' } },
      { at_end: { host: 'client', socket: 'listener', state: 'CLOSED' } },
      { at_end: { host: 'client', socket: 'accepted', state: 'CLOSED' } },
      { always: { host: 'client', state: 'ESTABLISHED' } },
      { all: [{ eventually: match }, { never: other }] },
      { any: [{ eventually: match }, { never: other }] },
      { not: { eventually: match } },
    ];
    const texts = goals.map(goalText);
    expect(new Set(texts).size).toBe(goals.length);
    for (const text of texts) expect(text).not.toMatch(/\{\w+\}|undefined/);
  });

  it('says what the nearest event has otherwise', () => {
    const misses: Miss[] = [
      { field: 'to', wanted: 'CLOSING', found: 'FIN_WAIT_2' },
      { field: 'event', wanted: 'rcv RST', found: 'rcv ACK of FIN' },
      { field: 'stale', wanted: true, found: false },
      { field: 'text', wanted: 'pay 100', found: 'pay' },
      { field: 'flags', wanted: 'SYN ACK', found: null },
      { field: 'conn', wanted: 3, found: 2 },
    ];
    const texts = misses.map(missText);
    for (const text of texts) expect(text).not.toMatch(/\{\w+\}|undefined|null|true|false/);
    expect(texts[0]).toBe(
      language === 'en' ? 'New state: FIN_WAIT_2. The goal wants: CLOSING.' : '新状态：FIN_WAIT_2。目标要求：CLOSING。',
    );
  });

  it('reads as a sentence', () => {
    expect(goalText({ eventually: match })).toBe(
      language === 'en' ? 'At some point in the run, client enters CLOSING.' : '在某个时刻，client 进入 CLOSING。',
    );
  });
});
