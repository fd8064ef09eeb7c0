/**
 * While a question is open, before any answer and after a wrong one, nothing that the page holds tells the right one:
 * every tab, every event's reasons and variables, every attribute. What is right is asked of the engine itself.
 */
import type { Page } from '@playwright/test';
import { engine, type Asked, type TraceEvent } from './engine.ts';
import { expect, exerciseText, settled, test } from './page.ts';

const seed = 7;
const exercises = [
  '01-handshake-states',
  '02-third-ack-and-first-data',
  '03-close-states',
  '04-who-holds-time-wait',
  '05-both-in-closing',
  '06-explain-time-wait',
];
/** Kinds whose answer lies in what has not happened yet. */
const predicting = ['state', 'segment', 'role'];

interface Step {
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
      return [0];
    default:
      return [];
  }
}

/** The questions in their order, each with the engine's own answer. */
async function stepsOf(text: string): Promise<{ steps: Step[]; scenario: string }> {
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
        part.kind === 'pick' ? judged?.evidence : part.kind === 'role' ? fields.hosts : predicting.includes(part.kind) || part.kind === 'claim' ? fields : wrong;
      // A right answer of a role may be the empty one.
      const other = part.kind === 'role' && judged?.correct ? part.hosts.slice(0, 1) : wrong;
      steps.push({ key: question.parts ? `${question.id}/${part.id}` : question.id, asked: part, wrong: other, right });
    }
  }
  return { steps, scenario: exercise.scenario };
}

/** The page at question `at`, with the questions before it answered rightly, and this one wrongly or not at all. */
async function openAt(page: Page, id: string, steps: readonly Step[], at: number, tried: boolean): Promise<void> {
  const answered = steps.slice(0, at).map(({ key, right }) => [key, right] as const);
  const step = steps[at] as Step;
  if (tried) answered.push([step.key, step.wrong]);
  const answers = Object.fromEntries(answered);
  const attempt = { seed, at, answers, tries: Object.fromEntries(answered.map(([key]) => [key, 1])) };
  const { rev } = JSON.parse(exerciseText(`${id}.json`)) as { rev: number };
  await page.goto('#/practise');
  await page.evaluate(([key, value]) => localStorage.setItem(key as string, value as string), [
    `tcplab.exercise.${id}`,
    JSON.stringify({ rev, attempts: [attempt], passed: false, finished: false }),
  ]);
  await page.goto(`#/practise/${id}?seed=${seed}`);
  await page.reload();
  await expect(page.locator(tried ? '.verdict' : 'form')).toBeVisible();
  await settled(page);
}

/** Goes through every tab, and in every event through its reasons; `look` is called wherever one can be. */
async function everywhere(page: Page, look: (where: string) => Promise<void>): Promise<void> {
  await look('as it opens');
  const names = await page.getByRole('tab').allTextContents();
  for (const name of names) {
    await page.getByRole('tab', { name, exact: true }).click();
    await look(`the tab ${name}`);
  }
  const table = page.getByRole('button', { name: 'As a table' });
  if ((await table.count()) > 0) {
    await table.first().click();
    await look('the states as a table');
    await table.first().click();
  }
  const events = page.locator('.panel.events li button');
  await page.getByRole('tab', { name: 'Events', exact: true }).click();
  const count = await events.count();
  for (let n = 0; n < count; n++) {
    await page.getByRole('tab', { name: 'Events', exact: true }).click();
    await events.nth(n).click();
    await page.getByRole('tab', { name: 'Why', exact: true }).click();
    const all = page.getByRole('button', { name: 'All variables' });
    if ((await all.count()) > 0 && (await all.getAttribute('aria-pressed')) === 'false') await all.click();
    await look(`event ${n}`);
  }
}

/** What has been sent before the question: its headers are there to be read. */
async function before(scenario: string, asked: Asked): Promise<TraceEvent[]> {
  const events = await engine.events(scenario, seed);
  return asked.pause ? events.filter((event) => event.step < (asked.pause?.step ?? 0)) : [];
}

const numbersIn = (events: readonly TraceEvent[]): Set<string> =>
  new Set(events.flatMap(({ segment }) => (segment ? [segment.seq, segment.ack ?? 0, segment.len].map(String) : [])));

async function expectNothingTold(page: Page, { asked, right }: Step, past: readonly TraceEvent[], where: string) {
  const count = await page.locator('.panel.events li').count();
  if (count > 0) expect(count, where).toBeLessThanOrEqual(past.length);
  if (asked.kind !== 'segment') return;
  const answers = right as Record<string, unknown>;
  const values = ['seq', 'ack'].filter((name) => asked.fields.includes(name)).map((name) => String(answers[name]));
  const variables = page.getByRole('table').filter({ has: page.getByRole('columnheader', { name: 'before' }) });
  const cells = await variables.getByRole('cell').allTextContents();
  for (const value of values) {
    for (const cell of cells) expect(cell, `${value} among the variables, ${where}`).not.toContain(value);
    if (numbersIn(past).has(value)) continue;
    // On no segment so far: then it stands nowhere, as text or attribute.
    const places = await page.evaluate(
      (text) =>
        [...document.querySelectorAll('*')].filter(
          (element) =>
            [...element.attributes].some((attribute) => attribute.value.includes(text)) ||
            [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.nodeValue?.includes(text)),
        ).length,
      value,
    );
    expect(places, `${value} on the page, ${where}`).toBe(0);
  }
}

test.use({ viewport: { width: 1440, height: 2200 } });

for (const id of exercises) {
  test(`${id}: nothing on the page tells an answer that is not given yet`, async ({ page }) => {
    test.setTimeout(300_000);
    const { steps, scenario } = await stepsOf(exerciseText(`${id}.json`));
    for (const [at, step] of steps.entries()) {
      for (const tried of [false, true]) {
        await openAt(page, id, steps, at, tried);
        const about = `${step.key}, ${tried ? 'after a wrong answer' : 'before an answer'}`;
        await expect(page.getByRole('button', { name: /Download capture/ })).toHaveCount(0);
        if (step.asked.kind === 'say' && !tried) {
          const model = step.asked.model.en.slice(0, 60);
          expect(await page.content(), about).not.toContain(model);
        }
        if (!predicting.includes(step.asked.kind)) continue;
        const past = await before(scenario, step.asked);
        await everywhere(page, (where) => expectNothingTold(page, step, past, `${about}, ${where}`));
      }
    }
  });
}
