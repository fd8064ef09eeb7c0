/** Whoever types a word of the course finds a scenario for it, in either language and however it is spelt. */
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { learn } from '../src/lab/catalogue/names.svelte.ts';
import { examples } from '../src/lab/scenarios/examples.ts';
import { Query, SearchText } from '../src/lab/scenarios/find.ts';
import { Worlds, type Found } from '../src/lab/scenarios/worlds.ts';
import { t } from '../src/i18n/index.svelte.ts';
import { api, hasEngine } from './engine.ts';

const finds = (typed: string, text: string) => new Query(typed).in(new SearchText(text));

describe('a typed word', () => {
  it.each([
    ['keepalive', 'Keep-alive probes'],
    ['keep-alive', 'keepalive'],
    ['KEEP_ALIVE', 'keep alive'],
    ['keep alive', 'It is kept alive by keep-alives'],
    ['timewait', 'TIME_WAIT'],
    ['time wait', 'TIME_WAIT'],
    ['Time-Wait', 'in TIME_WAIT'],
    ['wait', 'TIME_WAIT'],
    ['resets', 'a reset'],
    ['syn,ack', 'The SYN,ACK is lost'],
    ['syn-ack', 'The SYN ACK is lost'],
    ['shutdown()', 'send-after-shutdown'],
    ['半连接', '半连接队列'],
    ['队列', '半连接队列'],
    ['syn洪泛', 'SYN洪泛攻击'],
    ['ＲＳＴ', 'RST'],
  ])('%s finds "%s"', (typed, text) => expect(finds(typed, text)).toBe(true));

  it.each([
    ['rst', 'the first'],
    ['isn', 'it is not there'],
    ['ack', 'back'],
    ['fin', 'an infinite window'],
    ['syn rst', 'a SYN'],
  ])('%s does not find "%s"', (typed, text) => expect(finds(typed, text)).toBe(false));
});

/** The terms of the course, lesson by lesson, each as a student would type it. */
const terms = [
  'four-tuple',
  '四元组',
  'listener',
  '监听套接字',
  'connection',
  '连接',
  'buffer',
  '缓冲区',
  'three-way handshake',
  '三次握手',
  'SYN',
  'SYN-ACK',
  'sequence number',
  '序号',
  'acknowledgment',
  '确认号',
  'third ACK',
  'retransmission',
  '重传',
  'ISN',
  'initial sequence number',
  '初始序号',
  'wrap-around',
  '回绕',
  'old duplicate',
  '旧的重复报文段',
  'two-way handshake',
  '两次握手',
  'MSL',
  'MSS',
  '最大报文段长度',
  'window',
  '窗口',
  'window scale',
  '窗口扩大',
  'timestamp',
  '时间戳',
  'PAWS',
  'SACK',
  '选择确认',
  'four-way close',
  '四次挥手',
  'half-close',
  '半关闭',
  'shutdown',
  'CLOSE_WAIT',
  'FIN_WAIT_1',
  'FIN_WAIT_2',
  'LAST_ACK',
  'active closer',
  '主动关闭方',
  'TIME_WAIT',
  'time wait',
  '2MSL',
  'incarnation',
  'port exhaustion',
  '端口耗尽',
  'SO_REUSEADDR',
  'last ACK',
  'LISTEN',
  'SYN_SENT',
  'SYN_RCVD',
  'ESTABLISHED',
  'CLOSED',
  'state machine',
  '状态机',
  'simultaneous open',
  '同时打开',
  'simultaneous close',
  '同时关闭',
  'CLOSING',
  'crossing',
  '交错',
  'RST',
  'reset',
  '复位',
  'abort',
  '中止',
  'linger',
  'refused',
  '被拒绝',
  'unread data',
  '未读数据',
  'challenge ACK',
  '质询 ACK',
  'blind attack',
  '盲攻击',
  'firewall',
  '防火墙',
  'RTO',
  '超时重传时间',
  'exponential back-off',
  'backoff',
  '指数退避',
  'timeout',
  '超时',
  'persist timer',
  '持续定时器',
  'zero window',
  '零窗口',
  'keep-alive',
  'keepalive',
  '保活',
  'probe',
  'half-open',
  '半开连接',
  'crash',
  '崩溃',
  'reboot',
  '重启',
  'killed process',
  'SYN flood',
  'SYN 洪泛攻击',
  'SYN queue',
  '半连接',
  '半连接队列',
  'accept queue',
  '全连接队列',
  'backlog',
  'SYN cookie',
  'spoofed source',
  'forged',
  'delayed ACK',
  '延迟确认',
  'Nagle',
  'path MTU',
  'ICMP',
  'Linux',
  'mutant',
  'RFC 5961',
] as const;

