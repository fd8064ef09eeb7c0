import { describe, expect, it } from 'vitest';
import type { Action } from '../src/engine/types.ts';
import { inBoth } from '../src/i18n/index.svelte.ts';
import { fieldOf, numberTyped, sendTyped } from '../src/lab/dock/typed.ts';
import firstVisit from '../src/lab/scenarios/first-visit.json?raw';
import { api, hasEngine } from './engine.ts';

describe('what is typed into a form', () => {
  it('is a number when it is digits alone', () => {
    expect(['80', ' 80 ', '0', '007'].map(numberTyped)).toEqual([80, 80, 0, 7]);
    for (const text of ['', 'abc', '-1', '1.5', '1e3', '99999999999999999999']) expect(numberTyped(text)).toBe(text);
  });

  it('is sent as text only when it is not digits alone, however many', () => {
    expect(sendTyped('65537')).toEqual({ bytes: 65537 });
    expect(sendTyped('10000000')).toEqual({ bytes: 10000000 });
    expect(sendTyped('99999999999999999999')).toEqual({ bytes: '99999999999999999999' });
    for (const text of ['hello', '12a', '-1', '1.5']) expect(sendTyped(text)).toEqual({ text });
  });

  describe.skipIf(!hasEngine)('and refused by the engine', () => {
    const world = JSON.parse(firstVisit) as { hosts: object[] };
    const withMallory = JSON.stringify({
      ...world,
      hosts: [...world.hosts, { name: 'mallory', address: '10.0.0.9', stack: 'none' }],
    });
    const socket = { host: 'client', socket: 'socket' };
    const segment = { from: 'client:1', to: 'server:80', flags: 'RST', seq: 0, win: 0 };
    const refused: [Action, string][] = [
      ...['abc', '', '0', '65536', '1.5'].map((text): [Action, string] => [
        { do: 'listen', host: 'server', port: numberTyped(text) },
        text,
      ]),
      ...['胡说', '', 'a', 'server', 'server:0'].map((text): [Action, string] => [
        { do: 'connect', host: 'client', to: text },
        text,
      ]),
      ...['0', '65537', '10000000', '99999999999999999999'].map((text): [Action, string] => [
        { do: 'send', ...socket, ...sendTyped(text) },
        text,
      ]),
      ...['abc', '', '0'].map((text): [Action, string] => [{ do: 'recv', ...socket, bytes: numberTyped(text) }, text]),
      ...(['from', 'to', 'seq', 'win', 'urgent'] as const).map((name): [Action, string] => [
        { do: 'inject', host: 'mallory', segment: { ...segment, [name]: numberTyped('x') } },
        'x',
      ]),
    ];

    it.each(refused)('is told as it was typed, under the name that its form has: %j', async (action, text) => {
      const opened = await api.open(withMallory, 1);
      if ('problems' in opened) throw new Error();
      const { now } = await api.step(opened.session, 8);
      const answer = await api.act(opened.session, action, now);
      if (!('problems' in answer)) throw new Error('it was done');
      const [problem] = answer.problems;
      const typed = typeof numberTyped(text) === 'number' && action.do !== 'connect' ? text : JSON.stringify(text);
      expect(problem?.message.en).toContain(`found ${typed}; allowed: `);
      expect(problem?.message.zh).toContain(`发现 ${typed}；允许：`);
      if (action.do === 'connect') expect(problem?.message.en).toContain('host:port');
      const field = fieldOf(action.do, problem?.pointer ?? '');
      expect(field && inBoth(field).zh).toBeTruthy();
    });
  });
});
