/** A number that tells one JSON value from another, however its text is laid out (FNV-1a, 32 bits). */
export function digest(value: unknown): number {
  let hash = 0x811c9dc5;
  for (const char of JSON.stringify(value)) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193);
  return hash >>> 0;
}
