/** The first 30 seconds: what is told of them is what the engine does. */
import { describe, expect, it, vi } from 'vitest';
import { api, hasEngine } from './engine.ts';
import { memoryStorage } from './memory-storage.ts';

vi.mock('../src/engine/client.ts', () => import('./engine-client.ts'));
vi.stubGlobal('localStorage', memoryStorage());
vi.stubGlobal('window', { matchMedia: () => ({ matches: true }) });

const { Beginning, isRemembered } = await import('../src/learn/beginning/beginning.svelte.ts');
const { default: scenario } = await import('../src/learn/beginning/run.json?raw');

const second = 1e6;

describe.skipIf(!hasEngine)('the first 30 seconds', () => {
  it('stop with the third segment half-way, in 50 ms that begin at 110 ms', async () => {
    const run = new Beginning();
    await run.begin();
    expect(run.phase).toBe('third');
    expect(run.session.t).toBe(135_000);
    expect(run.session.branch?.status?.in_flight.map(({ flags }) => flags)).toEqual(['ACK']);
    run.dispose();
  });

  it('are told by the run: 1 s until the SYN,ACK comes again, and 300 s until hello is given up', async () => {
    const run = new Beginning();
    await run.begin();
    await run.drop();
    expect([run.phase, run.repaired]).toEqual(['hello', second]);
    await run.sayHello();
    expect(run.phase, 'nothing is said to a computer that is on').toBe('hello');
    await run.switchOff();
    await run.sayHello();
    expect([run.phase, run.outcome]).toEqual(['bet', undefined]);
    await run.commit('ever');
    // RFC 9293 §3.8.3: 5 min. RTO 1 s, doubled to at most 60 s: at 0, 1, 3, 7, 15, 31, 63, 123, 183 and 243 s.
    expect(run.outcome).toEqual({ hellos: 10, wait: second, time: 300 * second });
    expect([run.phase, isRemembered()]).toEqual(['over', true]);
    await run.begin(true);
    expect([run.phase, run.isOff, run.bet]).toEqual(['third', false, undefined]);
    run.dispose();
  });

  it('do not answer what was not asked', async () => {
    const run = new Beginning();
    await run.begin();
    await run.commit('second');
    await run.switchOff();
    expect([run.phase, run.isOff, run.bet]).toEqual(['third', false, undefined]);
    await run.letGo();
    await run.drop();
    expect([run.phase, run.dropped, run.repaired]).toEqual(['hello', false, undefined]);
    run.dispose();
  });

  it('say that Windows gives up after about a minute', async () => {
    const opened = await api.open(scenario.replace('"rfc9293"', '"windows"'), 1);
    if (!('session' in opened)) throw new Error('the profile is refused');
    const { now } = await api.runUntil(opened.session, second, 100);
    await api.act(opened.session, { do: 'crash', host: 'server' }, now);
    await api.act(opened.session, { do: 'send', host: 'client', socket: 'c', text: 'hello' }, now);
    await api.step(opened.session, 1000);
    const failed = (await api.trace(opened.session, 0)).find((event) => event.kind === 'return' && event.error);
    const time = ((failed?.t ?? 0) - now) / second;
    expect(time).toBeGreaterThan(45);
    expect(time).toBeLessThan(90);
  });
});
