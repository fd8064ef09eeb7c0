/** Cards that name events, put in order. */
import * as v from 'valibot';
import { Bilingual } from '../../../engine/types.ts';
import { pick, t } from '../../../i18n/index.svelte.ts';
import { asNames } from '../answer.ts';
import { common } from '../asked.ts';
import type { QuestionKind } from '../kind.ts';

const Asked = v.object({
  ...common,
  kind: v.literal('order'),
  hosts: v.array(v.string()),
  /** The cards, already shuffled. */
  cards: v.array(v.object({ id: v.string(), text: Bilingual })),
});
type Asked = v.InferOutput<typeof Asked>;

/** The cards that have been placed, in order; unknown or repeated ones, which a file may have, are left out. */
export function placed({ cards }: Asked, value: unknown): string[] {
  const ids = new Set(asNames(value) ?? []);
  return [...ids].filter((id) => cards.some((card) => card.id === id));
}

/** The order with one card moved, but not beyond either end. */
export function moved(order: readonly string[], id: string, by: number): string[] {
  const from = order.indexOf(id);
  const to = from + by;
  if (from < 0 || to < 0 || to >= order.length) return [...order];
  const next = order.filter((each) => each !== id);
  next.splice(to, 0, id);
  return next;
}

export const order: QuestionKind<typeof Asked> = {
  asked: Asked,
  isPart: false,
  isJudged: true,
  canBeShown: true,
  fields: 'cards',
  isAhead: true,
  hosts: ({ hosts }) => hosts,
  missing: (asked, value) => (placed(asked, value).length === 0 ? ['order'] : []),
  missingText: () => t('exercise.order.missing'),
  // A card that is left says that it does not happen: of most of them that is seldom meant.
  askedBack: (asked, value) => {
    const n = placed(asked, value).length;
    const left = asked.cards.length - n;
    return left > n ? t('exercise.order.left', { n: left }) : undefined;
  },
  fieldName: ({ cards }, name) => pick(cards.find(({ id }) => id === name)?.text),
  fieldValue: (_, __, value) =>
    typeof value === 'number' ? t('exercise.order.place', { n: value }) : t('exercise.order.none'),
  nextStep: () => t('exercise.step.order'),
};
