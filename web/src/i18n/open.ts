/** The texts of what a link opens, which its view takes in, with those of lessons. */
import './lessons.ts';
import { takeTexts } from './index.svelte.ts';
import type { Translation } from './message.ts';

export const en = {
  'open.title': 'Opened from a link',
  'open.checking': 'Checking what the link opens …',
  'open.checking.of': 'Checking file {n} of {of} …',
  'open.nothing':
    'The link names nothing to open. It ends with “?at=” and a path beside this page, or with “?w=” and a pack.',
  'open.why.missing': '{file} is not there.',
  'open.why.tooLarge': 'What the link opens is too large. The limits are 4 MB a file and 8 MB in all.',
  'open.why.elsewhere': 'The link leads away from this site. Only files beside this page are opened.',
  'open.why.unreadable': 'The link is not whole, or {file} is not UTF-8 text. Copy the whole link again.',
  'open.why.offline': '{file} could not be fetched. Is the network there?',
  'open.answers': 'This is a file of answers. Open their exercise in Practise and load them there.',
  'open.broken': 'Something in it is wrong, so it is not shown',
  'open.broken.some': 'Some exercises of this lesson are wrong and are left out',
  'open.again': 'Try again',
  'open.save': 'Save the lesson as a file',
  'open.copy': 'Copy a link that holds the lesson',
  'open.copied': 'The link is copied. It holds the lesson itself.',
  'open.copy.not': 'The link could not be copied, or the lesson is too long for a link. Save it as a file.',
  'open.lab': 'Open it in Play',
} as const;

export const zh: Translation<typeof en> = {
  'open.title': '由链接打开',
  'open.checking': '正在检查链接中的内容……',
  'open.checking.of': '正在检查第 {n} 个文件，共 {of} 个……',
  'open.nothing': '链接没有说明要打开什么。结尾应是“?at=”加上本页旁边的路径，或“?w=”加上一个课程包。',
  'open.why.missing': '找不到 {file}。',
  'open.why.tooLarge': '链接中的内容太大。单个文件的上限为 4 MB，合计 8 MB。',
  'open.why.elsewhere': '链接指向别的网站。这里只打开本页旁边的文件。',
  'open.why.unreadable': '链接不完整，或者 {file} 不是 UTF-8 文本。请重新复制整个链接。',
  'open.why.offline': '没有取到 {file}。网络是否可用？',
  'open.answers': '这是一个答案文件。请在“练习”页打开对应的练习，在那里载入。',
  'open.broken': '内容有误，因此没有显示',
  'open.broken.some': '这一课有几个练习有误，已略去',
  'open.again': '再试一次',
  'open.save': '把这一课保存为文件',
  'open.copy': '复制包含这一课的链接',
  'open.copied': '链接已复制，整课内容都在其中。',
  'open.copy.not': '无法复制链接，或者这一课太长，一个链接放不下。请保存为文件。',
  'open.lab': '到“实验”中打开',
};

takeTexts({ en, zh });
