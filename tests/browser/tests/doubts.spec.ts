/** “Can it be done?”: said once before anything is done, by mouse, by keyboard and on a phone, and told in the verdict. */
import type { Page } from '@playwright/test';
import { expect, forward, settled, test } from './page.ts';

/** The request leaves once the client is ESTABLISHED, before the server repeats anything. */
const act = async (page: Page, how: 'click' | 'key' = 'click') => {
  const established = page.locator('.dock .state', { hasText: 'ESTABLISHED' });
  for (let i = 0; i < 12 && (await established.count()) === 0; i += 1) await forward(page, how);
  const send = page.locator('[aria-label="Calls on socket"]').getByRole('button', { name: 'send', exact: true });
  await send.focus();
  await page.keyboard.press('Enter');
  await settled(page);
};

test('it is said before anything is done, stays as it was said, and is told beside what was done', async ({ page }) => {
  await page.goto('#/practise/2e-without-the-third?seed=3');
  const form = page.locator('form.card');
  await settled(page);
  await expect(form).toContainText('First: can it be done?');
  // What the reasons stand for is not on the page, and nothing can be done yet.
  expect(await page.content()).not.toContain('third_segment_is_pure_ack');
  await expect(page.locator('[aria-label="Calls on socket"]')).toHaveCount(0);
  await form.getByRole('button', { name: 'Check' }).click();
  await expect(form.getByRole('alert')).toHaveText('Say first whether it can be done.');
  await expect(form.getByRole('button', { name: 'Yes, it can be done' })).toBeFocused();

  await form.getByRole('button', { name: /^No: the server drops/ }).click();
  await expect(form).toContainText('You said: No: the server drops a request that comes before the pure ACK.');
  await expect(form.getByRole('button', { name: /^No:/ })).toHaveCount(0);
  await page.reload();
  await settled(page);
  await expect(form).toContainText('You said: No: the server drops');

  await act(page);
  await form.getByRole('button', { name: 'Check' }).click();
  const verdict = page.locator('.verdict');
  await expect(verdict).toHaveClass(/done/);
  await expect(verdict.locator('h2').first()).toContainText('You did it');
  await expect(verdict.locator('h2').first()).toContainText('2 of 3 points');
  await expect(verdict).toContainText('It can be done: your own run shows it.');
  await expect(verdict).toContainText('A common idea');
  await verdict.getByRole('button', { name: 'See both runs side by side' }).click();
  await expect(page.locator('section.pair')).toContainText('The runs part at');
  await page.getByRole('button', { name: 'Close the second run' }).click();
  await expect(page.locator('section.pair')).toHaveCount(0);
  await verdict.getByRole('button', { name: 'See the result' }).click();
  await expect(page.locator('#summary-title')).toHaveText('Finished');
  await expect(page.locator('table.rows')).toContainText('done in the end');
});

test('by keyboard alone, who says yes and does it has passed', async ({ page }) => {
  await page.goto('#/practise/2e-without-the-third?seed=3');
  await settled(page);
  await page.getByRole('button', { name: 'Yes, it can be done' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('form.card')).toContainText('You said: Yes, it can be done.');
  await act(page, 'key');
  await page.locator('form button.primary').focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('.verdict')).toHaveClass(/right/);
  await expect(page.locator('.verdict h2').first()).toContainText('3 of 3 points');
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });

  test('each reason can be read and touched', async ({ page }) => {
    await page.goto('./?lang=zh#/practise/6d-answer-after-the-fin?seed=3');
    const form = page.locator('form.card');
    await expect(form).toContainText('先说：能做到吗？');
    const choices = form.locator('[data-place="can"] button');
    await expect(choices).toHaveCount(3);
    for (const choice of await choices.all()) {
      const box = await choice.boundingBox();
      expect(box?.height).toBeGreaterThanOrEqual(44);
      expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(360);
    }
    await choices.last().click();
    await expect(form).toContainText('你说的是：不能：客户端发出 FIN 之后不再读取。现在动手试一试。');
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(360);
  });
});
