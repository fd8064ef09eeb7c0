/** What every question has. */
import * as v from 'valibot';
import { Bilingual } from '../../engine/types.ts';

export const count = v.pipe(v.number(), v.integer(), v.minValue(0));

const Hints = v.object({ en: v.array(v.string()), zh: v.array(v.string()) });

export const common = {
  id: v.string(),
  points: count,
  text: Bilingual,
  /** From the most general to the most specific. */
  hints: Hints,
  /** The world stands before this step while the question is asked. */
  pause: v.nullable(v.object({ step: count, t: count })),
  /** Variables of a connection that would tell the answer. */
  covered: v.optional(v.array(v.string()), []),
};
