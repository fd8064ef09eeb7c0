/** The files of the lab, told apart by their format: one that is opened in the wrong place is told where it belongs. */
const kinds = {
  'tcplab-scenario/1': 'scenario',
  'tcplab-exercise/1': 'exercise',
  'tcplab-answers/1': 'answers',
  'tcplab-progress/1': 'progress',
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
