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

/** Undefined: the engine says what is wrong with it, and where. */
export function kindOfFile(text: string): KindOfFile | undefined {
  let format: unknown;
  try {
    format = (JSON.parse(text) as { format?: unknown } | null)?.format;
  } catch {
    return undefined;
  }
  return Object.entries(kinds).find(([name]) => name === format)?.[1];
}
