/** Settings with which a workload runs well. */
import * as v from 'valibot';
import { Bilingual } from '../../../engine/types.ts';
import { pick, t } from '../../../i18n/index.svelte.ts';
import { Goal } from '../../goal.ts';
import { asFields } from '../answer.ts';
import { common, count } from '../asked.ts';
import type { QuestionKind } from '../kind.ts';
import { Plotted } from './plotted.ts';

const Option = v.object({ id: v.string(), text: Bilingual, cost: count });
const Setting = v.object({
  id: v.string(),
  text: Bilingual,
  /** The first option is the unchanged setting. */
  options: v.pipe(v.array(Option), v.minLength(2)),
});

const Asked = v.object({
  ...common,
  kind: v.literal('tune'),
  settings: v.array(Setting),
  most: count,
  goals: v.array(Goal),
  /** Whether the choice with the lowest cost is asked for. */
  cheapest: v.boolean(),
  plot: v.array(v.object({ id: v.string(), text: Bilingual })),
  /** The counts of the unchanged run. */
  plotted: Plotted,
  end: count,
});
type Asked = v.InferOutput<typeof Asked>;
export type Setting = v.InferOutput<typeof Setting>;

/** The chosen option of a setting; the first one if none is chosen, or one that does not exist. */
export function chosenOf({ id, options }: Setting, value: unknown): v.InferOutput<typeof Option> {
  const chosen = asFields(value)[id];
  return options.find((option) => option.id === chosen) ?? (options[0] as v.InferOutput<typeof Option>);
}

export const changedIn = ({ settings }: Asked, value: unknown): Setting[] =>
  settings.filter((setting) => chosenOf(setting, value) !== setting.options[0]);

export const costOf = ({ settings }: Asked, value: unknown): number =>
  settings.reduce((sum, setting) => sum + chosenOf(setting, value).cost, 0);

/** What was changed, as lines: "Ports: 8". */
export const changesText = (asked: Asked, value: unknown): string[] =>
  changedIn(asked, value).map((setting) =>
    t('exercise.tune.change', { setting: pick(setting.text), option: pick(chosenOf(setting, value).text) }),
  );

export const tune: QuestionKind<typeof Asked> = {
  asked: Asked,
  isPart: false,
  isJudged: true,
  canBeShown: true,
  missing(asked, value) {
    const changed = changedIn(asked, value);
    if (changed.length > asked.most) return changed.slice(0, 1).map(({ id }) => id);
    return changed.length === 0 ? asked.settings.slice(0, 1).map(({ id }) => id) : [];
  },
  missingText: (asked, value) =>
    changedIn(asked, value).length === 0 ? t('exercise.tune.none') : t('exercise.tune.tooMany', { n: asked.most }),
  fieldName: ({ settings }, name) => pick(settings.find(({ id }) => id === name)?.text) || name,
  nextStep: () => t('exercise.step.tune'),
};
