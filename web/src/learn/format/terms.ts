/** terms.json: the words that lessons teach, each with its card. */
import * as v from 'valibot';
import { Bilingual } from '../../engine/types.ts';

const Cell = v.union([v.string(), Bilingual]);

export const Term = v.object({
  id: v.string(),
  /** The number of the lesson that teaches it. */
  lesson: v.number(),
  name: Bilingual,
  text: Bilingual,
  source: v.optional(v.string()),
  /** A rule of the engine that the card explains. */
  rule: v.optional(v.string()),
  /** Rows of short cells. */
  table: v.optional(v.array(v.array(Cell))),
});
export type Term = v.InferOutput<typeof Term>;

export const TermFile = v.object({
  format: v.literal('tcplab-terms/1'),
  terms: v.array(Term),
});
