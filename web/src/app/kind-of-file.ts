/** The lab's kinds of files by their format, so that a file opened in the wrong place can be told where it belongs. */
const kinds = {
  'tcplab-scenario/1': 'scenario',
  'tcplab-exercise/1': 'exercise',
  'tcplab-answers/1': 'answers',
  'tcplab-progress/1': 'progress',
  'tcplab-pack/1': 'lessons',
  // These files are of no use alone, but the view that opens them says what is missing.
  'tcplab-contents/1': 'lessons',
  'tcplab-lesson/1': 'lessons',
  'tcplab-terms/1': 'lessons',
} as const;
export type KindOfFile = (typeof kinds)[keyof typeof kinds];

/** The `format` that a JSON text names; undefined if it names none, or is not JSON. */
export function formatOf(text: string): string | undefined {
  try {
    const format = (JSON.parse(text) as { format?: unknown } | null)?.format;
    return typeof format === 'string' ? format : undefined;
  } catch {
    return undefined;
  }
}

/** Undefined for an unknown format: then the engine says what is wrong, and where. */
export function kindOfFile(text: string): KindOfFile | undefined {
  const format = formatOf(text);
  return Object.entries(kinds).find(([name]) => name === format)?.[1];
}
