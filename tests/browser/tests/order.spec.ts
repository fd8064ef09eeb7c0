/** A question about an order, from its shuffled cards to the result: by mouse, by keyboard, on a phone, in Chinese. */
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expect, file, settled, test } from './page.ts';

const text = readFileSync(new URL('../../unit/exercise/in-order.json', import.meta.url), 'utf8');

async function open(page: Page, lang = 'en') {
  await page.goto(`./?lang=${lang}#/practise`);
  await page.locator('input[type=file]').setInputFiles(file('in-order.json', text));
  await settled(page);
  const form = page.locator('form');
  const placed = form.locator('[data-place="order"] li');
  const card = (id: string) => form.locator(`[data-card="${id}"]`);
  const put = async (...ids: string[]) => {
    for (const id of ids) await card(id).locator('button.put').click();
  };
  const order = () => placed.evaluateAll((cards) => cards.map((each) => (each as HTMLElement).dataset['card']));
  return { form, placed, card, put, order };
}

test('cards are tapped into order, judged, diagnosed and mended', async ({ page }) => {
  const { form, card, put, order } = await open(page);
  await form.getByRole('button', { name: 'Check' }).click();
  await expect(form.getByRole('alert')).toContainText('Put at least one card in order.');

  const put1 = card('connect').locator('button.put');
  expect(await put1.evaluate((button) => getComputedStyle(button).justifyContent)).toBe('flex-start');
  await put('connect', 'again', 'synack', 'client', 'returns', 'server', 'accept');
  await form.getByRole('button', { name: 'Check' }).click();
  const verdict = page.locator('.verdict');
  await expect(verdict).toContainText('accept() performs the handshake');
  // Its points are of pairs: a count of cards would promise others.
  await expect(verdict).not.toContainText('of 7');
  await expect(verdict.getByText('The order of this run')).toHaveCount(0);
  await verdict.getByRole('button', { name: 'Try again' }).click();

  await expect.poll(() => order()).toEqual(['connect', 'again', 'synack', 'client', 'returns', 'server', 'accept']);
  await card('again').getByRole('button', { name: 'Put aside' }).click();
  await expect(card('again').locator('button.put')).toBeFocused();
  // Events at the same moment may be in either order.
  await card('returns').getByRole('button', { name: 'Earlier' }).click();
  await expect.poll(() => order()).toEqual(['connect', 'synack', 'returns', 'client', 'server', 'accept']);
  await form.getByRole('button', { name: 'Check' }).click();
  await expect(verdict).toHaveClass(/right/);
});

test('by keyboard alone, and each move is spoken', async ({ page }) => {
  const { form, card, order } = await open(page);
  const spoken = form.locator('[aria-live]');
  for (const id of ['synack', 'connect', 'client']) {
    await card(id).locator('button').focus();
    await page.keyboard.press('Enter');
  }
  await expect(spoken).toHaveText('Now 3 of 3: the client is ESTABLISHED');
  await card('connect').getByRole('button', { name: 'Later' }).focus();
  await page.keyboard.press('ArrowUp');
  await expect(spoken).toHaveText('Now 1 of 3: connect() is called');
  await expect.poll(() => order()).toEqual(['connect', 'synack', 'client']);
  await expect(card('connect').getByRole('button', { name: 'Later' })).toBeFocused();
  await page.keyboard.press('ArrowUp'); // It is the first: nothing moves.
  await expect.poll(() => order()).toEqual(['connect', 'synack', 'client']);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(spoken).toHaveText('Put aside: connect() is called');
  await expect.poll(() => order()).toEqual(['synack', 'client']);
  await form.getByRole('button', { name: 'Check' }).focus();
  await page.keyboard.press('Enter');
  // Most cards are left: whoever has not finished loses no attempt.
  await expect(form.getByRole('alert')).toContainText('5 cards are still below, as “does not happen”.');
  await expect(page.locator('.verdict')).toHaveCount(0);
  await card('again').locator('button').focus();
  await page.keyboard.press('Enter');
  await expect(form.getByRole('alert')).not.toContainText('still below');
  await form.getByRole('button', { name: 'Check' }).focus();
  await page.keyboard.press('Enter');
  await expect(form.getByRole('alert')).toContainText('4 cards are still below');
  await page.keyboard.press('Enter');
  await expect(page.locator('.verdict')).toBeVisible();
});

test('in Chinese, 360 pixels wide: it fits, and the right order is shown when it is given up', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  const { form, put, placed } = await open(page, 'zh');
  await expect(form).toContainText('点一张卡片');
  await put('synack', 'connect', 'client', 'returns', 'server', 'accept');
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  for (const button of await placed.getByRole('button').all()) {
    expect((await button.boundingBox())?.height).toBeGreaterThanOrEqual(24);
  }
  await form.getByRole('button', { name: '检查' }).click();
  const verdict = page.locator('.verdict');
  await expect(verdict).toContainText('放反了');
  await verdict.getByRole('button', { name: '查看答案' }).click();
  await expect(verdict).toContainText('这次运行中的顺序');
});
