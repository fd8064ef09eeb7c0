/** An exercise's questions as the steps that a student goes through: each part of an explain is a step. */
import type { Asked } from './kinds/all.ts';
import type { Exercise, StepVerdict, Verdict } from './types.ts';

export interface Step {
  /** "question" or "question/part", changed if every object has a property of that name. */
  key: string;
  question: string;
  part: string | undefined;
  asked: Asked;
  /** The introduction of an explain. */
  about: { en: string; zh: string } | undefined;
}

/** Answers and verdicts are in plain objects by step, and a question may be called `constructor`. */
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

/** The reverse of `answersOf`; answers that belong to no step are left out. */
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
