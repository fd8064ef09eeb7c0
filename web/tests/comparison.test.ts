import { describe, expect, it } from 'vitest';
import type { TraceEvent } from '../src/engine/types.ts';
import { compared, type Side } from '../src/lab/model/comparison.ts';

const event = (n: number, t: number) => ({ n, t, kind: 'state' }) as TraceEvent;
const side = (times: number[], now: number, next: number | null = now + 10, ended = false): Side => ({
  events: times.map((t, n) => event(n, t)),
  status: { now, next, ended },
});

describe('a branch beside the one that it left', () => {
  it('differs where the engine says so, each event with its own time', () => {
    expect(compared(1, side([0, 146], 146), side([0, 160], 160))).toEqual({
      kind: 'differ',
      here: event(1, 146),
      there: event(1, 160),
    });
  });

  it('is not called the same as one that has not run so far', () => {
    expect(compared(undefined, side([0, 140, 146], 146), side([0, 140], 140))).toEqual({
      kind: 'behind',
      who: 'there',
      t: 140,
    });
    expect(compared(undefined, side([0, 140], 140), side([0, 140, 146], 146))).toEqual({
      kind: 'behind',
      who: 'here',
      t: 140,
    });
    // At one moment more may happen.
    expect(compared(undefined, side([0, 140, 140], 140), side([0, 140], 140)).kind).toBe('behind');
  });

  it('differs from one that has passed the moment, or has nothing more to come', () => {
    const here = side([0, 140, 146], 146);
    const differ = { kind: 'differ', here: event(2, 146), there: undefined };
    expect(compared(undefined, here, side([0, 140], 150))).toEqual(differ);
    expect(compared(undefined, here, side([0, 140], 140, null))).toEqual(differ);
    expect(compared(undefined, here, side([0, 140], 140, 150, true))).toEqual(differ);
  });

  it('is the same only where both have the same events', () => {
    expect(compared(undefined, side([0, 140], 146), side([0, 140], 140))).toEqual({ kind: 'same' });
  });
});
