import { beforeAll, describe, expect, it, vi } from 'vitest';
import { eventText, goalText, missText } from '../src/exercise/goal-text.ts';
import { shortfallLead, shortfallPlace, shortfallText } from '../src/exercise/shortfall.ts';
import { matchFields, type Goal, type Match } from '../src/exercise/goal.ts';
import type { Miss, Shortfall } from '../src/exercise/types.ts';
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
      const value =
        told[field] ?? (['conn', 'len', 'len_min', 'seq', 'ack', 'id', 'copy', 'bytes'].includes(field) ? 4711 : 'Xyz');
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

  it("says how far the run got, of every reason, without the engine's words", () => {
    const count = { count: { of: match, at_least: 3 } };
    const cases: [Goal, Shortfall, lead: string | undefined][] = [
      [count, { reason: 'count', part: '', n: 4, found: 2, misses: [] }, 'goal.countLast'],
      [
        { count: { of: match, at_most: 0 } },
        { reason: 'count', part: '', n: 4, found: 2, misses: [] },
        'goal.countOver',
      ],
      [{ not: count }, { reason: 'count', part: '', n: 4, found: 5, misses: [] }, undefined],
      [{ before: [match, other] }, { reason: 'unlike', part: '', n: null, match, misses: [] }, 'goal.lastChange'],
      [{ eventually: match }, { reason: 'unlike', part: '', n: null, misses: [] }, 'goal.lastChange'],
      [
        { not: { at_end: { host: 'client', state: 'CLOSED' } } },
        { reason: 'state', part: '', n: null, found: 'CLOSED', misses: [] },
        'goal.stateSince',
      ],
      [
        { all: [{ any: [count] }] },
        { reason: 'count', part: '/all/0/any/0', n: 4, found: 2, misses: [] },
        'goal.countLast',
      ],
      [
        { not: { always: { host: 'client', state: 'CLOSED' } } },
        { reason: 'holds', part: '', n: null, misses: [] },
        'goal.broken',
      ],
    ];
    for (const [goal, why, lead] of cases) {
      const said = shortfallText(goal, why).join(' ');
      expect(said).not.toBe('');
      expect(said).not.toMatch(/\{\w+\}|undefined|null/);
      expect(shortfallLead(goal, why)).toBe(lead);
    }
    expect(shortfallText(count, { reason: 'count', part: '', n: 4, found: 2, misses: [] })).toEqual([
      language === 'en' ? 'In your run it happened 2 times.' : '你的运行中发生了 2 次。',
    ]);
  });

  it('says whose last change of state it tells', () => {
    const unlike: Shortfall = { reason: 'unlike', part: '', n: 3, misses: [] };
    const socket = language === 'en' ? 'server (socket accepted)' : 'server（套接字 accepted）';
    expect(shortfallPlace({ eventually: match }, unlike)).toBe('client');
    expect(shortfallPlace({ before: [match, other] }, { ...unlike, match: other })).toBe('server');
    expect(shortfallPlace({ not: { never: match } }, unlike)).toBe('client');
    expect(shortfallPlace({ all: [{ delivered: { host: 'server' } }] }, { ...unlike, part: '/all/0' })).toBe('server');
    expect(shortfallPlace({ always: { host: 'server', socket: 'accepted', state: 'CLOSED' } }, unlike)).toBe(socket);
  });

  it('counts the bytes of a text that came, and does not repeat the text', () => {
    expect(missText({ field: 'text_octets', wanted: 900, found: 500 })).toBe(
      language === 'en'
        ? 'Bytes of this text that came in a row: 500. The goal wants: 900.'
        : '这段文本中连续交出的字节数：500。目标要求：900。',
    );
  });

  it('reads as a sentence', () => {
    expect(goalText({ eventually: match })).toBe(
      language === 'en' ? 'At some point in the run, client enters CLOSING.' : '在某个时刻，client 进入 CLOSING。',
    );
  });
});
