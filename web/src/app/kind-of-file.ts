/** The files of the lab, told apart by their format: one that is opened in the wrong place is told where it belongs. */
const kinds = {
  'tcplab-scenario/1': 'scenario',
  'tcplab-exercise/1': 'exercise',
  'tcplab-answers/1': 'answers',
  'tcplab-progress/1': 'progress',
  'tcplab-pack/1': 'lessons',
  // These are of no use alone, but where they are opened it is said what is missing.
  'tcplab-contents/1': 'lessons',
  'tcplab-lesson/1': 'lessons',
  'tcplab-terms/1': 'lessons',
} as const;
export type KindOfFile = (typeof kinds)[keyof typeof kinds];

/** What a JSON text says of itself; undefined: nothing, or it is no JSON. */
export function formatOf(text: string): string | undefined {
  try {
    const format = (JSON.parse(text) as { format?: unknown } | null)?.format;
    return typeof format === 'string' ? format : undefined;
  } catch {
    return undefined;
  }
}

/** Undefined: the engine says what is wrong with it, and where. */
export function kindOfFile(text: string): KindOfFile | undefined {
  const format = formatOf(text);
  return Object.entries(kinds).find(([name]) => name === format)?.[1];
}
