/** The texts of the search in a run, which the event list takes in. */
import { takeTexts } from './index.svelte.ts';
import type { Translation } from './message.ts';

export const en = {
  'lab.search': 'Search events',
  'lab.search.field': 'Words to search for',
  'lab.search.example': 'RST, TIME_WAIT, connect()',
  'lab.search.next': 'Next hit',
  'lab.search.previous': 'Previous hit',
  'lab.search.close': 'Close the search',
  'lab.search.place': '{n} of {total}',
  'lab.search.count': { one: '{n} hit', other: '{n} hits' },
  'lab.search.busy': '{n} so far, {share} % searched',
  'lab.search.hit': 'hit',
  'lab.search.none': 'No event has all these words.',
  'lab.search.none.yet': 'No event has all these words. The search covers events up to {time}.',
  'lab.search.try': 'Try fewer words, or a flag, a state, a call, an error or a host. Words in quotes search the data.',

  // What a reader may type for what has no id: several words, apart by commas.
  'lab.search.also.again': 'retransmit, retransmits, retransmitted, retransmission, retransmissions, resend, again',
  'lab.search.also.lost': 'lost, loss, drop, drops, dropped',
  'lab.search.also.refused': 'refused, ignored, not accepted',
  'lab.search.also.failed': 'error, errors, fails, failed, failure',
  'lab.search.also.end': 'end of stream, EOF',
  'lab.search.also.stale': 'earlier connection, old data, stale',
  'lab.search.also.segment': 'segment, segments, seq, len',
  'lab.search.also.timer.fired': 'timeout, timeouts, expires, expired',
  'lab.search.also.state': 'state, states',
  'lab.search.also.deliver': 'delivered, delivers',
} as const;

export const zh: Translation<typeof en> = {
  'lab.search': '搜索事件',
  'lab.search.field': '要搜索的词',
  'lab.search.example': 'RST、TIME_WAIT、connect()',
  'lab.search.next': '下一处',
  'lab.search.previous': '上一处',
  'lab.search.close': '关闭搜索',
  'lab.search.place': '第 {n} 处，共 {total} 处',
  'lab.search.count': { other: '共 {n} 处' },
  'lab.search.busy': '已找到 {n} 处，已搜索 {share}%',
  'lab.search.hit': '符合',
  'lab.search.none': '没有事件同时含有这些词。',
  'lab.search.none.yet': '没有事件同时含有这些词。搜索到 {time} 为止。',
  'lab.search.try': '可以少写几个词，或搜索标志位、状态、调用、错误、主机。加引号的词在数据中搜索。',

  'lab.search.also.again': '重传、再次发送',
  'lab.search.also.lost': '丢失、丢弃',
  'lab.search.also.refused': '不接受、忽略、拒绝',
  'lab.search.also.failed': '失败、错误、出错',
  'lab.search.also.end': '数据流结束',
  'lab.search.also.stale': '旧连接、旧数据',
  'lab.search.also.segment': '报文段、序号、长度',
  'lab.search.also.timer.fired': '到时、超时',
  'lab.search.also.state': '状态',
  'lab.search.also.deliver': '交付、交给应用程序',
};

takeTexts({ en, zh });
