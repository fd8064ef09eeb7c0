/** The words that a reader types find the events that a reader means: through the page's words, the engine's names and its search. */
import { beforeAll, describe, expect, it } from 'vitest';
import { segmentOf, type TraceEvent } from '../src/engine/types.ts';
import { learn } from '../src/lab/catalogue/names.svelte.ts';
import { takeRules } from '../src/lab/catalogue/rules.svelte.ts';
import { Hits } from '../src/lab/search/hits.ts';
import { thingsOf, type Thing } from '../src/lab/search/things.ts';
import { wantedBy } from '../src/lab/search/wanted.ts';
import rules from '../../exercises/rules.json';
import refused from '../../exercises/scenarios/refused.json?raw';
import lostSynAck from '../../exercises/scenarios/lost-syn-ack.json?raw';
import closing from '../../exercises/scenarios/handshake-data-close.json?raw';
import { api, hasEngine } from './engine.ts';

describe.skipIf(!hasEngine)('a search in a run', () => {
  let things: Thing[];
  const runs = new Map<string, { session: number; events: TraceEvent[] }>();

  async function run(text: string) {
    const opened = await api.open(text, 1);
    if ('problems' in opened) throw new Error(JSON.stringify(opened.problems));
    await api.step(opened.session, 2000);
    const events: TraceEvent[] = [];
    for (let more; (more = await api.trace(opened.session, events.length)).length > 0;) events.push(...more);
    runs.set(text, { session: opened.session, events });
  }

  beforeAll(async () => {
    const catalogue = await api.catalogue();
    learn(catalogue);
    takeRules(rules, true);
    things = thingsOf(catalogue, ['client', 'server']);
    for (const text of [refused, lostSynAck, closing]) await run(text);
  });

  async function found(text: string, typed: string): Promise<TraceEvent[]> {
    const { session, events } = runs.get(text) ?? { session: 0, events: [] };
    const numbers = await api.find(session, wantedBy(typed, things), 0, 100_000);
    if ('problems' in numbers) throw new Error(JSON.stringify(numbers.problems));
    return [...numbers].map((n) => events[n] as TraceEvent);
  }
  const all = (text: string, says: (event: TraceEvent) => boolean) => (runs.get(text)?.events ?? []).filter(says);
  const flags = (event: TraceEvent): string[] => segmentOf(event)?.flags.split(' ') ?? [];

  it.each([
    ['RST', refused, (e: TraceEvent) => flags(e).includes('RST')],
    ['rst', refused, (e: TraceEvent) => flags(e).includes('RST')],
    ['ECONNREFUSED', refused, (e: TraceEvent) => e.kind === 'return' && e.error === 'ECONNREFUSED'],
    ['connect()', refused, (e: TraceEvent) => 'call' in e && e.call === 'connect'],
    ['server RST', refused, (e: TraceEvent) => e.host === 'server' && flags(e).includes('RST')],
    ['client 收到 RST', refused, (e: TraceEvent) => e.host === 'client' && e.kind === 'segment.received'],
    ['client收到RST', refused, (e: TraceEvent) => e.host === 'client' && e.kind === 'segment.received'],
    ['失败', refused, (e: TraceEvent) => e.kind === 'return' && e.error !== undefined],
    ['81', refused, (e: TraceEvent) => 'segment' in e || (e.kind === 'call' && e.call === 'connect')],
    ['retransmit', lostSynAck, (e: TraceEvent) => e.kind === 'segment.sent' && e.retransmission === true],
    ['重传', lostSynAck, (e: TraceEvent) => e.kind === 'segment.sent' && e.retransmission === true],
    ['lost', lostSynAck, (e: TraceEvent) => e.kind === 'segment.dropped' && e.where === 'network'],
    ['SYN,ACK', lostSynAck, (e: TraceEvent) => flags(e).includes('SYN') && flags(e).includes('ACK')],
    ['syn-ack 丢失', lostSynAck, (e: TraceEvent) => e.kind === 'segment.dropped' && e.where === 'network'],
    ['network lost', lostSynAck, (e: TraceEvent) => e.kind === 'segment.dropped' && e.where === 'network'],
    ['timeout', lostSynAck, (e: TraceEvent) => e.kind === 'timer.fired'],
    ['重传定时器', lostSynAck, (e: TraceEvent) => 'timer' in e && e.timer === 'retransmission'],
    ['retransmission timer', lostSynAck, (e: TraceEvent) => 'timer' in e && e.timer === 'retransmission'],
    ['#1', lostSynAck, (e: TraceEvent) => e.conn === 1],
    ['TIME_WAIT', closing, (e: TraceEvent) => timeWait(e)],
    ['time-wait', closing, (e: TraceEvent) => timeWait(e)],
    ['time wait', closing, (e: TraceEvent) => timeWait(e)],
    ['FIN,ACK', closing, (e: TraceEvent) => flags(e).includes('FIN') && flags(e).includes('ACK')],
    ['ESTABLISHED → FIN_WAIT_1', closing, (e: TraceEvent) => e.kind === 'state' && e.to === 'FIN_WAIT_1'],
    ['2 MSL', closing, (e: TraceEvent) => 'timer' in e && e.timer === 'time_wait'],
  ])('%s', async (typed, text, says) => {
    const expected = all(text, says);
    expect(expected.length).toBeGreaterThan(0);
    expect((await found(text, typed)).map(({ n }) => n)).toEqual(expected.map(({ n }) => n));
  });

  it('finds a word of a rule where that rule made an event', async () => {
    const events = await found(refused, 'RFC 9293 3.10.7.1');
    expect(events.length).toBeGreaterThan(0);
    for (const { rule } of events)
      expect((rules.rules as Record<string, { section: string }>)[rule]?.section).toMatch(/^3\.10\.7\.1/);
  });

  it('finds all that begins with what is typed so far', async () => {
    const numbers = (await found(refused, 'econnref')).map(({ n }) => n);
    const [fails] = all(refused, (e) => e.kind === 'return' && e.error === 'ECONNREFUSED');
    expect(numbers).toContain(fails?.n);
  });

  it('finds nothing for what did not happen', async () => {
    expect(await found(refused, 'TIME_WAIT')).toEqual([]);
    expect(await found(refused, 'xyzzy')).toEqual([]);
    expect(await found(refused, '"RST"')).toEqual([]);
    expect(wantedBy('  ,  ', things)).toEqual([]);
  });

  it('takes what the engine refuses as problems, and never more words than it takes', async () => {
    const { session } = runs.get(refused) ?? { session: 0 };
    expect(await api.find(session, [['state:OPEN']], 0, 10)).toHaveProperty('problems');
    expect(wantedBy('a '.repeat(30), things)).toHaveLength(20);
  });
});

const timeWait = (event: TraceEvent): boolean =>
  (event.kind === 'state' && [event.from, event.to].includes('TIME_WAIT')) ||
  ('timer' in event && event.timer === 'time_wait');

describe('hits', () => {
  it('are counted, and found by their place, over all slices', () => {
    const hits = new Hits();
    for (const slice of [[2, 3], [], [7], [10, 12, 14]]) hits.add(Uint32Array.from(slice));
    expect(hits.count).toBe(6);
    expect([0, 1, 2, 3, 4, 5, 6].map((place) => hits.at(place))).toEqual([2, 3, 7, 10, 12, 14, undefined]);
    expect([0, 2, 3, 4, 7, 8, 14, 15].map((n) => hits.before(n))).toEqual([0, 0, 1, 2, 2, 3, 5, 6]);
    expect([2, 4, 7, 11, 14, 15].map((n) => hits.has(n))).toEqual([true, false, true, false, true, false]);
  });

  it('may be none', () => {
    const hits = new Hits();
    expect([hits.count, hits.at(0), hits.before(5), hits.has(0)]).toEqual([0, undefined, 0, false]);
  });
});
