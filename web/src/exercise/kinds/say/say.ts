/** Free text: kept and compared by the student, never marked. */
import * as v from 'valibot';
import { Bilingual } from '../../../engine/types.ts';
import { t } from '../../../i18n/index.svelte.ts';
import { common } from '../asked.ts';
import type { QuestionKind } from '../kind.ts';

const Asked = v.object({ ...common, kind: v.literal('say'), model: Bilingual });

export const say: QuestionKind<typeof Asked> = {
  asked: Asked,
  isPart: true,
  isJudged: false,
  canBeShown: false,
  missing: (_, value) => (typeof value === 'string' && value.trim() !== '' ? [] : ['text']),
  missingText: () => t('exercise.missing.text'),
  nextStep: () => '',
};
