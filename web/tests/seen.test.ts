/** Numbers that an injected segment takes over from one that was seen, and what a task lets it say. */
import { describe, expect, it } from 'vitest';
import type { TraceEvent } from '../src/engine/types.ts';
import { numberOf, numbersSeen } from '../src/lab/dock/seen.ts';
import { Limits } from '../src/lab/session/limits.svelte.ts';

const sent = (id: number, flags: string, ack?: number) =>
  ({
    kind: 'segment.sent',
    segment: { id, flags, seq: 1, ...(ack !== undefined && { ack }) },
  }) as unknown as TraceEvent;

describe('numbers of segments that were seen', () => {
  it('are those of the last that were sent, the newest first; a SYN has no ack to give', () => {
    expect(numbersSeen([sent(1, 'SYN'), sent(2, 'SYN ACK', 2)]).map(({ key }) => key)).toEqual([
      '2 next',
      '2 seq',
      '2 ack',
      '1 next',
      '1 seq',
    ]);
    const many = Array.from({ length: 500 }, (_, n) => sent(n + 1, 'ACK', 1));
    expect(numbersSeen(many)).toHaveLength(24);
    expect(numbersSeen(many)[0]?.text).toBe('#500 ACK: seq + len');
  });

  it.each([
    ['', '1001', 1001],
    ['', '10 01', '10 01'], // the engine says what is wrong with it
    ['3 next', '0', { of: { nth: 3 }, take: 'next' }],
    ['3 ack', '-1', { of: { nth: 3 }, take: 'ack', plus: -1 }],
    ['3 seq', 'x', { of: { nth: 3 }, take: 'seq', plus: 'x' }],
  ])('%j and %j become %j', (key, typed, number) => expect(numberOf(key, typed)).toEqual(number));
});

describe('what a task lets a host inject', () => {
  it('is nothing where the task does not say it, and only what it says', () => {
    const limits = new Limits();
    expect(limits.mayInject('mallory', 'win')).toBe(true);
    limits.allowed = { network: [], calls: {}, inject: { mallory: ['flags'] } };
    expect(limits.mayInject('mallory')).toBe(true);
    expect(limits.mayInject('mallory', 'flags')).toBe(true);
    expect(limits.mayInject('mallory', 'win')).toBe(false);
    expect(limits.mayInject('client')).toBe(false);
    expect(limits.mayInject('toString')).toBe(false);
    limits.closed = true;
    expect(limits.mayInject('mallory')).toBe(false);
  });
});
