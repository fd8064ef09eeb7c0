/** Free text that published rules read: what is found, what is lit, in either language, and never a point. */
import { readFileSync } from 'node:fs';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { exerciseText, expect, test } from './page.ts';

const id = '06-explain-time-wait';
const { rev } = JSON.parse(exerciseText(`${id}.json`)) as { rev: number };

/** At the last step, where words are asked for. */
async function openWords(page: Page, language = 'en'): Promise<void> {
  await page.addInitScript(
    ({ key, kept }) => {
      if (localStorage.getItem(key) === null) localStorage.setItem(key, JSON.stringify(kept));
    },
    {
      key: `tcplab.exercise.${id}`,
      kept: { version: 1, rev, passed: false, finished: false, attempts: [{ seed: 1, at: 4 }] },
    },
  );
  await page.goto(`./?lang=${language}#/practise/${id}?seed=1`);
  await expect(page.locator('form textarea')).toBeVisible();
}

const reading = (page: Page) => page.locator('.text-read');
const read = (page: Page) => page.getByRole('button', { name: /See what your text says|看看我的文字说了什么/ });

test('what a text says and does not say yet is told, with its words lit', async ({ page }) => {
  await openWords(page);
  await expect(read(page)).toBeDisabled();
  await page
    .locator('form textarea')
    .fill('The last ACK may be lost. TIME_WAIT lasts one round trip. The other end never sends its FIN again.');
  await read(page).click();
  await expect(reading(page).locator('div.found')).toContainText('its sender cannot know whether it arrived');
  await expect(reading(page).locator('div.wrong')).toContainText('TIME_WAIT lasts about a round trip.');
  await expect(reading(page).locator('div.against')).toContainText('A FIN that comes again must get an ACK again.');
  await expect(reading(page).locator('div.missing')).toContainText('What lives for the first MSL');
  await expect(reading(page)).toContainText('Matched by published rules, not understood.');
  const lit = await reading(page).locator('mark').allTextContents();
  expect(lit.map((text) => text.replace(/[\d ]+$/, ''))).toEqual([
    'last ACK',
    'lost',
    'lasts',
    'round trip',
    'never',
    'FIN',
    'again',
  ]);
  // Another text is another reading.
  await page.locator('form textarea').fill('Nothing.');
  await expect(reading(page)).toHaveCount(0);
  await expect(page.locator('form')).toContainText('Your text has changed since it was read.');
});

test('a text is read in either language, whichever the page has', async ({ page }) => {
  await openWords(page);
  await page.locator('form textarea').fill('最后一个 ACK 可能丢失，对方会重传 FIN，所以要再回一个 ACK。');
  await read(page).click();
  await expect(reading(page).locator('div.found li')).toHaveCount(2);
  await openWords(page, 'zh');
  await page.locator('form textarea').fill('If the last ACK is lost, the FIN is sent again and must be answered.');
  await read(page).click();
  await expect(reading(page).locator('div.found')).toContainText('重传的 FIN 要能再次得到 ACK。');
});

test('the finished text is read beside the model, earns nothing, and the rules can be saved', async ({ page }) => {
  await openWords(page);
  await page.locator('form textarea').fill('<b>The last ACK may be lost.</b>');
  await page.getByRole('button', { name: 'Compare' }).click();
  await expect(page.getByRole('heading', { name: 'A model answer' })).toBeVisible();
  await expect(reading(page).locator('.text')).toContainText('<b>The last ACK');
  await expect(page.locator('.verdict, .task').first()).not.toContainText(/of \d+ points/);
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save the rules as a file' }).click();
  const file = await download;
  expect(file.suggestedFilename()).toBe(`${id}.rubric.json`);
  expect(readFileSync(await file.path(), 'utf8')).toBe(exerciseText(`rubrics/${id}.json`));
});

for (const [width, language] of [
  [360, 'en'],
  [320, 'zh'],
] as const)
  test(`it fits ${width} px and is accessible, ${language}`, async ({ page }) => {
    await page.setViewportSize({ width, height: 740 });
    await openWords(page, language);
    await page.locator('form textarea').fill('TIME_WAIT 保证最后一个 ACK 一定能到达对方。The last ACK may be lost.');
    await read(page).focus();
    await page.keyboard.press('Enter');
    await expect(reading(page).locator('div.wrong')).toBeVisible();
    const over = () => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    await expect.poll(() => over()).toBe(0);
    const { violations } = await new AxeBuilder({ page }).include('.text-read').analyze();
    expect(violations).toEqual([]);
    await reading(page).scrollIntoViewIfNeeded();
    await page.screenshot({ path: test.info().outputPath('reading.png') });
  });
