/** What a student knows: put on record by answers, asked again after some days, and carried off and back as a file. */
import { readFileSync } from 'node:fs';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, file, fill, forward, main, openLab, passBeginning, tabTo, test } from './page.ts';

const exercise = '02-third-ack-and-first-data';
const fact = 'A SYN takes the number ISN.';
const start = Date.UTC(2026, 2, 2, 10);
const afterDays = (page: Page, n: number) => page.clock.setFixedTime(start + n * 24 * 3600 * 1000);

/** The first question of the exercise, with the number of the SYN itself: as if a SYN took none. */
async function answerWrongly(page: Page): Promise<void> {
  await page.goto(`#/practise/${exercise}?seed=7`);
  const task = (await page.locator('details p').first().textContent()) ?? '';
  const [client, server] = [...task.matchAll(/\d{4,}/g)].map(([text]) => Number(text));
  await fill(page, client as number, server as number);
  await page.getByRole('button', { name: 'Check' }).click();
  await expect(page.locator('.verdict').getByRole('heading', { name: /Not yet/ })).toBeFocused();
}

const review = (page: Page) => page.getByRole('region', { name: /^(To repeat|该复习了)$/ });
const overflow = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

async function saved(page: Page): Promise<string> {
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save as a file' }).click();
  const got = await download;
  expect(got.suggestedFilename()).toMatch(/^tcplab-progress-2026-03-\d\d\.json$/);
  return readFileSync(await got.path(), 'utf8');
}

const take = (page: Page, text: string) =>
  main(page).locator('input[type=file]').setInputFiles(file('mine.json', text));

