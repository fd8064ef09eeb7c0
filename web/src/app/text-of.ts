import { inBoth, type Bilingual } from '../i18n/index.svelte.ts';

/** A file is not UTF-8 at this place; line and column count from 1 and in characters, as in the engine. */
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
 * The text of a file. It keeps a byte order mark, which the engine then refuses. Throws if the file is not UTF-8,
 * rather than show replacement characters that nobody wrote.
 */
export async function textOf(file: Blob): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new NotUtf8(placeAfter(goodPart(bytes)));
  }
}

/** The message for an error that `textOf` threw. */
export function whyUnreadable(error: unknown, name: string): Bilingual {
  if (!(error instanceof NotUtf8)) return inBoth('app.file.unreadable', { name });
  return inBoth('app.file.notUtf8', { name, line: error.line, column: error.column });
}

/** The text before the first octet that is not UTF-8. */
function goodPart(bytes: Uint8Array): string {
  // A tolerant decoder puts a replacement character there, which encodes to other octets.
  const read = new TextEncoder().encode(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes));
  let end = read.findIndex((octet, i) => octet !== bytes[i]);
  // The bad octets may begin like the replacement character: go back to the start of that character.
  while (end > 0 && ((read[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(0, end));
}

function placeAfter(text: string): { line: number; column: number } {
  const lines = text.split('\n');
  return { line: lines.length, column: [...(lines.at(-1) ?? '')].length + 1 };
}
