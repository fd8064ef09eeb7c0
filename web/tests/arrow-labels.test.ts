/** How much arrows say in lessons: each level, and that a lesson raises it and never lowers it. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Segment } from '../src/engine/types.ts';
import { setLanguage } from '../src/i18n/index.svelte.ts';
import '../src/i18n/lessons.ts';
import type { Arrow } from '../src/lab/model/diagram-types.ts';
import { said } from '../src/learn/labels/arrow-labels.ts';
import { labelLevels } from '../src/learn/format/label-levels.ts';
import { memoryStorage } from './memory-storage.ts';

const plain: Segment = {
  id: 1,
  src: '10.0.0.1:40000',
  dst: '10.0.0.2:80',
  flags: 'SYN',
  seq: 1000,
  len: 0,
  takes: 1,
  win: 65535,
  options: {},
};
const arrow = (segment: Partial<Segment>, more: Partial<Arrow> = {}): Arrow =>
  ({ segment: { ...plain, ...segment }, retransmission: false, copy: 1, ...more }) as Arrow;

vi.stubGlobal('document', { documentElement: {} });
beforeEach(() => setLanguage('en'));

describe('in words', () => {
  it.each([
    [{ flags: 'SYN' }, 'hello', '你好'],
    [{ flags: 'SYN ACK', ack: 1001 }, 'heard you, hello', '听到了，你好'],
    [{ flags: 'ACK', ack: 301 }, 'heard you', '听到了'],
    [{ flags: 'PSH ACK', ack: 301, len: 2, text: 'hi' }, '“hi”', '“hi”'],
    [{ flags: 'ACK', ack: 301, len: 1 }, '1 byte', '1 字节'],
    [{ flags: 'FIN ACK', ack: 301 }, 'heard you, that is all from me', '听到了，我说完了'],
    [{ flags: 'FIN PSH ACK', ack: 301, len: 2, text: 'hi' }, '“hi”, that is all from me', '“hi”，我说完了'],
    [{ flags: 'RST ACK', ack: 301 }, 'I know of no such talk', '没有这样的谈话'],
    [{ flags: '' }, '—', '—'],
  ])('%j', (segment, en, zh) => {
    expect(said(arrow(segment), 'words', 'absolute')).toEqual({ head: en, numbers: '' });
    setLanguage('zh');
    expect(said(arrow(segment), 'words', 'absolute').head).toBe(zh);
  });

  it('a repeat and a copy say that they are', () => {
    expect(said(arrow({}, { retransmission: true }), 'words', 'absolute').head).toBe('hello · again');
    expect(said(arrow({}, { copy: 2 }), 'words', 'absolute').head).toBe('hello · copy 2');
  });
});

describe('each level says more', () => {
  const segment = {
    flags: 'SYN ACK',
    seq: 300,
    ack: 1001,
    rel_seq: 0,
    rel_ack: 1,
    options: { mss: 1460, sack_ok: true },
  };
  it.each([
    ['flags', 'absolute', ''],
    ['numbers', 'absolute', 'seq 300 · ack 1001'],
    ['numbers', 'relative', 'seq 0 · ack 1'],
    ['all', 'absolute', 'seq 300 · ack 1001 · win 65535 · mss 1460 · sack_ok'],
  ] as const)('%s, %s', (level, numbers, expected) => {
    expect(said(arrow(segment), level, numbers)).toEqual({ head: 'SYN,ACK', numbers: expected });
  });

  it('how much data there is needs no number of TCP’s', () => {
    expect(said(arrow({ flags: 'PSH ACK', len: 5 }), 'flags', 'absolute').numbers).toBe('len 5');
  });
});

describe('the level of a student', () => {
  const fresh = async () => {
    vi.resetModules();
    return import('../src/learn/labels/labels.svelte.ts');
  };
  beforeEach(() => vi.stubGlobal('localStorage', memoryStorage()));

  it('is that of the last beat that names one', async () => {
    const { levelAt } = await fresh();
    const about = { beats: ['a', 'b', 'c', 'd'], labels: { b: 'words', d: 'flags' } } as const;
    const levels = about.beats.map((beat) => levelAt({ ...about, beats: [...about.beats] }, beat));
    expect(levels).toEqual(['numbers', 'words', 'words', 'flags']);
  });

  it('rises, never falls, and outlives the page', async () => {
    const { labels } = await fresh();
    expect(labels.level).toBe('words');
    labels.raise('flags');
    labels.raise('words');
    expect(labels.level).toBe('flags');
    expect((await fresh()).labels.level).toBe('flags');
  });

  it('is what the student chose, until a lesson asks for more than any before', async () => {
    const { labels } = await fresh();
    labels.raise('numbers');
    labels.choose('words');
    labels.raise('flags');
    labels.raise('numbers');
    expect(labels.level).toBe('words');
    labels.raise('all');
    expect(labels.level).toBe('all');
    labels.choose('flags');
    expect((await fresh()).labels.level).toBe('flags');
  });

  it('is the lowest where something strange was kept', async () => {
    localStorage.setItem('tcplab.labels', 'constructor');
    expect(labelLevels).toContain((await fresh()).labels.level);
    expect((await fresh()).labels.level).toBe('words');
  });
});
