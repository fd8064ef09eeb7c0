/** What has happened in other notations: lines and octets as tcpdump prints them. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Segment, TraceEvent } from '../src/engine/types.ts';
import { notations } from '../src/exercise/kinds/asked.ts';
import { endpoint, fieldsText, hexLines, linesOf } from '../src/exercise/notation/tcpdump.ts';
import { Loaded } from '../src/exercise/types.ts';
import { stepsOf } from '../src/exercise/steps.ts';
import * as v from 'valibot';
import { api, hasEngine } from './engine.ts';

const repository = resolve(import.meta.dirname, '../..');

const segment = (rest: Partial<Segment>): Segment => ({
  id: 1,
  src: '10.0.0.1:40000',
  dst: '10.0.0.2:80',
  flags: 'ACK',
  seq: 1001,
  rel_seq: 1,
  len: 0,
  takes: 0,
  win: 65535,
  options: {},
  ...rest,
});

// Expected lines: tcpdump(8), "TCP Packets".
describe('a line of tcpdump', () => {
  it('has flags as letters, and ranges of numbers for data', () => {
    const syn = segment({ flags: 'SYN', seq: 1000, rel_seq: 0, options: { mss: 1460 } });
    expect(fieldsText(syn, 'absolute')).toBe('Flags [S], seq 1000, win 65535, options [mss 1460], length 0');
    const data = segment({ flags: 'PSH ACK', ack: 5001, rel_ack: 1, len: 10 });
    expect(fieldsText(data, 'absolute')).toBe('Flags [P.], seq 1001:1011, ack 5001, win 65535, length 10');
    expect(fieldsText(data, 'relative')).toBe('Flags [P.], seq 1:11, ack 1, win 65535, length 10');
  });

  it('leaves out the seq of what takes no number, but not that of a FIN or RST', () => {
    const ack = segment({ ack: 5001 });
    expect(fieldsText(ack, 'absolute')).toBe('Flags [.], ack 5001, win 65535, length 0');
    expect(fieldsText(segment({ flags: 'FIN ACK', ack: 5001 }), 'absolute')).toContain('Flags [F.], seq 1001, ack');
    expect(fieldsText(segment({ flags: 'RST' }), 'absolute')).toContain('Flags [R], seq 1001, win');
  });

  it('counts on from 0 behind 2^32 - 1', () => {
    const data = segment({ seq: 2 ** 32 - 6, ack: 1, len: 10 });
    expect(fieldsText(data, 'absolute')).toContain('seq 4294967290:4,');
  });

  it('does not tell the number that comes next where a question asks for it', () => {
    const data = segment({ flags: 'PSH ACK', ack: 5001, len: 10 });
    expect(fieldsText(data, 'absolute', true)).toBe('Flags [P.], seq 1001:?, ack 5001, win 65535, length 10');
    expect(fieldsText(segment({ flags: 'SYN', seq: 1000 }), 'absolute', true)).toContain('seq 1000,');
  });

  it('names the options', () => {
    const options = { mss: 1460, sack_permitted: true, tsval: 7, tsecr: 3, window_scale: 7 };
    expect(fieldsText(segment({ options }), 'absolute')).toContain('options [mss 1460,sackOK,TS val 7 ecr 3,wscale 7]');
  });

  it('says of a segment that is lost that it is, once that has happened', () => {
    const sent = { n: 0, step: 0, t: 1_060_000, rule: '', kind: 'segment.sent', segment: segment({}), bytes: '45' };
    const dropped = { n: 1, step: 1, t: 1_061_000, rule: '', kind: 'segment.dropped', segment: segment({}) };
    const refused = { ...dropped, where: 'host' };
    const of = (...events: unknown[]) => linesOf(events as TraceEvent[], 'absolute');
    expect(of(sent)[0]).toMatchObject({
      head: '00:00:01.060000 IP 10.0.0.1.40000 > 10.0.0.2.80:',
      lost: false,
    });
    expect(of(sent, dropped).map(({ lost }) => lost)).toEqual([true]);
    expect(of(sent, refused).map(({ lost }) => lost)).toEqual([false]);
  });

  it('parts a port by a dot', () => expect(endpoint('10.0.0.2:80')).toBe('10.0.0.2.80'));
});

describe('octets', () => {
  it('stand 16 in a line, in groups of two, behind where they begin', () => {
    expect(hexLines('4500002c00014000400626c90a0000010a000002')).toEqual([
      '0x0000:  4500 002c 0001 4000 4006 26c9 0a00 0001',
      '0x0010:  0a00 0002',
    ]);
    expect(hexLines('')).toEqual([]);
  });

  it('are cut where nobody reads on', () => {
    const lines = hexLines('ab'.repeat(1000));
    expect(lines).toHaveLength(9);
    expect(lines.at(-1)).toBe('…');
  });
});

it('the page knows the notations of the format', () => {
  const schema = readFileSync(resolve(repository, 'exercises/exercise.schema.json'), 'utf8');
  const lists = [...schema.matchAll(/"notations": \{[\s\S]*?"enum": \[([^\]]*)\]/g)].map(([, names = '']) =>
    [...names.matchAll(/"(\w+)"/g)].map(([, name]) => name),
  );
  expect(lists.length).toBeGreaterThan(0);
  for (const list of lists) expect(list).toEqual([...notations]);
});

describe.skipIf(!hasEngine)('a variant', () => {
  it('says in which notation each question is shown', async () => {
    const text = readFileSync(resolve(repository, 'exercises/02-third-ack-and-first-data.json'), 'utf8');
    // As tests/unit/exercise/notation_test.cpp has them for the native engine.
    const drawn = ['bytes', 'ladder', 'dump', 'bytes', 'dump', 'ladder', 'ladder', 'ladder', 'ladder', 'list'];
    const seen = new Set<string>();
    for (let seed = 1; seed <= 20; seed++) {
      const { exercise } = v.parse(Loaded, await api.exercise(text, seed));
      const steps = stepsOf(exercise);
      if (seed <= drawn.length) expect(steps[0]?.asked.notation).toBe(drawn[seed - 1]);
      for (const { asked } of steps) seen.add(asked.notation);
    }
    expect([...seen].sort()).toEqual(['bytes', 'dump', 'ladder', 'list']);
  });
});
