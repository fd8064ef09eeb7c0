/** How much arrows say in lessons, and what they say to who knows no TCP yet. */
import type { Translation } from './message.ts';

export const en = {
  'learn.labels': 'Arrows say',
  'learn.labels.words': 'words',
  'learn.labels.flags': 'flags',
  'learn.labels.numbers': 'flags, seq, ack',
  'learn.labels.all': 'the whole header',
  'learn.labels.syn': 'hello',
  'learn.labels.ack': 'heard you',
  'learn.labels.fin': 'that is all from me',
  'learn.labels.rst': 'I know of no such talk',
  'learn.labels.data': { one: '{n} byte', other: '{n} bytes' },
} as const;

export const zh: Translation<typeof en> = {
  'learn.labels': '箭头标注',
  'learn.labels.words': '大意',
  'learn.labels.flags': '标志位',
  'learn.labels.numbers': '标志位、seq、ack',
  'learn.labels.all': '整个首部',
  'learn.labels.syn': '你好',
  'learn.labels.ack': '听到了',
  'learn.labels.fin': '我说完了',
  'learn.labels.rst': '没有这样的谈话',
  'learn.labels.data': { other: '{n} 字节' },
};
