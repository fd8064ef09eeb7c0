/** Segments in flight, in the order in which the dock shows them. */
import { describe, expect, it } from 'vitest';
import { newestFirst } from '../src/lab/dock/newest-first.ts';

describe('segments in flight', () => {
  it('the newest comes first, whatever has come to its end since', () => {
    const flying = [{ n: 9 }, { n: 4 }, { n: 12 }];
    expect(newestFirst(flying).map(({ n }) => n)).toEqual([12, 9, 4]);
    expect(flying.map(({ n }) => n)).toEqual([9, 4, 12]);
  });
});
