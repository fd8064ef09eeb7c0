/** How a run differs from the exercise's, one sentence for each difference. */
import { label, pick, t } from '../i18n/index.svelte.ts';
import { ruleOf } from '../lab/catalogue/rules.svelte.ts';
import { callText } from '../lab/model/text.ts';
import { nameOf } from '../lab/catalogue/names.svelte.ts';
import { segmentWords } from './goal-text.ts';
import type { Match } from './goal.ts';
import type { Change } from './types.ts';

function faultText({ do: what, match }: Change['faults'][number]): string {
  const { from, flags, len_min, nth } = match;
  const segment: Match = {};
  for (const [field, value] of [
    ['flags', flags],
    ['len_min', len_min],
    ['src', from],
  ] as const) {
    if (value !== undefined) segment[field] = value;
  }
  const words = segmentWords(segment);
  return label(
    nameOf('fault', what),
    nth === undefined ? words : t('exercise.change.nth', { segment: words, n: String(nth) }),
  );
}

function callTexts(script: Change['script']): string[] {
  return script.map((entry) =>
    t('goal.event.call', {
      who: entry.host ?? t('goal.anyHost'),
      call: callText({ ...entry, call: entry.do } as unknown as Parameters<typeof callText>[0]),
    }),
  );
}

/** What a mutant does, from its rule's text. */
const mutantText = (id: string): string => pick(ruleOf(`mutant_${id}`)) || id;

export const changeTexts = ({ mutant, faults, script }: Change): string[] => [
  ...[mutant].flat().map(mutantText),
  ...faults.map(faultText),
  ...callTexts(script),
];
