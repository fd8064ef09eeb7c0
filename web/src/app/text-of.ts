/**
 * The text of a file, with its byte order mark: the engine refuses that here as everywhere. Rejects what is not UTF-8,
 * instead of showing signs that nobody wrote.
 */
export async function textOf(file: File): Promise<string> {
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(await file.arrayBuffer());
}
