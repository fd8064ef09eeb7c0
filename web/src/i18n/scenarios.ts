/** The texts of where scenarios come from and go to (the list, files, links, captures), which whoever shows them takes in. */
import { takeTexts } from './index.svelte.ts';
import type { Translation } from './message.ts';

export const en = {
  'lab.worlds.title': 'Scenarios',
  'lab.worlds.search': 'Search {n} scenarios',
  'lab.worlds.happens': 'It also happens in',
  'lab.worlds.none': 'No scenario has these words.',
  'lab.worlds.try':
    'Try fewer words, or a state, a flag, a call or a timer, such as TIME_WAIT, RST, shutdown() or keep-alive.',
  'lab.worlds.all': 'Show all scenarios',
  'lab.worlds.lesson': 'Lesson {n}: {title}',
  'lab.worlds.data': 'Data and windows',
  'lab.file.import': 'Open a file',
  'lab.file.export': 'Save as a file',
  'lab.link.copy': 'Copy a link to this moment',
  'lab.link.copied': 'The link is copied. It opens this run where you stand, with all that was done in it.',
  'lab.link.here': 'The browser lets no page copy here. This is the link:',
  'lab.link.long': 'Too much was done in this run for a link. Save it as a file.',
  'lab.capture.place': 'A capture for Wireshark',
  'lab.capture.everywhere': 'Segments that each host sends',
  'lab.capture.host': 'Segments that {host} sends and receives',
  'lab.capture.save': 'Download capture',
  'lab.file.tooLarge': 'The file is {size} MB. The limit for a scenario is {limit} MB.',
  'lab.file.isExercise': '{name} is an exercise. Open it in Practise, under “Open an exercise file”.',
  'lab.file.isAnswers': '{name} holds answers. Open their exercise in Practise and load them there.',
} as const;

export const zh: Translation<typeof en> = {
  'lab.worlds.title': '场景',
  'lab.worlds.search': '搜索 {n} 个场景',
  'lab.worlds.happens': '其中也会发生',
  'lab.worlds.none': '没有场景包含这些词。',
  'lab.worlds.try': '可以少写几个词，或搜索状态、标志位、调用、定时器。例如 TIME_WAIT、RST、shutdown()、保活。',
  'lab.worlds.all': '显示全部场景',
  'lab.worlds.lesson': '第 {n} 课：{title}',
  'lab.worlds.data': '数据与窗口',
  'lab.file.import': '打开文件',
  'lab.file.export': '保存为文件',
  'lab.link.copy': '复制指向这一时刻的链接',
  'lab.link.copied': '链接已复制。打开它，这次运行就停在你现在的位置，做过的操作都在。',
  'lab.link.here': '浏览器不允许网页在这里复制。链接如下：',
  'lab.link.long': '这次运行里做过的操作太多，一个链接放不下。请保存为文件。',
  'lab.capture.place': '供 Wireshark 打开的抓包文件',
  'lab.capture.everywhere': '每台主机发送的报文段',
  'lab.capture.host': '{host} 发送和收到的报文段',
  'lab.capture.save': '下载抓包文件',
  'lab.file.tooLarge': '文件大小为 {size} MB。场景文件的上限为 {limit} MB。',
  'lab.file.isExercise': '{name} 是练习。请到“练习”页，用“打开练习文件”打开它。',
  'lab.file.isAnswers': '{name} 是答案。请在“练习”页打开对应的练习，在那里载入。',
};

takeTexts({ en, zh });
