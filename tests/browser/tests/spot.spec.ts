/** A question about a forged picture: found, mended, told; by keyboard, as a dump, on a phone, in Chinese. */
import { readFileSync } from 'node:fs';
import type { Locator, Page } from '@playwright/test';
import { expect, file, settled, test } from './page.ts';

const text = readFileSync(new URL('../../unit/exercise/one-thing-wrong.json', import.meta.url), 'utf8');

/** Chooses with the keyboard, since the sticky foot of the card may cover the choice. */
async function choose(radio: Locator) {
  await radio.focus();
  await radio.press('Space');
}

const right = {
  state: { place: '1 server', value: 'SYN_RCVD' },
  flags: { place: '2 flags', value: 'SYN ACK' },
};

interface Exercise {
  questions: Record<string, unknown>[];
  [key: string]: unknown;
}

/** Makes every variant show this forgery. */
async function open(page: Page, forged: keyof typeof right, { lang = 'en', as = 'ladder' } = {}) {
  const exercise = JSON.parse(text) as Exercise;
  Object.assign(exercise.questions[0] ?? {}, { forged, as });
  const params = { isn: { integer: [[1000, 1019]] } };
  return show(page, { ...exercise, params, witness: { wrong: right[forged] } }, lang);
}

/** A table of the sockets at the end, in which the listener is not in LISTEN. */
async function openTable(page: Page, { lang = 'en', as = 'ss' } = {}) {
  const exercise = JSON.parse(text) as Exercise;
  const forgery = { of: { to: 'LISTEN' }, field: 'server', by: { value: 'SYN_RCVD' } };
  Object.assign(exercise.questions[0] ?? {}, {
    as,
    forged: 'listener',
    forgeries: [{ id: 'listener', ...forgery }],
    ideas: [{ of: { host: 'client' }, field: 'client', value: 'SYN_SENT', shows: 'M08' }],
  });
  const chaff = { answers: { wrong: { place: '1 client', value: 'SYN_SENT' } }, diagnosed_as: 'M08' };
  const params = { isn: { integer: [[1000, 1019]] } };
  const witness = { wrong: { place: '2 server', value: 'LISTEN' } };
  return show(page, { ...exercise, teaches: ['M08'], params, witness, chaffs: [chaff] }, lang);
}

async function show(page: Page, exercise: Exercise, lang: string) {
  const whole = JSON.stringify(exercise);
  await page.goto(`./?lang=${lang}#/practise`);
  await page.locator('input[type=file]').setInputFiles(file('one-thing-wrong.json', whole));
  await settled(page);
  const form = page.locator('form');
  const rows = form.locator('[data-place="place"]').getByRole('radio');
  const chips = (place: string) => form.locator(`[data-place="${place}"]`);
  return { form, rows, chips, verdict: page.locator('.verdict') };
}

test('the wrong thing is found and mended, and shown beside the run', async ({ page }) => {
  const { form, rows, chips, verdict } = await open(page, 'flags');
  await expect(form).toContainText('One thing in this picture is wrong.');
  await expect(page.locator('.arrow')).not.toHaveCount(0);
  const check = form.getByRole('button', { name: 'Check' });
  await check.click();
  await expect(form.getByRole('alert')).toContainText('What is wrong');

  // What is right as it stands, with what a mutant would have there.
  await choose(rows.nth(1));
  await choose(chips('field').getByRole('radio', { name: 'state of client' }));
  await choose(chips('value').getByRole('radio', { name: 'SYN_RCVD' }));
  await check.click();
  await expect(verdict).toContainText('SYN,ACK leads the client to SYN_RCVD');
  await expect(verdict.getByText('In the run')).toHaveCount(0);
  await verdict.getByRole('button', { name: 'Try again' }).click();

  await choose(chips('field').getByRole('radio', { name: 'flags' }));
  await chips('value').getByRole('button', { name: 'SYN' }).click();
  await chips('value').getByRole('button', { name: 'ACK' }).click();
  await check.click();
  await expect(verdict).toHaveClass(/right/);
  await expect(verdict.getByText('In the picture')).toBeVisible();
  await expect(verdict.getByText('In the run')).toBeVisible();
});

