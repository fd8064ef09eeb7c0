/** The texts of what a student knows: what comes again, what is mastered, and progress as a file. */
import type { Translation } from './message.ts';

export const en = {
  'known.title': 'What you know',
  'known.about': 'Mastered means: right at the first answer, in two kinds of questions.',
  'known.open': 'See what you know',
  'known.none': 'There is nothing here yet. It fills as you answer questions.',
  'known.begin': 'To the lessons',
  'known.mastered': 'mastered',
  'known.lesson.mastered': 'You have mastered this lesson.',
  'known.mastered.not': 'Mastered when these are right at the first answer: {titles}.',

  'known.review': 'To repeat',
  'known.review.about': {
    one: '{n} exercise, with numbers that you have not seen.',
    other: '{n} exercises, with numbers that you have not seen.',
  },
  'known.review.more': { one: '{n} more comes after these.', other: '{n} more come after these.' },
  'known.why.certain': {
    one: '{n} day ago you were certain, and it was different.',
    other: '{n} days ago you were certain, and it was different.',
  },
  'known.why.shown': {
    one: '{n} day ago it was not clear yet.',
    other: '{n} days ago it was not clear yet.',
  },
  'known.why.open': {
    one: 'The first answer {n} day ago was not the right one.',
    other: 'The first answer {n} days ago was not the right one.',
  },
  'known.why.kind': {
    one: 'It was right {n} day ago. Here it is asked in another way.',
    other: 'It was right {n} days ago. Here it is asked in another way.',
  },
  'known.why.again': {
    one: 'It was right {n} day ago. Once more makes it last.',
    other: 'It was right {n} days ago. Once more makes it last.',
  },
  'known.why.faded': {
    one: 'You knew this {n} day ago. Is it still there?',
    other: 'You knew this {n} days ago. Is it still there?',
  },

  'known.lessons': 'Lesson by lesson',
  'known.other': 'Other exercises',
  'known.exercises': {
    one: '{n} exercise right at the first answer',
    other: '{n} exercises right at the first answer',
  },
  'known.idea.mastered': 'mastered',
  'known.idea.once': 'right in one kind of question',
  'known.idea.shown': 'worth another look',
  'known.idea.open': 'not settled yet',
  'known.idea.waits': 'A question about this is still open.',
  'known.idea.common': 'What many think',
  'known.idea.later': { one: '{n} more point has not come up yet.', other: '{n} more points have not come up yet.' },

  'known.edges': 'Edges that your runs have taken',
  'known.edges.about': 'It counts what you ran yourself, in Play and in exercises.',
  'known.edges.left': 'Not taken yet',
  'known.edges.all': 'You have taken all of them.',

  'known.file': 'Your progress as a file',
  'known.file.about': 'Your progress stays in this browser. A file takes it to another one, or keeps it safe.',
  'known.file.save': 'Save as a file',
  'known.file.open': 'Open a file',
  'known.file.taken':
    'From “{name}” came: answers {answers}, steps of lessons {steps}, exercises {exercises}, edges {edges}.',
  'known.file.nothing': 'All that “{name}” holds was here already.',
  'known.file.left': {
    one: '{n} entry was left out: this page does not know what it is about.',
    other: '{n} entries were left out: this page does not know what they are about.',
  },
  'known.file.undo': 'Undo',
  'known.file.undone': 'What came from the file is gone again.',
  'known.file.none': '“{name}” is not a file of progress.',
  'known.file.tooLarge': '“{name}” has {size} MB. A file of progress has at most {limit} MB.',
} as const;

export const zh: Translation<typeof en> = {
  'known.title': '你掌握了什么',
  'known.about': '“已掌握”是指：在两种题型中，第一次作答都正确。',
  'known.open': '看看你掌握了什么',
  'known.none': '这里还没有内容。答过题之后，就会有记录。',
  'known.begin': '去学习',
  'known.mastered': '已掌握',
  'known.lesson.mastered': '这一课你已经掌握。',
  'known.mastered.not': '这几道第一次就答对，就算掌握：{titles}。',

  'known.review': '该复习了',
  'known.review.about': { other: '{n} 道练习，换了一组你没见过的数字。' },
  'known.review.more': { other: '之后还有 {n} 道。' },
  'known.why.certain': { other: '{n} 天前你很确定，结果却不同。' },
  'known.why.shown': { other: '{n} 天前，这一点还没有弄清楚。' },
  'known.why.open': { other: '{n} 天前，第一次作答没有答对。' },
  'known.why.kind': { other: '{n} 天前你答对了，这次换一种问法。' },
  'known.why.again': { other: '{n} 天前你答对了，再做一次会记得更牢。' },
  'known.why.faded': { other: '{n} 天前你掌握了，看看现在还记得多少。' },

  'known.lessons': '各课情况',
  'known.other': '其他练习',
  'known.exercises': { other: '{n} 道练习第一次就全部答对' },
  'known.idea.mastered': '已掌握',
  'known.idea.once': '在一种题型中答对',
  'known.idea.shown': '值得再看一遍',
  'known.idea.open': '还没有定论',
  'known.idea.waits': '有一道相关的题还没有做完。',
  'known.idea.common': '常见的想法',
  'known.idea.later': { other: '还有 {n} 个知识点没有遇到。' },

  'known.edges': '你的运行走过的边',
  'known.edges.about': '在实验和练习中由你操作的运行，都算在内。',
  'known.edges.left': '还没有走过',
  'known.edges.all': '所有的边都走过了。',

  'known.file': '把进度存成文件',
  'known.file.about': '进度只保存在这个浏览器里。存成文件，可以带到别的浏览器，也可以备份。',
  'known.file.save': '存成文件',
  'known.file.open': '打开文件',
  'known.file.taken':
    '从“{name}”读入：作答 {answers} 次，课文 {steps} 步，练习 {exercises} 道，状态图的边 {edges} 条。',
  'known.file.nothing': '“{name}”里的内容，这里都已经有了。',
  'known.file.left': { other: '有 {n} 条没有读入：这个页面不认识相关的内容。' },
  'known.file.undo': '撤销',
  'known.file.undone': '从文件读入的内容已经撤销。',
  'known.file.none': '“{name}”不是进度文件。',
  'known.file.tooLarge': '“{name}”有 {size} MB，进度文件最多 {limit} MB。',
};
