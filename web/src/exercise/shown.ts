/** Answers in the reader's words. */
import { label, list, t, type Bilingual } from '../i18n/index.svelte.ts';
import { nameOf } from '../lab/catalogue/names.svelte.ts';
import { kindOf, type Asked, type Played } from './kinds/all.ts';
import { isSettled, type Stage } from './stage.ts';
import type { Step } from './steps.ts';
import type { Diagnosis, StepVerdict } from './types.ts';

/** The readable name of a verdict's field. */
export const fieldName = (asked: Asked, name: string): string => kindOf(asked).fieldName?.(asked, name) ?? name;

/** A value of a verdict's field. */
export function fieldValue(asked: Asked, name: string, value: unknown): string {
  if (value === undefined || value === null || value === '') return '—';
  const said = kindOf(asked).fieldValue?.(asked, name, value);
  return said ?? (typeof value === 'object' ? JSON.stringify(value) : String(value));
}

/** Half points as points, in digits: "½ of 2 points" would read as half of two points. */
export const pointsText = (halves: number): string => String(halves / 2);

export const earnedText = (halves: number, max: number): string =>
  t('exercise.points', { n: max, score: pointsText(halves) });

/** What is missing before an answer can be submitted. */
export function missingText(asked: Asked, value: unknown): string {
  const kind = kindOf(asked);
  const fields = () => list(kind.missing(asked, value).map((name) => fieldName(asked, name)));
  return kind.missingText?.(asked, value) ?? t('exercise.missing.fields', { fields: fields() });
}

/** The allowed actions in words, for a student who has done nothing yet. */
export function actionsText({ allow: { network, calls, inject } }: Played): string {
  const ways = [
    ...(network.length > 0
      ? [label(t('exercise.allow.network'), list(network.map((name) => nameOf('fault', name))))]
      : []),
    ...Object.entries(calls).flatMap(([host, names]) =>
      names.length > 0 ? [label(host, list(names.map((name) => `${name}()`)))] : [],
    ),
    ...Object.keys(inject).map((host) => label(host, t('lab.inject.title'))),
  ];
  return ways.join(t('punctuation.clause'));
}

/** The result of an answer: points once the question is settled; before that, how much of it is right. */
export function outcomeText(stage: Stage, asked: Asked, verdict: StepVerdict): string {
  if (verdict.max === 0) return '';
  if (isSettled(stage)) return earnedText(verdict.half_points, verdict.max);
  const right = verdict.fields.filter(({ correct }) => correct).length;
  // Points of these are not by field: a share of so many fields would promise other points.
  const { fields = 'values' } = kindOf(asked);
  if (['events', 'cards'].includes(fields) || verdict.fields.length < 2) return '';
  return t('exercise.verdict.partly', { n: right, of: verdict.fields.length });
}

/** Why an answer cannot be read, or some of its fields. */
export function refusalOf(
  { problem, fields }: Pick<StepVerdict, 'problem' | 'fields'>,
  asked?: Asked,
): Bilingual | undefined {
  const unread = fields.filter((field) => field.problem !== undefined).map(({ name }) => name);
  const whole = asked && unread.length > 0 ? kindOf(asked).unreadable?.(asked, unread) : undefined;
  if (whole && !problem) return whole;
  const problems = [problem, ...fields.map((field) => field.problem)].filter((each) => each !== undefined);
  if (problems.length === 0) return undefined;
  const once = (texts: string[]) => [...new Set(texts)];
  return { en: once(problems.map(({ en }) => en)).join('. '), zh: once(problems.map(({ zh }) => zh)).join('。') };
}

/** The misconceptions named for a wrong answer: more than two would bury the likeliest. */
export const named = ({ diagnoses }: Pick<StepVerdict, 'diagnoses'>): Diagnosis[] => diagnoses.slice(0, 2);

/** The slips that say more than the marks on the fields. */
export const slipsTold = ({ slips }: Pick<StepVerdict, 'slips'>): StepVerdict['slips'] =>
  slips.filter(({ kind }) => kind !== 'one_field');

/** Whether an earlier answer earned points that this one does not, as it had something right that is now wrong. */
export const isEarnedBefore = ({ half_points, score }: Pick<StepVerdict, 'half_points' | 'score'>): boolean =>
  half_points > 2 * score;

export interface IdeaMet {
  id: string;
  /** Indices of the questions whose answers it may explain. */
  steps: number[];
  /** Whether the right answers were then found without being shown. */
  mended: boolean;
  /** Whether no question is open that its refutation could give away. */
  settled: boolean;
}

/** The misconceptions that may explain answers of an attempt. */
export function ideasMet(
  steps: readonly Step[],
  met: Readonly<Record<string, readonly string[]>>,
  stageOf: (step: Step) => Stage,
): IdeaMet[] {
  const found = new Map<string, IdeaMet>();
  for (const [i, step] of steps.entries()) {
    for (const id of met[step.key] ?? []) {
      const idea = found.get(id) ?? { id, steps: [], mended: true, settled: true };
      const stage = stageOf(step);
      idea.steps.push(i);
      idea.mended &&= stage === 'right';
      idea.settled &&= isSettled(stage);
      found.set(id, idea);
    }
  }
  return [...found.values()];
}

/** Sentences of a text, for ticking one by one. */
export function sentencesOf(text: string): string[] {
  return text.split(/(?<=[.!?])\s+|(?<=[。！？])/u).filter((each) => each.trim() !== '');
}
