import { describe, expect, it } from 'vitest';
import { hrefOf, parseRoute } from '../src/app/route.ts';

describe('routes', () => {
  it.each([
    '#/',
    '#/lab',
    '#/lab?w=c3ludGg_-',
    '#/learn',
    '#/learn/02-three-way-handshake',
    '#/learn/1',
    '#/known',
    '#/open',
    '#/open?at=packs%2Fmine%2F',
    '#/open?at=packs%2Fmine%2F&item=week-3',
    '#/open?w=c3ludGg_-&item=week-3',
    '#/open?at=packs%2Fmine%2F&item=quiz&seed=3',
    '#/practise',
    '#/practise/time-wait',
    '#/practise/time-wait?seed=7',
  ])('%s comes back as it was', (hash) => expect(hrefOf(parseRoute(hash))).toBe(hash));

  it.each(['', '#', '#/nowhere', '#practice'])('%s is home', (hash) => {
    expect(parseRoute(hash)).toEqual({ view: 'home' });
  });

  it.each(['-1', '1.5', '4294967296', '99999999999', 'x', '1e3'])('seed %s is none', (seed) => {
    expect(parseRoute(`#/practise/a?seed=${seed}`)).toEqual({ view: 'exercise', id: 'a', seed: undefined });
    expect(parseRoute(`#/open?at=a&item=b&seed=${seed}`)).toMatchObject({ view: 'open', item: 'b', seed: undefined });
  });

  it('survives a broken escape', () => {
    expect(parseRoute('#/practise/%E0%A4%A')).toMatchObject({ view: 'exercise' });
  });
});
