/** What is told of a verdict's evidence: of a wrong field what decides it, of a right answer what shows it. */
import type { TraceEvent } from '../engine/types.ts';
import type { Change, StepVerdict } from './types.ts';

export interface Reason {
  /** The wrong field that this is about; undefined where it is about the whole answer. */
  field: string | undefined;
  /** What another run has otherwise, where the events are not of the exercise's own. */
  change: Change | undefined;
  /** `known`: the rule was told before. */
  rules: { rule: string; events: TraceEvent[]; known: boolean }[];
}

const mostRules = 4;

/** Wrong fields of which the engine says what decides them. */
const explained = ({ fields }: StepVerdict) =>
  fields.filter(({ correct, evidence, elsewhere }) => !correct && evidence.length + elsewhere.length > 0);

/** The events of the exercise's run that are told. */
export function numbersTold(verdict: StepVerdict): number[] {
  const fields = explained(verdict);
  return fields.length > 0 ? fields.flatMap(({ evidence }) => evidence) : verdict.evidence;
}

/** These, and what shows the answer. */
export const numbersOf = (verdict: StepVerdict): number[] =>
  [...new Set([...verdict.evidence, ...numbersTold(verdict)])].sort((a, b) => a - b);

export function reasonsFor(verdict: StepVerdict, evidence: readonly TraceEvent[]): Reason[] {
  const told = new Set<string>();
  const reason = (events: readonly TraceEvent[], field?: string, change?: Change): Reason => {
    const byRule = new Map<string, TraceEvent[]>();
    for (const event of events) byRule.set(event.rule, [...(byRule.get(event.rule) ?? []), event]);
    const rules = [...byRule].slice(0, mostRules).map(([rule, each]) => ({ rule, events: each, known: told.has(rule) }));
    for (const { rule } of rules) told.add(rule);
    return { field, change, rules };
  };
  const numbered = (numbers: readonly number[]) => evidence.filter(({ n }) => numbers.includes(n));
  const fields = explained(verdict);
  const reasons = fields.flatMap(({ name, evidence: numbers, elsewhere }) => [
    reason(numbered(numbers), name),
    ...elsewhere.map(({ change, events }) => reason(events, name, change)),
  ]);
  return (fields.length > 0 ? reasons : [reason(evidence)]).filter(({ rules }) => rules.length > 0);
}
