/** What a lesson takes from runs, what is kept of it, and where its cards stand. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { TraceEvent } from '../src/engine/types.ts';
import { eventOf, fieldOf } from '../src/learn/format/match.ts';
import { figureText, paramText } from '../src/learn/figures.ts';
import { placeOf } from '../src/learn/text/place-card.ts';

const segment = { id: 3, src: 'a', dst: 'b', flags: 'PSH ACK', seq: 1001, ack: 301, len: 5, takes: 5, win: 1 };
const events = [
  { n: 0, step: 0, t: 10_000, host: 'client', rule: 'r', kind: 'state', from: 'CLOSED', to: 'SYN_SENT', event: 'OPEN' },
  { n: 1, step: 1, t: 300_000, host: 'client', rule: 'r', kind: 'segment.sent', bytes: '', segment },
  {
    n: 2,
    step: 2,
    t: 1_300_000,
    host: 'client',
    rule: 'r',
    kind: 'segment.sent',
    bytes: '',
    segment,
    retransmission: true,
  },
] as unknown as TraceEvent[];

describe('an event that prose names', () => {
  it.each([
    [{ kind: 'state', to: 'SYN_SENT' }, 0],
    [{ kind: 'segment.sent', flags: 'ACK' }, 1],
    [{ kind: 'segment.sent', len_min: 5, retransmission: false }, 1],
    [{ kind: 'segment.sent', retransmission: true }, 2],
    [{ kind: 'segment.sent', seq: 1001 }, 1],
  ])('%j', (match, n) => expect(eventOf(events, match)?.n).toBe(n));

  it.each([
    [{ kind: 'segment.sent', flags: 'SYN ACK' }],
    [{ kind: 'segment.sent', len_min: 6 }],
    [{ kind: 'state', flags: 'ACK' }],
  ])('%j is none', (match) => expect(eventOf(events, match)).toBeUndefined());

  it('may be another than the first', () => {
    expect(eventOf(events, { kind: 'segment.sent', flags: 'ACK' }, 2)?.n).toBe(2);
    expect(eventOf(events, { kind: 'segment.sent' }, 3)).toBeUndefined();
  });

  it('is told by its fields', () => {
    expect(fieldOf(events[1] as TraceEvent, 'segment.seq')).toBe(1001);
    expect(fieldOf(events[1] as TraceEvent, 'segment.nothing.more')).toBeUndefined();
    expect(fieldOf(events[1] as TraceEvent, 'constructor')).toBeUndefined();
    expect(figureText({ of: { kind: 'segment.sent' }, nth: 2, field: 't' }, events)).toBe('1.3 s');
    expect(figureText({ of: { kind: 'segment.sent' }, nth: 1, field: 'segment.ack' }, events)).toBe('301');
    expect(figureText({ of: { kind: 'deliver' }, nth: 1, field: 't' }, events)).toBeUndefined();
  });

  it('stands beside what was drawn', () => {
    expect(paramText('40ms')).toBe('40\u00a0ms');
    expect(paramText('5000')).toBe('5000');
    expect(paramText({ en: 'lost', zh: '丢失' })).toBe('lost');
    expect(paramText('a 40ms b')).toBe('a 40ms b');
  });
});

describe('progress', () => {
  let kept: Map<string, string>;

  beforeEach(() => {
    kept = new Map();
    vi.resetModules();
    vi.stubGlobal('localStorage', {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
    });
  });

  const open = () => import('../src/learn/progress.ts');

  it('is kept by step', async () => {
    const { keepDone, standingOf } = await open();
    expect(standingOf('a', ['x', 'y'])).toEqual({ n: 0, standing: 'new' });
    expect(keepDone('a', 'x', { sure: 'certain', right: false })).toBe('kept');
    vi.resetModules();
    const later = await open();
    expect(later.doneIn('a')).toEqual({ x: { sure: 'certain', right: false } });
    expect(later.standingOf('a', ['x', 'y'])).toEqual({ n: 1, standing: 'begun' });
    later.keepDone('a', 'y', { right: true });
    expect(later.standingOf('a', ['x', 'y'])).toEqual({ n: 2, standing: 'read' });
    // A step that the lesson has no more counts for nothing.
    expect(later.standingOf('a', ['x', 'z'])).toEqual({ n: 1, standing: 'begun' });
  });

  it.each(['', '{', '{"version":2,"beats":{}}', '{"version":1,"beats":{"x":{"right":"yes"}}}', '[]'])(
    'that reads %s is none',
    async (text) => {
      kept.set('tcplab.learn.a', text);
      expect((await open()).doneIn('a')).toEqual({});
    },
  );

  it('lives as long as the page where nothing is stored', async () => {
    vi.stubGlobal('localStorage', {
      getItem: () => null,
      setItem: () => {
        throw new DOMException('', 'SecurityError');
      },
    });
    const { keepDone, doneIn } = await open();
    expect(keepDone('a', 'x', { right: true })).toBe('blocked');
    expect(doneIn('a')).toEqual({ x: { right: true } });
  });
});

describe('a card', () => {
  const column = { left: 200, top: 0, right: 1020, bottom: 4000 };
  const card = { width: 320, height: 200 };
  const words = [0, 100, 350, 399, 401, 700, 780].flatMap((top) =>
    [10, 300, 900].map((left) => ({ left, top, right: left + 90, bottom: top + 20 })),
  );

  it.each([320, 360, 800, 1000, 1440])('never covers its word, %i px', (width) => {
    for (const word of words.filter(({ right }) => right <= width)) {
      const height = 800;
      const place = placeOf(word, { width, height, card, column: { ...column, right: Math.min(column.right, width) } });
      const top = 'sheet' in place ? (place.sheet === 'top' ? 0 : height - card.height) : place.top;
      const left = 'sheet' in place ? 0 : place.left;
      const right = 'sheet' in place ? width : left + card.width;
      const apart = top >= word.bottom || top + card.height <= word.top || left >= word.right || right <= word.left;
      expect(apart, JSON.stringify({ word, place })).toBe(true);
      expect(left).toBeGreaterThanOrEqual(0);
      expect(right).toBeLessThanOrEqual(width);
    }
  });
});
