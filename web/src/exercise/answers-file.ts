/** Answers as a file that `tcplab grade` takes, and back. */
import * as v from 'valibot';
import { byName } from '../app/by-name.ts';

const AnswersFile = v.object({
  format: v.literal('tcplab-answers/1'),
  exercise: v.string(),
  rev: v.number(),
  seed: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0xffff_ffff)),
  /** The version of the engine that judged them. */
  engine: v.optional(v.string()),
  answers: byName(v.unknown()),
  /** How many hints were read: in all, or by step. */
  hints: v.optional(v.union([v.number(), v.record(v.string(), v.number())])),
  /** By step ("question" or "question/part"): count of tries, all answers but the last, and whether one was shown. */
  tries: v.optional(v.record(v.string(), v.number())),
  earlier: v.optional(v.record(v.string(), v.array(v.unknown()))),
  revealed: v.optional(v.record(v.string(), v.boolean())),
});
export type AnswersFile = v.InferOutput<typeof AnswersFile>;

/** A larger answers file or exercise is refused without being read. */
export const largestAnswers = 1_000_000;
export const largestExercise = 4 * 1024 * 1024;

export function answersText(file: Omit<AnswersFile, 'format'>): string {
  return `${JSON.stringify({ format: 'tcplab-answers/1', ...file }, null, 2)}\n`;
}

export function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Undefined if the text is not an answers file. */
export function readAnswers(text: string): AnswersFile | undefined {
  try {
    const result = v.safeParse(AnswersFile, JSON.parse(text));
    return result.success ? result.output : undefined;
  } catch {
    return undefined;
  }
}
