/** A link to a moment of a world: made, sent, opened, and refused. */
import { expect, forward, main, openLab, settled, slider, test } from './page.ts';

const copyButton = /Copy a link to this moment|复制指向这一时刻的链接/;

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

test('a link opens the world where it was left, and gives back what was there before', async ({ page, context }) => {
  await openLab(page);
  const before = await slider(page).getAttribute('aria-valuetext');
  await page.locator('.arrow').first().click();
  await page
    .getByRole('menuitem', { name: /Drop/ })
    .or(page.getByRole('button', { name: /Drop/ }))
    .first()
    .click();
  await expect(slider(page)).not.toHaveAttribute('aria-valuetext', before ?? '');
  await settled(page);
  const there = await slider(page).getAttribute('aria-valuetext');
  await page.getByRole('button', { name: copyButton }).click();
  await expect(page.getByText(/The link is copied/)).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link).toMatch(/#\/lab\?w=[\w-]+$/);

  const other = await context.newPage();
  await other.goto('./');
  await other.evaluate((to) => (location.href = to), link);
  await expect(slider(other)).toHaveAttribute('aria-valuetext', there ?? '');
  await expect(other).toHaveURL(/#\/lab$/);
  await forward(other);
  await other.reload();
  await expect(slider(other)).not.toHaveAttribute('aria-valuetext', there ?? '');
});

test('a link that was cut on its way says so; the work is unchanged', async ({ page }) => {
  await openLab(page);
  const before = await slider(page).getAttribute('aria-valuetext');
  await page.evaluate(() => (location.hash = '#/lab?w=7VhLbxs3EP4rA'));
  await expect(page.getByRole('alert')).toContainText('Copy the whole link again');
  await expect(slider(page)).toHaveAttribute('aria-valuetext', before ?? '');
  await expect(main(page).locator('.diagram .host').first()).toBeVisible();
});

test.describe('where no page may copy', () => {
  test.use({ permissions: [], locale: 'zh-CN', viewport: { width: 360, height: 780 } });

  test('the link stands there to be copied', async ({ page }) => {
    await page.addInitScript(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }));
    await openLab(page);
    await page.getByRole('button', { name: copyButton }).click();
    const field = page.getByRole('textbox', { name: /链接如下/ });
    await expect(field).toHaveValue(/#\/lab\?w=[\w-]+$/);
    await field.focus();
    await expect.poll(() => page.evaluate(() => getSelection()?.toString() ?? '')).toMatch(/#\/lab\?w=/);
  });
});
