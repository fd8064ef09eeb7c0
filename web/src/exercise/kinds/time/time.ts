/** When something happens, or how long it takes. */
import * as v from 'valibot';
import { Bilingual } from '../../../engine/types.ts';
import { pick, t } from '../../../i18n/index.svelte.ts';
import { emptyOf, namedInBoth } from '../answer.ts';
import { common, count } from '../asked.ts';
import type { QuestionKind } from '../kind.ts';

const Asked = v.object({
  ...common,
  kind: v.literal('time'),
  hosts: v.array(v.string()),
  /** How far off an answer may be, in microseconds. */
  tolerance: count,
  times: v.array(v.object({ id: v.string(), text: Bilingual, is_length: v.boolean() })),
  causes: v.array(
    v.object({
      id: v.string(),
      text: Bilingual,
      options: v.array(v.object({ id: v.string(), text: Bilingual })),
    }),
  ),
});
type Asked = v.InferOutput<typeof Asked>;

/** The engine's value for something that does not happen. */
export const NEVER = 'never';

const causeOf = ({ causes }: Asked, name: string) => causes.find(({ id }) => id === name);

const textOf = (asked: Asked, name: string) =>
  pick(asked.times.find(({ id }) => id === name)?.text) ||
  t('exercise.time.cause', { what: pick(causeOf(asked, name)?.text) });

/** "1.06s" with a blank before the unit, as in print. */
export const timeText = (value: string): string =>
  value === NEVER ? t('exercise.time.never') : value.replace(/(\d)(us|ms|s|min|h)$/, '$1 $2').replace(/^0$/, '0 s');

/** A tolerance, in milliseconds if it is a whole number of them. */
export const toleranceText = (microseconds: number): string =>
  timeText(microseconds % 1000 === 0 ? `${microseconds / 1000}ms` : `${microseconds}us`);

export const time: QuestionKind<typeof Asked> = {
  asked: Asked,
  isPart: false,
  isJudged: true,
  canBeShown: true,
  isAhead: true,
  hosts: ({ hosts }) => hosts,
  missing: ({ times, causes }, value) =>
    emptyOf(
      [...times, ...causes].map(({ id }) => id),
      value,
    ),
  fieldName: textOf,
  fieldValue: (asked, name, value) => {
    const cause = causeOf(asked, name);
    if (!cause) return timeText(String(value));
    return pick(cause.options.find(({ id }) => id === value)?.text) || String(value);
  },
  unreadable: ({ times }, fields) => {
    const texts = times.filter(({ id }) => fields.includes(id)).map(({ text }) => text);
    return texts.length === fields.length ? namedInBoth('exercise.time.unreadable', texts) : undefined;
  },
  nextStep: () => t('exercise.step.time'),
};
