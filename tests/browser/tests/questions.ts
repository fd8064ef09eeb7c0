/** The questions of the exercises that come with the page, each with the engine's own answer and with a wrong one. */
import { engine, type Asked } from './engine.ts';
import { exerciseIds, exerciseText } from './page.ts';

export const exercises = exerciseIds();
/** Kinds whose answer lies in what has not happened yet. */
export const predicting = ['state', 'segment', 'role'];

export interface Step {
  key: string;
  asked: Asked;
  wrong: unknown;
  right: unknown;
}

/** An answer that is surely wrong somewhere, in the right form. */
function wrongAnswer(asked: Asked): unknown {
  switch (asked.kind) {
    case 'state':
      return Object.fromEntries(asked.hosts.map((host) => [host, 'CLOSING']));
    case 'segment':
      return Object.fromEntries(asked.fields.map((field) => [field, field === 'flags' ? 'URG' : '77']));
    case 'claim':
      return Object.fromEntries(asked.slots.map((slot) => [slot.id, slot.options[0]?.id]));
    case 'say':
      return 'words';
    case 'pick':
      return Array.from({ length: asked.fewest }, (_, n) => n);
    default:
      return [];
  }
}

/** The questions in their order, each with the engine's own answer. */
export async function stepsOf(id: string, seed: number): Promise<{ steps: Step[]; scenario: string }> {
  const text = exerciseText(`${id}.json`);
  const { exercise } = await engine.exercise(text, seed);
  const steps: Step[] = [];
  for (const question of exercise.questions) {
    for (const part of question.parts ?? [question]) {
      const wrong = wrongAnswer(part);
      const inQuestion = question.parts ? { [part.id]: wrong } : wrong;
      const verdict = await engine.grade(text, seed, { [question.id]: inQuestion });
      const judged = question.parts ? verdict.questions[0]?.parts?.[0] : verdict.questions[0];
      const fields = Object.fromEntries((judged?.fields ?? []).map((field) => [field.name, field.expected]));
      const right =
        part.kind === 'pick'
          ? judged?.evidence
          : part.kind === 'role'
            ? fields.hosts
            : predicting.includes(part.kind) || part.kind === 'claim'
              ? fields
              : wrong;
      // A right answer of a role may be the empty one.
      const other = part.kind === 'role' && judged?.correct ? part.hosts.slice(0, 1) : wrong;
      steps.push({ key: question.parts ? `${question.id}/${part.id}` : question.id, asked: part, wrong: other, right });
    }
  }
  return { steps, scenario: exercise.scenario };
}
