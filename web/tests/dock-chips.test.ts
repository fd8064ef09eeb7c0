/** Chips in the dock: none out of sight that is needed, and no two that read alike. */
import { describe, expect, it } from 'vitest';
import type { Host, Segment, Socket } from '../src/engine/types.ts';
import { portsOfAlike } from '../src/lab/dock/alike.ts';
import { chipsThatFit, endsOf } from '../src/lab/dock/chip.ts';

const hosts = [{ name: 'server', address: '10.0.0.2' }] as Host[];
const socket = (i: number, state = 'ESTABLISHED') =>
  ({
    conn: i,
    name: `s${i}`,
    state,
    local: '10.0.0.2:80',
    remote: `10.0.0.1:${40000 + i}`,
    unread: 0,
    unsent: 0,
    calls: [],
    listener: false,
  }) as unknown as Socket;
const names = (sockets: readonly Socket[]) => sockets.map(({ name }) => name).join(' ');

describe('sockets in one row', () => {
  const many = Array.from({ length: 12 }, (_, i) => socket(i));
  const row = { hosts, most: 8, inHand: many[0], acting: undefined as Socket | undefined };

  it('are as many as fit, and no more than can be overlooked', () => {
    expect(names(chipsThatFit(many, { ...row, room: 700 }).chips)).toBe('s0 s1 s2 s3');
    expect(chipsThatFit(many, { ...row, room: 5000 }).chips).toHaveLength(8);
    expect(names(chipsThatFit(many.slice(0, 3), { ...row, room: 620 }).chips)).toBe('s0 s1 s2');
  });

  it('always have the one in hand and the one at which something happens', () => {
    for (const room of [0, 204, 322, 700]) {
      const { chips } = chipsThatFit(many, { ...row, inHand: many[9], acting: many[11], room });
      expect(names(chips), `${room} px`).toMatch(/s9.* s11/);
    }
    expect(names(chipsThatFit(many, { ...row, inHand: many[9], room: 204 }).chips)).toBe('s9');
  });

  it('have words for what waits at the one in hand where they fit beside the chips', () => {
    const two = [socket(0, 'LISTEN'), socket(1)];
    expect(chipsThatFit(two, { ...row, inHand: two[1], room: 460 })).toMatchObject({ ends: 'ports', words: true });
    expect(chipsThatFit(two, { ...row, inHand: two[1], room: 400 })).toMatchObject({ words: false });
  });

  it('tell the port that differs where there is no room for both', () => {
    const others = { hosts, among: many };
    expect(endsOf(many[3] as Socket, { ...others, ends: 'named' })).toBe('80 → 10.0.0.1:40003');
    expect(endsOf(many[3] as Socket, { ...others, ends: 'ports' })).toBe('80 → 40003');
    expect(endsOf(many[3] as Socket, { ...others, ends: 'port' })).toBe('→ 40003');
    expect(endsOf(many[3] as Socket, { hosts, among: [many[3] as Socket], ends: 'port' })).toBe('80');
  });
});

describe('segments in flight that read alike', () => {
  const flight = (id: number, src: string, said = 'seq 0', copy = 1) => ({
    id,
    copy,
    from: 'client',
    to: 'server',
    said,
    segment: { flags: 'SYN', src, dst: '10.0.0.2:80' } as Segment,
  });

  it('are told apart by their ports, or by their addresses where those are what differs', () => {
    expect([
      ...portsOfAlike([flight(1, '10.0.0.1:1024'), flight(2, '10.0.0.1:1025'), flight(3, '10.0.0.1:1026', 'seq 7')]),
    ]).toEqual([
      ['1:1', ':1024'],
      ['2:1', ':1025'],
    ]);
    expect([...portsOfAlike([flight(1, '10.9.0.1:99'), flight(2, '10.9.0.2:99')]).values()]).toEqual([
      '10.9.0.1:99',
      '10.9.0.2:99',
    ]);
  });

  it('need nothing more where they are told apart already', () => {
    expect(portsOfAlike([flight(1, '10.0.0.1:1024'), flight(1, '10.0.0.1:1024', 'seq 0', 2)]).size).toBe(0);
    expect(portsOfAlike([flight(1, '10.0.0.1:1024'), flight(2, '10.0.0.1:1024')]).size).toBe(0);
  });
});
