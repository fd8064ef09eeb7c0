/** The rule catalogue's texts, taken into the page when it is built. */
import * as v from 'valibot';
import { Bilingual } from '../engine/types.ts';
import { t } from '../i18n/index.svelte.ts';

const Rule = v.object({
  spec: v.string(),
  section: v.optional(v.string(), ''),
  requirement: v.optional(v.string()),
  ...Bilingual.entries,
});
export type Rule = v.InferOutput<typeof Rule>;
export const RuleFile = v.object({ rules: v.record(v.string(), Rule) });

const files = import.meta.glob<unknown>('../../../exercises/rules.json', { eager: true, import: 'default' });
const parsed = v.safeParse(RuleFile, Object.values(files)[0] ?? { rules: {} });
const rules = parsed.success ? parsed.output.rules : {};

export const ruleOf = (id: string): Rule | undefined => (Object.hasOwn(rules, id) ? rules[id] : undefined);

/** The place of a rule: a section of a specification, or the lab's own way of doing things. */
export function citation(rule: Rule): string {
  if (rule.spec === 'lab') return t(rule.section === 'mutant' ? 'lab.rule.mutant' : 'lab.rule.ours');
  // "§3.10.4", but "figure 5".
  const section = rule.section === '' ? '' : ` ${/^\d/.test(rule.section) ? '§' : ''}${rule.section}`;
  return `${rule.spec}${section}${rule.requirement === undefined ? '' : ` · ${rule.requirement}`}`;
}
