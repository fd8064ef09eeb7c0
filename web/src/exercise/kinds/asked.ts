/** What every question has. */
import * as v from 'valibot';
import { Bilingual } from '../../engine/types.ts';

export const count = v.pipe(v.number(), v.integer(), v.minValue(0));

const Hints = v.object({ en: v.array(v.string()), zh: v.array(v.string()) });

/** The notations in which the run so far may be shown while a question is open. */
export const notations = ['ladder', 'dump', 'bytes', 'ss', 'tcb', 'list'] as const;
export type Notation = (typeof notations)[number];

export const common = {
  id: v.string(),
  points: count,
  text: Bilingual,
  /** From the most general to the most specific. */
  hints: Hints,
  /** The world waits before this step while the question is open. */
  pause: v.nullable(v.object({ step: count, t: count })),
  /** Variables of connections that are hidden, as they would give away the answer. */
  covered: v.optional(v.array(v.string()), []),
  /** The notation of this variant; by default, the diagram. */
  notation: v.optional(v.picklist(notations), 'ladder'),
};
