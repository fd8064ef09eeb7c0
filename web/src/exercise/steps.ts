/** An exercise's questions as the steps in which a student goes through them: an explain is one step a part. */
import type { Asked } from './kinds/all.ts';
import type { Exercise, StepVerdict, Verdict } from './types.ts';

export interface Step {
  /** "question" or "question/part", in a form that no object has by itself. */
  key: string;
  question: string;
  part: string | undefined;
  asked: Asked;
  /** What an explain asks as a whole. */
  about: { en: string; zh: string } | undefined;
}

/** Answers and verdicts stand in plain objects by step: a question may well be called `constructor`. */
const keyOf = (id: string): string => (id in Object.prototype ? `/${id}` : id);

export const keyOfStep = (question: string, part?: string): string =>
  part === undefined ? keyOf(question) : `${question}/${part}`;

export function stepsOf(exercise: Exercise): Step[] {
  return exercise.questions.flatMap((question): Step[] => {
    if (question.kind !== 'explain') {
      return [
        { key: keyOfStep(question.id), question: question.id, part: undefined, asked: question, about: undefined },
      ];
    }
    return question.parts.map((part) => ({
      key: keyOfStep(question.id, part.id),
      question: question.id,
      part: part.id,
      asked: part,
      about: question.text,
    }));
  });
}

/** Answers by step as the engine takes them: by question, and by part within an explain. */
export function answersOf(steps: readonly Step[], bySteps: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const answers: Record<string, unknown> = {};
  for (const { key, question, part } of steps) {
    if (!Object.hasOwn(bySteps, key)) continue;
    if (part === undefined) answers[question] = bySteps[key];
    else
      answers[question] = {
        ...(Object.hasOwn(answers, question) ? (answers[question] as object) : {}),
        [part]: bySteps[key],
      };
  }
  return answers;
}

/** The other way round; what belongs to no step is left out. */
export function bySteps(steps: readonly Step[], answers: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  for (const { key, question, part } of steps) {
    if (!Object.hasOwn(answers, question)) continue;
    const answer = answers[question];
    if (part === undefined) found[key] = answer;
    else if (typeof answer === 'object' && answer !== null && Object.hasOwn(answer, part)) {
      found[key] = (answer as Record<string, unknown>)[part];
    }
  }
  return found;
}

export function verdictsOf(steps: readonly Step[], verdict: Verdict): Record<string, StepVerdict> {
  const found: Record<string, StepVerdict> = {};
  for (const { key, question, part } of steps) {
    const whole = verdict.questions.find((each) => each.id === question);
    const mine = part === undefined ? whole : whole?.parts.find((each) => each.id === part);
    if (mine) found[key] = mine;
  }
  return found;
}