test('nothing of the run is seen before the answer', async ({ page }) => {
  await open(page, 'flags');
  await expect(page.locator('svg .arrow')).toHaveCount(0);
  await expect(page.locator('body')).not.toContainText('real run');
});

test('by keyboard alone, as a dump', async ({ page }) => {
  const { form, rows, chips, verdict } = await open(page, 'state', { as: 'dump' });
  await expect(form).toContainText('Flags [S.]');
  await rows.first().focus();
  await page.keyboard.press('ArrowDown');
  await expect(rows.nth(1)).toBeChecked();
  await page.keyboard.press('ArrowUp');
  await expect(rows.first()).toBeChecked();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  for (let i = 0; i < 4; i += 1) await page.keyboard.press('ArrowDown');
  await expect(chips('field').getByRole('radio', { name: 'state of server' })).toBeChecked();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  const right = chips('value').getByRole('radio', { name: 'SYN_RCVD' });
  for (let i = 0; i < 12 && !(await right.isChecked()); i += 1) await page.keyboard.press('ArrowDown');
  await expect(right).toBeChecked();
  await page.keyboard.press('Enter');
  await expect(verdict).toHaveClass(/right/);
});

test('in Chinese, 360 pixels wide: it fits, and fingers find it', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  const { form, rows, chips, verdict } = await open(page, 'state', { lang: 'zh' });
  await expect(form).toContainText('这张图里有一处是错的');
  for (const row of await rows.all()) {
    expect((await row.boundingBox())?.height).toBeGreaterThanOrEqual(43);
  }
  await choose(rows.nth(1));
  await choose(chips('field').getByRole('radio', { name: 'seq' }));
  await chips('value').locator('input').fill('7');
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  await form.getByRole('button', { name: '检查' }).click();
  await verdict.getByRole('button', { name: '查看答案' }).click();
  await expect(verdict).toContainText('运行中');
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
});

test('a table of sockets: the line is chosen, and its state mended, by keyboard', async ({ page }) => {
  const { form, rows, chips, verdict } = await openTable(page);
  await expect(form).toContainText('One state in this table is wrong.');
  await expect(rows).toHaveCount(3);
  // Screen readers get everything that is visible in a line.
  await expect(rows.nth(1)).toHaveAccessibleName('Line 2, socket of server, *:80 to *:*: state of server SYN_RCVD');
  await expect(form).toContainText('10.0.0.2:80');
  await rows.first().focus();
  await page.keyboard.press('Space');
  // A line has one thing that can be wrong: what is asked next is its value.
  await expect(chips('field')).toHaveCount(0);
  await expect(chips('value')).toContainText('state of client');
  await page.keyboard.press('ArrowDown');
  await expect(rows.nth(1)).toBeChecked();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  const right = chips('value').getByRole('radio', { name: 'LISTEN' });
  for (let i = 0; i < 12 && !(await right.isChecked()); i += 1) await page.keyboard.press('ArrowDown');
  await expect(right).toBeChecked();
  await page.keyboard.press('Enter');
  await expect(verdict).toHaveClass(/right/);
  await expect(verdict.getByText('In the run')).toBeVisible();
});

test.describe('with a finger', () => {
  test.use({ hasTouch: true, isMobile: true, viewport: { width: 360, height: 740 } });

  test('a table in Chinese, 360 pixels wide: it fits, and what is right is told at last', async ({ page }) => {
    const { form, rows, chips, verdict } = await openTable(page, { lang: 'zh', as: 'netstat' });
    await expect(form).toContainText('这张表里有一个状态是错的');
    // Without its border.
    for (const row of await rows.all()) {
      expect((await row.boundingBox())?.height).toBeGreaterThanOrEqual(42);
    }
    await expect(form).toContainText('tcp *:80 *:* SYN_RCVD');
    await choose(rows.nth(2));
    await choose(chips('value').getByRole('radio', { name: 'CLOSED' }));
    await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    await form.getByRole('button', { name: '检查' }).click();
    await expect(verdict).toContainText('选的这一处没有错');
    await verdict.getByRole('button', { name: '查看答案' }).click();
    await expect(verdict).toContainText('第 2 行，server 的状态');
    await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  });
});
