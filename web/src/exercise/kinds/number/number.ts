/** How many events there are of a kind. */
import * as v from 'valibot';
import { Bilingual } from '../../../engine/types.ts';
import { pick, t } from '../../../i18n/index.svelte.ts';
import { emptyOf, namedInBoth } from '../answer.ts';
import { common } from '../asked.ts';
import type { QuestionKind } from '../kind.ts';

const Asked = v.object({
  ...common,
  kind: v.literal('number'),
  hosts: v.array(v.string()),
  counts: v.array(v.object({ id: v.string(), text: Bilingual })),
});

export const number: QuestionKind<typeof Asked> = {
  asked: Asked,
  isPart: false,
  isJudged: true,
  canBeShown: true,
  isAhead: true,
  hosts: ({ hosts }) => hosts,
  missing: ({ counts }, value) =>
    emptyOf(
      counts.map(({ id }) => id),
      value,
    ),
  fieldName: ({ counts }, name) => pick(counts.find(({ id }) => id === name)?.text),
  unreadable: ({ counts }, fields) => {
    const texts = counts.filter(({ id }) => fields.includes(id)).map(({ text }) => text);
    return texts.length === fields.length ? namedInBoth('exercise.number.unreadable', texts) : undefined;
  },
  nextStep: () => t('exercise.step.number'),
};
