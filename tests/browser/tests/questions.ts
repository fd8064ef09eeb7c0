/** The questions of the exercises that come with the page, each with the engine's own answer and with a wrong one. */
import type { Page } from '@playwright/test';
import { engine, type Asked } from './engine.ts';
import { exerciseIds, exerciseText, expect, settled } from './page.ts';

export const exercises = exerciseIds();
/** Kinds whose answer depends on what has not happened yet. */
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

/** The page at question `at`, with the questions before it answered rightly, and this one wrongly or not at all. */
export async function openAt(
  page: Page,
  id: string,
  seed: number,
  steps: readonly Step[],
  at: number,
  tried: boolean,
): Promise<void> {
  const answered = steps.slice(0, at).map(({ key, right }) => [key, right] as const);
  const step = steps[at] as Step;
  if (tried) answered.push([step.key, step.wrong]);
  const answers = Object.fromEntries(answered);
  const attempt = { seed, at, answers, tries: Object.fromEntries(answered.map(([key]) => [key, 1])) };
  const { rev } = JSON.parse(exerciseText(`${id}.json`)) as { rev: number };
  await page.goto('#/practise');
  await page.evaluate(
    ([key, value]) => localStorage.setItem(key as string, value as string),
    [`tcplab.exercise.${id}`, JSON.stringify({ rev, attempts: [attempt], passed: false, finished: false })],
  );
  await page.goto(`#/practise/${id}?seed=${seed}`);
  await page.reload();
  await expect(page.locator(tried ? '.verdict' : 'form')).toBeVisible();
  await settled(page);
}
