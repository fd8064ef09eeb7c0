import { inBoth, type Bilingual } from '../i18n/index.svelte.ts';

/** Where a file is not UTF-8: line and column count as the engine counts them, from 1 and in characters. */
export class NotUtf8 extends Error {
  override name = 'NotUtf8';
  readonly line: number;
  readonly column: number;

  constructor({ line, column }: { line: number; column: number }) {
    super(`line ${line}, column ${column}`);
    this.line = line;
    this.column = column;
  }
}

/**
 * The text of a file, with its byte order mark: the engine refuses that here as everywhere. Rejects what is not UTF-8,
 * instead of showing signs that nobody wrote.
 */
export async function textOf(file: Blob): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new NotUtf8(placeAfter(goodPart(bytes)));
  }
}

/** Why `textOf` gave no text. */
export function whyUnreadable(error: unknown, name: string): Bilingual {
  if (!(error instanceof NotUtf8)) return inBoth('app.file.unreadable', { name });
  return inBoth('app.file.notUtf8', { name, line: error.line, column: error.column });
}

/** The text before the first octet that is not UTF-8. */
function goodPart(bytes: Uint8Array): string {
  // A decoder that goes on writes another character there, which encodes to other octets.
  const read = new TextEncoder().encode(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes));
  let end = read.findIndex((octet, i) => octet !== bytes[i]);
  // The two may begin with the same octets: back to the first of the character.
  while (end > 0 && ((read[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(0, end));
}

function placeAfter(text: string): { line: number; column: number } {
  const lines = text.split('\n');
  return { line: lines.length, column: [...(lines.at(-1) ?? '')].length + 1 };
}
