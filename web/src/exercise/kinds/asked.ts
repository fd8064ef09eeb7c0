/** What every question has. */
import * as v from 'valibot';
import { Bilingual } from '../../engine/types.ts';

export const count = v.pipe(v.number(), v.integer(), v.minValue(0));

const Hints = v.object({ en: v.array(v.string()), zh: v.array(v.string()) });

/** In which what has happened is shown while a question is asked. */
export const notations = ['ladder', 'dump', 'bytes', 'ss', 'tcb', 'list'] as const;
export type Notation = (typeof notations)[number];

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
  /** Of this variant; where what is shown is no matter of notation, it is the diagram. */
  notation: v.optional(v.picklist(notations), 'ladder'),
};
