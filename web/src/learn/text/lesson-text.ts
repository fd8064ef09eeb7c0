/** A lesson's text in one language: promise, question, a section for each beat, and one on where it matters. */
import { misfitsIn, type Misfit } from './fit.ts';
import { parts, readMarkdown, type Block, type Unfit } from './markdown.ts';

export interface Section {
  title: string;
  line: number;
  /** The text before the prediction, and the text that is shown only after it. */
  before: Block[];
  after: Block[];
  /** How many dividing lines the section has. */
  breaks: number;
}

export interface LessonText {
  title: string;
  promise: Block[];
  /** The question with which the lesson opens. */
  question: Block[];
  sections: Section[];
  /** The count of other blocks before the first section, which would not be shown. */
  others: number;
}

function sectionOf(title: string, line: number, blocks: readonly Block[]): Section {
  const at = blocks.findIndex(({ kind }) => kind === 'break');
  const before = at < 0 ? [...blocks] : blocks.slice(0, at);
  const after = at < 0 ? [] : blocks.slice(at + 1).filter(({ kind }) => kind !== 'break');
  return { title, line, before, after, breaks: blocks.filter(({ kind }) => kind === 'break').length };
}

export function readLessonText(markdown: string): { text: LessonText; unfit: Unfit[]; misfits: Misfit[] } {
  const { blocks, unfit } = readMarkdown(markdown);
  const starts = blocks.flatMap((block, i) => (block.kind === 'heading' && block.depth === 2 ? [i] : []));
  const head = blocks.slice(0, starts[0] ?? blocks.length);
  const [first, ...intro] = head;
  const sections = starts.map((start, i) => {
    const heading = blocks[start] as Extract<Block, { kind: 'heading' }>;
    return sectionOf(heading.title, heading.line, blocks.slice(start + 1, starts[i + 1] ?? blocks.length));
  });
  const isTitled = first?.kind === 'heading' && first.depth === 1;
  const quotes = intro.flatMap((block) => (block.kind === 'quote' ? block.inside : []));
  const text = {
    title: isTitled ? first.title : '',
    promise: intro.filter(({ kind }) => kind === 'paragraph'),
    question: quotes,
    sections,
    others: intro.filter(({ kind }) => kind !== 'paragraph' && kind !== 'quote').length,
  };
  return { text, unfit, misfits: misfitsIn(markdown) };
}

const place = /\$\{(\w+)\}/g;

/** The names of the numbers that a text takes from a run. */
export const namesIn = (blocks: readonly Block[]): string[] => [
  ...new Set(
    [...parts(blocks)].flatMap((part) =>
      'text' in part ? [...part.text.matchAll(place)].map(([, name]) => name as string) : [],
    ),
  ),
];

/** A text with its numbers filled in; unknown ones become an ellipsis. */
export const filled = (text: string, valueOf: (name: string) => string | undefined): string =>
  text.replace(place, (_, name: string) => valueOf(name) ?? '…');
