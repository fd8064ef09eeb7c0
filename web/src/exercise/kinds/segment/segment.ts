/** Fields of the header of the next segment. */
import * as v from 'valibot';
import { t } from '../../../i18n/index.svelte.ts';
import { emptyOf, namedInBoth } from '../answer.ts';
import { common } from '../asked.ts';
import type { QuestionKind } from '../kind.ts';

const Asked = v.object({
  ...common,
  kind: v.literal('segment'),
  of: v.object({ host: v.string() }),
  fields: v.array(v.picklist(['seq', 'ack', 'flags', 'len'])),
});

export const segment: QuestionKind<typeof Asked> = {
  asked: Asked,
  isPart: false,
  isJudged: true,
  canBeShown: true,
  isAhead: true,
  fields: 'header',
  hosts: ({ of }) => [of.host],
  missing: (asked, value) => emptyOf(asked.fields, value),
  unreadable: (_, fields) =>
    // Flags are not typed.
    fields.includes('flags')
      ? undefined
      : namedInBoth(
          'exercise.segment.unreadable',
          fields.map((name) => ({ en: name, zh: name })),
        ),
  nextStep: (fields, some) => t(some ? 'exercise.step.segment' : 'exercise.step.segment.all', { fields }),
};