/** What other books say, each with a scenario that it means. */
const synonyms = [
  ['half open', 'crash-and-half-open'],
  ['半打开', 'crash-and-half-open'],
  ['断电', 'crash-and-half-open'],
  ['SYN 泛洪', 'syn-cookies'],
  ['SYN 洪水攻击', 'syn-cookies'],
  ['DoS', 'syn-cookies'],
  ['denial of service', 'syn-cookies'],
  ['拒绝服务', 'syn-cookies'],
  ['DDoS', 'syn-cookies'],
  ['三次握手', 'handshake-data-close'],
  ['四次挥手', 'handshake-data-close'],
  ['four-way handshake', 'handshake-data-close'],
  ['backlog', 'backlog-full'],
  ['三次握手', 'handshake'],
  ['挥手', 'server-closes-first'],
  ['三次挥手', 'fin-acknowledges-fin'],
  ['重置', 'abort'],
  ['connection reset', 'abort'],
  ['connection refused', 'refused'],
  ['ECONNREFUSED', 'refused'],
  ['连接被拒绝', 'refused'],
  ['连接超时', 'nobody-answers'],
  ['timed out', 'nobody-answers'],
  ['ETIMEDOUT', 'nobody-answers'],
  ['序列号', 'wrap-around'],
  ['计时器', 'keep-alive-finds-a-dead-host'],
  ['零窗口', 'zero-window'],
  ['流量控制', 'zero-window'],
  ['flow control', 'zero-window'],
  ['丢包', 'loss-10-percent'],
  ['packet loss', 'loss-10-percent'],
  ['address already in use', 'bind-time-wait-reuseaddr'],
  ['EADDRINUSE', 'bind-time-wait-reuseaddr'],
  ['地址已被占用', 'bind-time-wait-reuseaddr'],
  ['重复报文', 'duplicates'],
  ['延迟确认', 'nagle-and-delayed-ack'],
] as const;

/** The terms for which there is no scenario, and why. */
const without: Record<string, string> = {
  'TIME_WAIT assassination': 'RFC 1337 has an exercise to come, no scenario yet',
  tcp_tw_reuse: 'an option of one stack that the engine does not have',
  'connection leak': 'a program that never closes: a lesson of its own world',
  middlebox: 'no middlebox stands in the network of a scenario yet',
  NAT: 'no middlebox stands in the network of a scenario yet',
  heartbeat: 'what programs say to each other is no part of a scenario',
  'rate limit': 'a defence that the engine does not have',
};

const ids = ({ called, happening, grouped }: Found) => [...called, ...happening, ...grouped].map(({ id }) => id);

describe.runIf(hasEngine)('the scenarios', () => {
  let worlds: Worlds;
  beforeAll(async () => {
    vi.stubGlobal('document', { documentElement: {} });
    learn(await api.catalogue());
    worlds = new Worlds();
  });

  it.each(terms)('are found by %s', (term) => expect(ids(worlds.find(term)).length).toBeGreaterThan(0));

  it.each(Object.keys(without))('have nothing for %s, as the list says', (term) =>
    expect(ids(worlds.find(term))).toEqual([]),
  );

  it.each(synonyms)('are found by %s, as another book says it: %s', (term, id) =>
    expect(worlds.find(term).called.map((each) => each.id)).toContain(id),
  );

  it.each([
    ['SYN flood', 'syn-cookies'],
    ['simultaneous open', 'rfc9293-figure-07'],
    ['keepalive', 'keep-alive-finds-a-dead-host'],
    ['half-open', 'crash-and-half-open'],
    ['PAWS', 'paws-drops-an-old-segment'],
    ['同时打开', 'rfc9293-figure-07'],
    ['重传', 'lost-syn-ack'],
    ['半连接', 'syn-cookies'],
    ['RTO', 'lost-third-ack'],
    ['simultaneous close', 'simultaneous-close'],
  ])('have for %s, before all others, %s', (term, id) =>
    expect(worlds.find(term).called.map((each) => each.id)).toContain(id),
  );

  it.each(['three hosts', '3 hosts', '三台主机', '3 台主机'])('are found by how many hosts they have: %s', (typed) => {
    const found = worlds.find(typed).called;
    const three = examples.filter(({ text }) => (JSON.parse(text) as { hosts: unknown[] }).hosts.length === 3);
    expect(three.map(({ id }) => id)).toContain('backlog-full');
    expect(found).toEqual(expect.arrayContaining(three));
  });

  it.each(['SYN flood', 'TIME_WAIT', 'RST', '洪泛攻击'])(
    'of %s come by title first, and by the name of their group last',
    (typed) => {
      const query = new Query(typed);
      const { called, happening, grouped } = worlds.find(typed);
      const titled = called.map(({ id, title }) => query.in(new SearchText(id, title.en, title.zh)));
      expect(titled).toEqual([...titled].sort((a, b) => Number(b) - Number(a)));
      for (const { id, title, keywords } of [...happening, ...grouped]) {
        expect(query.in(new SearchText(id, title.en, title.zh, ...keywords.en, ...keywords.zh)), id).toBe(false);
      }
    },
  );

  it('are found by what happens in them, though their titles do not say it', () => {
    const found = worlds.find('LAST_ACK');
    expect(ids(found)).toContain('server-closes-first');
    expect(found.called.length).toBeLessThan(ids(found).length);
  });

  it('are all of the same two lists, and in none twice', () => {
    const found = ids(worlds.find('ACK'));
    expect(new Set(found).size).toBe(found.length);
    expect(found.length).toBeLessThanOrEqual(examples.length);
  });

  it('leave a reader who finds nothing with words that find something', () => {
    expect(ids(worlds.find('xyzzy'))).toEqual([]);
    const tried = t('lab.worlds.try').match(/[A-Z_]{3,}|\w+\(\)|keep-alive/g) ?? [];
    expect(tried.length).toBeGreaterThanOrEqual(4);
    for (const word of tried) expect(ids(worlds.find(word)), word).not.toEqual([]);
  });
});
