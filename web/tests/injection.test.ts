import { describe, expect, it } from 'vitest';
import type { Host, Segment, TraceEvent } from '../src/engine/types.ts';
import { ends, resolved } from '../src/lab/dock/injection.ts';
import { oddities } from '../src/lab/inspector/oddities.ts';
import { nextNumbers } from '../src/lab/model/next-numbers.ts';

const host = (
  name: string,
  address: string,
  sockets: Partial<Host['sockets'][number]>[] = [],
  stack = 'tcp',
): Host => ({
  name,
  address,
  stack,
  down: false,
  sockets: sockets.map((each) => ({
    name: 's',
    state: 'ESTABLISHED',
    listener: false,
    calls: [],
    unread: 0,
    unsent: 0,
    ...each,
  })),
});

const segment = (more: Partial<Segment>): Segment => ({
  id: 1,
  src: '10.0.0.1:40000',
  dst: '10.0.0.2:80',
  flags: 'SYN',
  seq: 1000,
  len: 0,
  takes: 1,
  win: 65535,
  options: {},
  ...more,
});

const sent = (more: Partial<Segment>, n = 0): TraceEvent => ({
  n,
  step: n,
  t: 0,
  rule: 'open_active',
  kind: 'segment.sent',
  segment: segment(more),
  bytes: '',
});

describe('ends', () => {
  it('seem to be those of the last connection, by name', () => {
    const hosts = [
      host('client', '10.0.0.1', [{ local: '10.0.0.1:40000', remote: '10.0.0.2:80' }]),
      host('server', '10.0.0.2', [
        { local: '10.0.0.2:80', state: 'LISTEN', listener: true },
        { local: '10.0.0.2:80', remote: '10.0.0.1:40000' },
      ]),
      host('mallory', '10.0.0.66', [], 'none'),
    ];
    expect(ends(hosts)).toEqual({ from: 'client:40000', to: 'server:80' });
    expect(resolved('server:80', hosts)).toBe('10.0.0.2:80');
    expect(resolved('192.0.2.1:7', hosts)).toBe('192.0.2.1:7');
  });

  it('are those of the first two hosts with TCP where there is no connection', () => {
    expect(ends([host('mallory', '10.0.0.66', [], 'none'), host('a', '10.0.0.1'), host('b', '10.0.0.2')])).toEqual({
      from: 'a:40000',
      to: 'b:80',
    });
  });
});

describe('nextNumbers', () => {
  it('go on after the last segment of each direction, modulo 2^32', () => {
    const events = [
      sent({ seq: 4294967295 }),
      sent({ src: '10.0.0.2:80', dst: '10.0.0.1:40000', seq: 5000, takes: 1 }, 1),
    ];
    expect(nextNumbers(events, '10.0.0.1:40000', '10.0.0.2:80')).toEqual({ seq: 0, ack: 5001 });
    expect(nextNumbers(events, '10.0.0.2:80', '10.0.0.1:40000')).toEqual({ seq: 5001, ack: 0 });
    expect(nextNumbers(events, '10.0.0.9:1', '10.0.0.2:80')).toBeUndefined();
  });
});

describe('oddities', () => {
  it('are none of what a TCP sends', () => expect(oddities(segment({}), false)).toEqual([]));

  it('name each thing that a TCP would not send', () => {
    const odd = segment({
      urgent: 5,
      reserved: 9,
      data_offset: 4,
      bad_checksum: true,
      cut_to: 12,
      options: { raw: '0101' },
    });
    expect(oddities(odd, true)).toEqual([
      'urgent pointer 5',
      'reserved bits 1001',
      'options 0101',
      'the data offset says 16 bytes',
      'the checksum is wrong',
      'only 12 bytes are left',
      'one bit has changed on the way',
    ]);
  });
});
