/** Answers in the reader's words. */
import { list, pick, t } from '../i18n/index.svelte.ts';
import { placeName } from './goal-text.ts';
import { asNumbers, missing } from './questions/answer.ts';
import { isSettled, type Stage } from './stage.ts';
import type { Step } from './steps.ts';
import type { Asked, Diagnosis, Of, StepVerdict } from './types.ts';

/** What is asked about: a host, and which of its sockets where that is a listener or several are asked about. */
export function placeOf(asked: Of<'state' | 'role'>, name: string): string {
  const socket = Object.hasOwn(asked.sockets, name) ? asked.sockets[name] : undefined;
  const isConnectionOfHost = socket?.host === name && socket.socket !== 'listener';
  return placeName(socket && !isConnectionOfHost ? socket : { host: name });
}

/** What a field of a verdict is called. */
export function fieldName(asked: Asked, name: string): string {
  if (asked.kind === 'claim') return pick(asked.slots.find((slot) => slot.id === name)?.text);
  if (asked.kind === 'role') return t('exercise.role.field');
  if (asked.kind === 'state') return placeOf(asked, name);
  return name;
}

/** A value of a verdict's field. */
export function fieldValue(asked: Asked, name: string, value: unknown): string {
  if (value === undefined || value === null || value === '') return '—';
  if (asked.kind === 'claim') {
    const slot = asked.slots.find((each) => each.id === name);
    return pick(slot?.options.find((option) => option.id === value)?.text) || String(value);
  }
  if (Array.isArray(value)) {
    if (value.length === 0) return t('exercise.role.none');
    return list(value.map((name) => (asked.kind === 'role' ? placeOf(asked, String(name)) : String(name))));
  }
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** Half points as points. As digits: "½ of 2 points" reads as the half of them. */
export const pointsText = (halves: number): string => String(halves / 2);

export const earnedText = (halves: number, max: number): string =>
  t('exercise.points', { n: max, score: pointsText(halves) });

/** What has to be added before an answer can be handed in. */
export function missingText(asked: Asked, value: unknown): string {
  if (asked.kind === 'pick') return t('exercise.missing.events', { n: asked.fewest - asNumbers(value).length });
  if (asked.kind === 'role') return t('exercise.missing.hosts');
  if (asked.kind === 'say') return t('exercise.missing.text');
  return t('exercise.missing.fields', { fields: list(missing(asked, value).map((name) => fieldName(asked, name))) });
}

/** What an answer came to: points when the question is settled, and until then what is right in it. */
export function outcomeText(stage: Stage, verdict: StepVerdict): string {
  if (verdict.max === 0) return '';
  if (isSettled(stage)) return earnedText(verdict.half_points, verdict.max);
  const right = verdict.fields.filter(({ correct }) => correct).length;
  if (verdict.kind === 'pick' || verdict.fields.length < 2) return '';
  return t('exercise.verdict.partly', { n: right, of: verdict.fields.length });
}

/** The ideas that are told of a wrong answer: more would bury the likeliest. */
export const named = ({ diagnoses }: Pick<StepVerdict, 'diagnoses'>): Diagnosis[] => diagnoses.slice(0, 2);

/** Slips that say more than the marks on the fields do. */
export const slipsTold = ({ slips }: Pick<StepVerdict, 'slips'>): StepVerdict['slips'] =>
  slips.filter(({ kind }) => kind !== 'one_field');

/** Whether points stand there that the answer itself does not earn: an earlier one had right what this one has not. */
export const isEarnedBefore = ({ half_points, score }: Pick<StepVerdict, 'half_points' | 'score'>): boolean =>
  half_points > 2 * score;

export interface IdeaMet {
  id: string;
  /** Places of the questions whose answers fitted it. */
  steps: number[];
  /** The answers were then found without being shown. */
  mended: boolean;
  /** No question waits that what refutes it could tell. */
  settled: boolean;
}

/** Wrong ideas that answers of an attempt fitted. */
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
