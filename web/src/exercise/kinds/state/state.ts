/** The states of hosts, or of their sockets, after the step before which the run stops. */
import * as v from 'valibot';
import { State } from '../../../engine/types.ts';
import { t } from '../../../i18n/index.svelte.ts';
import { emptyOf } from '../answer.ts';
import { common } from '../asked.ts';
import type { QuestionKind } from '../kind.ts';
import { hostsOf, placeOf, places } from '../places.ts';

const Asked = v.object({ ...common, kind: v.literal('state'), ...places, options: v.array(State) });

export const state: QuestionKind<typeof Asked> = {
  asked: Asked,
  isPart: false,
  isJudged: true,
  canBeShown: true,
  isAhead: true,
  hosts: hostsOf,
  missing: (asked, value) => emptyOf(asked.hosts, value),
  fieldName: placeOf,
  nextStep: (fields, some) => t(some ? 'exercise.step.state' : 'exercise.step.state.all', { fields }),
};
