/**
 * Finds Markdown that a lesson cannot show, line by line. The command applies the same rules
 * (engine/lesson/markdown.cpp); tests/unit/lesson/markdown.json checks both.
 */
export type Sign = 'html' | 'table' | 'strike' | 'task' | 'footnote' | 'definition' | 'underline';

/** The line with code and escaped characters replaced by blanks. */
const withoutCode = (line: string): string =>
  line.replace(/`[^`]*(?:`|$)|\\./gs, (hidden) => ' '.repeat(hidden.length)).trim();

const signs: [Sign, (line: string) => boolean][] = [
  ['html', (line) => /<[A-Za-z/!?]/.test(line)],
  ['table', (line) => /^[|\-: \t]*$/.test(line) && line.includes('|') && line.includes('-')],
  ['strike', (line) => line.includes('~~')],
  ['task', (line) => /^[-*+] \s*\[[ xX]\]/.test(line)],
  ['footnote', (line) => line.includes('[^')],
  ['definition', (line) => line.startsWith('[') && line.includes(']:')],
  ['underline', (line) => /^={3,}$/.test(line)],
];

export interface Misfit {
  /** From 1. */
  line: number;
  sign: Sign;
}

/** The first markup of each line that would be shown literally; code blocks are skipped. */
export function misfitsIn(markdown: string): Misfit[] {
  let isCode = false;
  return markdown.split('\n').flatMap((line, i) => {
    const isMark = line.trim().startsWith('```');
    const isHidden = isCode || isMark;
    if (isMark) isCode = !isCode;
    const left = isHidden ? '' : withoutCode(line);
    const sign = signs.find(([, has]) => has(left))?.[0];
    return sign ? [{ line: i + 1, sign }] : [];
  });
}