test('on a first visit nothing is there, and it says how it fills', async ({ page }) => {
  await passBeginning(page);
  await page.goto('#/learn');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Learn TCP connections');
  await expect(review(page)).toHaveCount(0);
  await page.getByRole('link', { name: 'See what you know' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('What you know');
  await expect(main(page)).toContainText('No question is answered yet');
  await expect(main(page).locator('svg')).toHaveCount(0);
  await expect(main(page).getByRole('article')).toHaveCount(0);
  await page.getByRole('link', { name: 'To the lessons' }).click();
  await expect(page).toHaveURL(/#\/learn$/);
});

test('what an answer showed comes again after three days, in other numbers, and is told then', async ({ page }) => {
  await afterDays(page, 0);
  await answerWrongly(page);
  await page.goto('#/known');
  // The question is still open: what refutes the idea would tell its answer.
  const lesson = main(page).getByRole('article');
  await expect(lesson).toContainText('Three-way handshake');
  await expect(lesson.getByRole('heading', { level: 4 })).toHaveText('The third ACK and the first data');
  await expect(lesson).toContainText('A question in this exercise is still open.');
  await expect(main(page)).not.toContainText(fact);
  await afterDays(page, 2.9);
  await page.goto('#/learn');
  await page.reload();
  await expect(page.locator('.path li').first()).toBeVisible();
  await expect(review(page)).toHaveCount(0);

  await afterDays(page, 3);
  await page.reload();
  await expect(review(page)).toContainText('1 exercise, with numbers that you have not seen.');
  await expect(review(page)).toContainText('It was not clear yet. Last met 3 days ago.');
  // The name of an idea would tell the next answer.
  await expect(review(page)).not.toContainText('SYN takes');
  const link = review(page).getByRole('link');
  await expect.poll(() => link.getAttribute('href')).toMatch(new RegExp(`^#/practise/${exercise}\\?seed=(?!7$)\\d+$`));
  await page.goto('#/known');
  // What it is about, and that it is not so, before what is.
  await expect(lesson.getByRole('heading', { level: 4 })).toContainText(['Wrong idea: “']);
  await expect(lesson).toContainText('It is not so: a SYN counts like one byte.');
  await expect(lesson).toContainText('worth another look');
  await expect(lesson).toContainText(fact);
  await lesson.getByText('What many think').first().click();
  await expect(lesson).toContainText('Many think that');
  await review(page).getByRole('link').click();
  await expect(page.locator('form.card')).toBeVisible();
});

test('a prediction is on record with how sure it was', async ({ page }) => {
  await afterDays(page, 0);
  await page.goto('#/learn/01-what-a-connection-is');
  const beat = page.locator('#beat-five-weeks');
  await expect(beat.locator('form.card')).toBeVisible();
  for (const choice of await beat.locator('form [data-place]').all()) await choice.getByRole('radio').last().check();
  await beat.getByRole('button', { name: 'Certain', exact: true }).click();
  await expect(beat.locator('.told')).toBeVisible();
  const record = JSON.parse((await page.evaluate(() => localStorage.getItem('tcplab.mastery'))) ?? '') as unknown;
  const exposures = [
    { at: start, item: 'lesson.01-what-a-connection-is.five-weeks', kind: 'claim', try: 1, sure: 'certain', of: 1 },
  ];
  expect(record).toMatchObject({ version: 1, exposures });
  // A step of a lesson tells what is right at once, and so it is told here.
  await page.goto('#/known');
  await expect(main(page).getByRole('article')).toContainText('Keep-alive is off by default');

  // An exercise asks it again.
  await afterDays(page, 3);
  await page.reload();
  await expect(review(page)).toContainText('It asks again what came up in “What a connection is”.');
  await expect(review(page)).toContainText('You were certain, and it was different. Last met 3 days ago.');
  await review(page).getByRole('link').click();
  await expect(page).toHaveURL(/#\/practise\/1f-who-hears-of-the-crash\?seed=\d+$/);
  await expect(page.locator('form.card')).toBeVisible();
});

test('progress goes into a file and comes back from it, and what came can be undone', async ({ page }) => {
  await afterDays(page, 0);
  await answerWrongly(page);
  await openLab(page);
  while (await forward(page));
  await page.goto('#/known');
  await expect(main(page)).toContainText(/[1-9]\d* of 2\d edges taken/);
  const text = await saved(page);
  expect(JSON.parse(text)).toMatchObject({ format: 'tcplab-progress/1', exposures: [{ item: exercise, try: 1 }] });

  await take(page, text);
  await expect(main(page)).toContainText('All that “mine.json” holds was here already.');
  await page.evaluate(() => localStorage.clear());
  await page.reload();
  await expect(main(page)).toContainText('No question is answered yet');
  await take(page, text);
  await expect(main(page)).toContainText(/answers 1, steps of lessons 0, exercises 1, edges [1-9]/);
  await expect(main(page).getByRole('article')).toContainText('A question in this exercise is still open.');
  expect(JSON.parse(await saved(page))).toMatchObject(JSON.parse(text) as Record<string, unknown>);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(main(page)).toContainText('No question is answered yet');
  await take(page, text);
  await page.goto(`#/practise/${exercise}?seed=7`);
  await expect(page.locator('.verdict').getByRole('heading', { name: /Not yet/ })).toBeVisible();
});

test('a file that is none, or holds what nobody could have done, changes nothing', async ({ page }) => {
  await afterDays(page, 0);
  await page.goto('#/known');
  for (const text of ['', '[]', '{"format":"tcplab-answers/1"}', '{"format":"tcplab-progress/1","exposures":{}}']) {
    await take(page, text);
    await expect(page.getByRole('alert')).toHaveText('“mine.json” is not a file of progress.');
  }
  const nonsense = {
    format: 'tcplab-progress/1',
    exposures: [null, { at: -1 }],
    edges: { __proto__x: 1, 'a<b': 1 },
    lessons: { nowhere: {}, '01-what-a-connection-is': { nothing: { right: true } } },
    exercises: { 'no-such-exercise': {}, [exercise]: { rev: 'x' } },
  };
  await take(page, JSON.stringify(nonsense));
  await expect(main(page)).toContainText('8 entries were left out');
  await expect(main(page)).toContainText('No question is answered yet');
  await expect(page.getByRole('button', { name: 'Undo' })).toHaveCount(0);
});

test('another tab sees at once what this one has put on record', async ({ page, context }) => {
  const other = await context.newPage();
  await other.goto('./#/known');
  await expect(main(other)).toContainText('No question is answered yet');
  await answerWrongly(page);
  await expect(main(other).getByRole('article')).toContainText('Three-way handshake');
});

test('360 px, in Chinese, by keyboard, and for who cannot see it', async ({ page }) => {
  await afterDays(page, 0);
  await answerWrongly(page);
  await openLab(page);
  await forward(page);
  await afterDays(page, 4);
  await page.setViewportSize({ width: 360, height: 740 });
  for (const view of ['learn', 'known']) {
    await page.goto(`./?lang=zh#/${view}`);
    await expect(review(page)).toContainText('这一点当时还没有弄清楚。上次遇到是 4 天前。');
    await expect.poll(() => overflow(page)).toBe(0);
  }
  await expect(main(page)).toContainText('值得再看一遍');
  await expect(main(page).locator('svg')).toBeVisible();
  await tabTo(page, /^从 CLOSED 到 LISTEN/);
  await page.keyboard.press('Enter');
  await expect(main(page).locator('.said')).toContainText('从 CLOSED 到 LISTEN');
  await tabTo(page, /^存成文件$/);
  for (const theme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: theme });
    const { violations } = await new AxeBuilder({ page }).include('#main').analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
  }
});
