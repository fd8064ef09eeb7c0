/** Which of a verdict's evidence is shown: what decides a wrong field, or what proves a right answer. */
import type { TraceEvent } from '../engine/types.ts';
import { t } from '../i18n/index.svelte.ts';
import type { Change, StepVerdict } from './types.ts';

export interface Reason {
  /** The wrong field that this is about; undefined where it is about the whole answer. */
  field: string | undefined;
  /** How the other run differs, if the events are not from the exercise's own run. */
  change: Change | undefined;
  /** Whether nothing is told yet: another run decides it, and the student is still to build one like that. */
  withheld: boolean;
  /** `known`: the rule was told before. */
  rules: { rule: string; events: TraceEvent[]; known: boolean }[];
}

const mostRules = 4;

/** Wrong fields of which the engine says what decides them. */
const explained = ({ fields }: StepVerdict) =>
  fields.filter(({ correct, evidence, elsewhere }) => !correct && evidence.length + elsewhere.length > 0);

/** The numbers of the events of the exercise's run that are shown. */
export function numbersTold(verdict: StepVerdict): number[] {
  const fields = explained(verdict);
  return fields.length > 0 ? fields.flatMap(({ evidence }) => evidence) : verdict.evidence;
}

/** For a played question: the events that decide goals, those that made them possible, and where two runs part. */
export const numbersOfGoals = ({ goals, differs }: Pick<StepVerdict, 'goals' | 'differs'>): number[] =>
  [...goals.flatMap(({ n, old_data: old }) => [old?.n, n]), differs?.n].filter((each) => typeof each === 'number');

/** Why this event's data, from an earlier connection, was accepted; empty for any other event. */
export function oldDataText({ goals }: Pick<StepVerdict, 'goals'>, n: number): string {
  const old = goals.find((goal) => goal.old_data?.n === n)?.old_data;
  if (!old) return '';
  const { seq, expected } = old;
  if (seq === expected) return t('exercise.because.old.next', { seq });
  return t('exercise.because.old.ahead', { seq, expected, n: (seq - expected + 2 ** 32) % 2 ** 32 });
}

/** The numbers of these events and of those that prove the answer. */
export const numbersOf = (verdict: StepVerdict): number[] =>
  [...new Set([...verdict.evidence, ...numbersTold(verdict)])].sort((a, b) => a - b);

/** `building`: a build is still open, and another run may be its solution. */
export function reasonsFor(verdict: StepVerdict, evidence: readonly TraceEvent[], building = false): Reason[] {
  const told = new Set<string>();
  const reason = (events: readonly TraceEvent[], field?: string, change?: Change): Reason => {
    const byRule = new Map<string, TraceEvent[]>();
    for (const event of events) byRule.set(event.rule, [...(byRule.get(event.rule) ?? []), event]);
    const rules = [...byRule]
      .slice(0, mostRules)
      .map(([rule, each]) => ({ rule, events: each, known: told.has(rule) }));
    for (const { rule } of rules) told.add(rule);
    return { field, change, withheld: false, rules };
  };
  const numbered = (numbers: readonly number[]) => evidence.filter(({ n }) => numbers.includes(n));
  const fields = explained(verdict);
  const secret = (field: string): Reason => ({ field, change: undefined, withheld: true, rules: [] });
  const reasons = fields.flatMap(({ name, evidence: numbers, elsewhere }) => [
    reason(numbered(numbers), name),
    ...(building && elsewhere.length > 0
      ? [secret(name)]
      : elsewhere.map(({ change, events }) => reason(events, name, change))),
  ]);
  return (fields.length > 0 ? reasons : [reason(evidence)]).filter(
    ({ rules, withheld }) => withheld || rules.length > 0,
  );
}
