/** A question about times, from its empty form to the result: by mouse, by keyboard, on a phone, in Chinese. */
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expect, file, settled, test } from './page.ts';

const text = readFileSync(new URL('../../unit/exercise/when-each-is-up.json', import.meta.url), 'utf8');

async function open(page: Page, lang = 'en') {
  await page.goto(`./?lang=${lang}#/practise`);
  await page.locator('input[type=file]').setInputFiles(file('when-each-is-up.json', text));
  await settled(page);
  const form = page.locator('form');
  await expect(form.locator('[data-place="client"] input').first()).toBeVisible();
  return form;
}

/** The ways that the task tells: the times follow from them (RFC 9293 §3.5). */
async function times(page: Page) {
  const task = (await page.locator('main').textContent()) ?? '';
  const ways = /(?:There|去程)\s*(\d+)\s*ms(?:, back|，回程)\s*(\d+)\s*ms/.exec(task);
  if (!ways) throw new Error(`no ways in ${task}`);
  const [there, back] = [Number(ways[1]), Number(ways[2])];
  return { client: 10 + there + back, server: 10 + 2 * there + back, trip: there + back };
}

test('times are typed, judged, diagnosed and mended', async ({ page }) => {
  const form = await open(page);
  const { client, server, trip } = await times(page);
  const place = (name: string) => form.locator(`[data-place="${name}"] input:not([type=checkbox])`);
  await place('client').fill(`${client} ms`);
  await place('trip').fill(`0.${String(trip).padStart(3, '0')} s`);
  await form.locator('[data-place="again"]').getByText('never').click();
  await form.getByText('because an ACK arrives').click();
  await form.getByRole('button', { name: 'Check' }).click();
  await expect(form.getByRole('alert')).toContainText('Still missing: the server is ESTABLISHED');
  await expect(place('server')).toBeFocused();

  await place('server').fill(String(server));
  await form.getByRole('button', { name: 'Check' }).click();
  await expect(form.getByRole('alert')).toContainText(
    'A time is a number with its unit, such as 60 ms or 1.06 s. Look again at: the server is ESTABLISHED',
  );

  await place('server').fill(`${client} ms`);
  await form.getByRole('button', { name: 'Check' }).click();
  const verdict = page.locator('.verdict');
  await expect(verdict).toContainText('The server is ESTABLISHED as soon as the client is');
  await expect(verdict).toContainText('4 of 5');
  await verdict.getByRole('button', { name: 'Try again' }).click();
  await expect(form.locator('[data-place="again"] input[type=checkbox]')).toBeChecked();
  await place('server').fill(`${server * 1000} us`);
  await form.getByRole('button', { name: 'Check' }).click();
  await expect(verdict).toHaveClass(/right/);
  await expect(verdict.locator('dd').first()).toContainText(`${client} ms`);
});

test('by keyboard alone', async ({ page }) => {
  const form = await open(page);
  const { client, server, trip } = await times(page);
  await form.locator('[data-place="client"] input').first().focus();
  for (const typed of [`${client} ms`, `${server} ms`, `${trip} ms`]) {
    await page.keyboard.type(typed);
    await page.keyboard.press('Tab'); // its “never”
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  await expect(form.locator('[data-place="again"] input[type=checkbox]')).toBeChecked();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  await form.getByRole('button', { name: 'Check' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('.verdict')).toHaveClass(/right/);
});

test('in Chinese, 360 pixels wide: it fits, and takes Chinese units', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  const form = await open(page, 'zh');
  const { client, server, trip } = await times(page);
  const place = (name: string) => form.locator(`[data-place="${name}"] input:not([type=checkbox])`);
  await expect(form).toContainText('请填写带单位的时间');
  await place('client').fill(`${client} 毫秒`);
  await place('server').fill(`${server}ms`);
  await place('trip').fill(`${trip}毫秒`);
  await place('again').fill('从不');
  await form.getByText('因为收到 ACK').click();
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  await form.getByRole('button', { name: '检查' }).click();
  await expect(page.locator('.verdict')).toHaveClass(/right/);
  await expect(page.locator('.verdict')).toContainText('从不');
});
