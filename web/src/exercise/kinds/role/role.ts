/** The hosts, or sockets, at which something happens: several may be right, or none. */
import * as v from 'valibot';
import { list, t } from '../../../i18n/index.svelte.ts';
import { asNames } from '../answer.ts';
import { common } from '../asked.ts';
import type { QuestionKind } from '../kind.ts';
import { hostsOf, placeOf, places } from '../places.ts';

const Asked = v.object({ ...common, kind: v.literal('role'), ...places });

export const role: QuestionKind<typeof Asked> = {
  asked: Asked,
  isPart: false,
  isJudged: true,
  canBeShown: true,
  isAhead: true,
  hosts: hostsOf,
  wrongAnswers: ({ hosts }) => 2 ** hosts.length - 1,
  missing: (_, value) => (asNames(value) === undefined ? ['hosts'] : []),
  missingText: () => t('exercise.missing.hosts'),
  fieldName: () => t('exercise.role.field'),
  fieldValue(asked, _, value) {
    const names = asNames(value) ?? [];
    return names.length === 0 ? t('exercise.role.none') : list(names.map((name) => placeOf(asked, name)));
  },
  nextStep: () => t('exercise.step.role'),
};
