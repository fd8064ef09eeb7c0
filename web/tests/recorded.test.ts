import { describe, expect, it } from 'vitest';
import { microseconds, separate } from '../src/lab/session/recorded.ts';

describe('microseconds', () => {
  it.each([
    ['50ms', 50_000],
    ['1.5s', 1_500_000],
    ['2min', 120_000_000],
    ['138001us', 138_001],
  ])('reads %s', (text, value) => expect(microseconds(text)).toBe(value));
  it.each(['', 'ms', '5', '-1s', '1e3ms', 5, null])('refuses %s', (text) => expect(microseconds(text)).toBeUndefined());
});

describe('separate', () => {
  it('tells what was recorded from what was written', () => {
    const scenario = {
      format: 'tcplab-scenario/1',
      script: [
        { at: '0ms', host: 'server', do: 'listen', port: 80 },
        { at: '138ms', step: 4, do: 'drop', segment: 3 },
      ],
    };
    const parts = separate(JSON.stringify(scenario));
    expect(parts?.recorded).toEqual([{ action: { do: 'drop', segment: 3 }, step: 4, at: 138_000 }]);
    expect(JSON.parse(parts?.base ?? '')).toEqual({ ...scenario, script: [scenario.script[0]] });
  });

  it('has nothing to say about anything else', () => {
    expect(separate('{"script":[]}')).toBeUndefined();
    expect(separate('no JSON')).toBeUndefined();
    expect(separate('{"script":[{"at":"x","step":1,"do":"drop"}]}')).toBeUndefined();
  });
});
