/**
 * The blocks of a text: blank lines separate them, and lines that begin with "|" are rows of a table, as in Markdown.
 * Anything else that an author writes is plain text.
 */
export type Block = { paragraph: string } | { head: string[] | undefined; rows: string[][] };

const isRow = (line: string): boolean => /^\s*\|/.test(line);
const isRule = (cells: readonly string[]): boolean => cells.every((cell) => /^:?-+:?$/.test(cell));

function cellsOf(line: string): string[] {
  const cells = line.trim().replace(/^\|/, '').replace(/\|$/, '').split('|');
  return cells.map((cell) => cell.trim());
}

function tableOf(lines: readonly string[]): Block {
  const rows = lines.map(cellsOf);
  const [head, rule, ...body] = rows;
  return head && rule && isRule(rule) ? { head, rows: body } : { head: undefined, rows };
}

export function blocksOf(text: string): Block[] {
  const blocks: Block[] = [];
  for (const part of text.split(/\n\s*\n/)) {
    let open: { lines: string[]; row: boolean } | undefined;
    const close = () => {
      if (open) blocks.push(open.row ? tableOf(open.lines) : { paragraph: open.lines.join('\n') });
      open = undefined;
    };
    for (const line of part.split('\n')) {
      if (line.trim() === '') continue;
      const row = isRow(line);
      if (open?.row !== row) close();
      open ??= { lines: [], row };
      open.lines.push(line);
    }
    close();
  }
  return blocks;
}

/** Whether a text has columns aligned with blanks, which need a monospaced font. */
export const hasColumns = (text: string): boolean =>
  text.split('\n').filter((line) => /\S {2,}\S/.test(line)).length > 1;
