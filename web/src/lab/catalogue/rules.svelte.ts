/** The texts of rules: those of the first world come with the page, all others behind it. */
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
  /** Whether all are known: an id that is not among them is none. */
  complete = $state(false);
}
const rules = new Rules();

/** Takes texts over; what does not look like texts of rules is left. */
export function takeRules(file: unknown, complete: boolean): void {
  const read = v.safeParse(RuleFile, file);
  rules.known = { ...rules.known, ...(read.success ? read.output.rules : {}) };
  rules.complete ||= complete;
}

/** In ms, before a file that did not come is asked for again. */
const pause = 3000;

/** All of them are much, and the first picture needs few: they come behind it. */
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

/** The place of a rule: a section of a specification, or the lab's own way of doing things. */
export function citation(rule: Rule): string {
  if (rule.spec === 'lab') return t(rule.section === 'mutant' ? 'lab.rule.mutant' : 'lab.rule.ours');
  // "§3.10.4", but "figure 5".
  const section = rule.section === '' ? '' : ` ${/^\d/.test(rule.section) ? '§' : ''}${rule.section}`;
  return `${rule.spec}${section}${rule.requirement === undefined ? '' : ` · ${rule.requirement}`}`;
}
