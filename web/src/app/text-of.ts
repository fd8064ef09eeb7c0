/** The text of a file. Rejects what is not UTF-8, instead of showing signs that nobody wrote. */
export async function textOf(file: File): Promise<string> {
  return new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer());
}
