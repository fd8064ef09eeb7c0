/** The texts of the help on keys and on how the diagram is read, which its dialog takes in. */
import { takeTexts } from './index.svelte.ts';
import type { Translation } from './message.ts';

export const en = {
  'help.title': 'Keys',
  'help.play': 'Play or pause',
  'help.forward': 'One event forward',
  'help.back': 'One event back',
  'help.start': 'To the beginning',
  'help.end': 'To the newest event',
  'help.undo': 'Undo the last action',
  'help.numbers': 'Show relative or absolute sequence numbers',
  'help.walk': 'In the event list: next or previous event',
  'help.search': 'Search the events of this run',
  'help.menu': 'Open the menu of the segment or event in focus',
  'help.this': 'Show this help',
  'help.escape': 'Close a menu or a dialog',
  'help.reading.title': 'How to read the diagram',
  'help.reading.line':
    'Time runs downward. The band on the line of a host shows a state. The band changes where the event happens.',
  'help.reading.hatch': 'A hatched band is one of these states: {hatched}.',
  'help.reading.pale': 'A pale band is {pale}.',
  'help.reading.cross': 'A cross shows where a segment was lost. A dotted arrow is a copy that the network made.',
  'help.reading.refused':
    'A bar across the end of an arrow shows that the host received the segment and did not accept it.',
  'help.reading.queues':
    'Recv beside a socket counts bytes that the application has not read. Send counts bytes that are not sent yet. The queue of a listener holds connections that wait for accept(), and has a limit.',
  'help.reading.number':
    'A number such as #6 after a state tells apart the connections of one host. The lab gives each end of a connection its own number.',
  'help.reading.token': 'A hollow host mark in the state diagram shows that a RST ended the connection.',
  'help.reading.fold': 'A zigzag is a long time without events. The duration stands beside the zigzag.',
} as const;

export const zh: Translation<typeof en> = {
  'help.title': '按键',
  'help.play': '播放或暂停',
  'help.forward': '前进一个事件',
  'help.back': '后退一个事件',
  'help.start': '回到开头',
  'help.end': '跳到最新事件',
  'help.undo': '撤销上一个操作',
  'help.numbers': '序号显示为相对值或绝对值',
  'help.walk': '在事件列表中：下一个或上一个事件',
  'help.search': '搜索这次运行的事件',
  'help.menu': '打开焦点所在报文段或事件的菜单',
  'help.this': '显示本帮助',
  'help.escape': '关闭菜单或对话框',
  'help.reading.title': '怎样读这张图',
  'help.reading.line': '时间自上而下。主机竖线上的色带表示状态，在事件发生处改变。',
  'help.reading.hatch': '带斜纹的色带表示 {hatched} 中的一种状态。',
  'help.reading.pale': '浅色的色带表示 {pale}。',
  'help.reading.cross': '叉号表示报文段在此丢失。点线箭头是网络复制的副本。',
  'help.reading.refused': '箭头末端的短横线表示主机收到了报文段，但没有接受。',
  'help.reading.queues':
    '套接字旁的“收”是应用程序还没有读取的字节数，“发”是还没有发送的字节数。监听套接字的队列里是等待 accept() 的连接，有上限。',
  'help.reading.number':
    '状态后面的编号（例如 #6）用来区分同一台主机上的几条连接。每条连接的每一端，都由实验室另外编号。',
  'help.reading.token': '状态图中空心的主机标记表示连接被 RST 结束。',
  'help.reading.fold': '折线表示一段没有事件的长时间，时长写在旁边。',
};

takeTexts({ en, zh });
