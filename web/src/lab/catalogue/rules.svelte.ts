/** The texts of rules: those of the first world are bundled with the page, all others are fetched later. */
import * as v from 'valibot';
import { Bilingual } from '../../engine/types.ts';
import { t } from '../../i18n/index.svelte.ts';

const Rule = v.object({
  spec: v.string(),
  section: v.optional(v.string(), ''),
  requirement: v.optional(v.string()),
  ...Bilingual.entries,
});
export type Rule = v.InferOutput<typeof Rule>;
export const RuleFile = v.object({ rules: v.record(v.string(), Rule) });

class Rules {
  known = $state.raw<Readonly<Record<string, Rule>>>({});
  /** Whether all rules have come, so that an id without a text is not a rule. */
  complete = $state(false);
}
const rules = new Rules();

/** Adds the rules of a file; ignores a file that is not valid. */
export function takeRules(file: unknown, complete: boolean): void {
  const read = v.safeParse(RuleFile, file);
  rules.known = { ...rules.known, ...(read.success ? read.output.rules : {}) };
  rules.complete ||= complete;
}

/** How long to wait before a failed fetch is tried again, in ms. */
const pause = 3000;

/** All the rules are a large file and the first picture needs few of them, so they are fetched after it. */
export async function fetchRules(address: string): Promise<void> {
  while (!rules.complete) {
    try {
      takeRules(await (await fetch(address)).json(), true);
    } catch {
      await new Promise((done) => setTimeout(done, pause));
    }
  }
}

export const ruleOf = (id: string): Rule | undefined => (Object.hasOwn(rules.known, id) ? rules.known[id] : undefined);

export const hasAllRules = (): boolean => rules.complete;

/** Where a rule comes from: a section of a specification, or a choice of the lab's own. */
export function citation(rule: Rule): string {
  if (rule.spec === 'lab') return t(rule.section === 'mutant' ? 'lab.rule.mutant' : 'lab.rule.ours');
  // "§3.10.4", but "figure 5".
  const section = rule.section === '' ? '' : ` ${/^\d/.test(rule.section) ? '§' : ''}${rule.section}`;
  return `${rule.spec}${section}${rule.requirement === undefined ? '' : ` · ${rule.requirement}`}`;
}
