/** A file of the lab that was opened where an exercise belongs. */
const formats = { 'tcplab-scenario/1': 'isScenario', 'tcplab-answers/1': 'isAnswers' } as const;

/** The end of the text's key that says so; undefined: it may be an exercise. */
export function otherFormat(text: string): (typeof formats)[keyof typeof formats] | undefined {
  let format: unknown;
  try {
    format = (JSON.parse(text) as { format?: unknown } | null)?.format;
  } catch {
    return undefined; // the check says where
  }
  return Object.entries(formats).find(([name]) => name === format)?.[1];
}
