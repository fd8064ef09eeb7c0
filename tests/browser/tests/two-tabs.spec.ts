/** The same page in two tabs: neither silently overwrites the other's work. */
import { expect, fill, forward, openLab, test } from './page.ts';

test('what one tab keeps is not written over by another, and both are told', async ({ page, context }) => {
  await openLab(page);
  const other = await context.newPage();
  await openLab(other);
  await page.getByRole('button', { name: 'Drop' }).first().click();
  await expect(page.locator('.arrow.lost')).toHaveCount(1);
  const told = other.getByText('The lab is open in another tab too');
  await expect(told).toBeVisible();
  await forward(other);
  await other.close({ runBeforeUnload: true });
  const third = await context.newPage();
  await third.goto('#/lab');
  await expect(third.locator('.arrow.lost')).toHaveCount(1);
});

test('the work of the other tab can be shown, or this one kept', async ({ page, context }) => {
  await openLab(page);
  const other = await context.newPage();
  await openLab(other);
  await page.getByRole('button', { name: 'Drop' }).first().click();
  await other.getByRole('button', { name: 'Show the other work' }).click();
  await expect(other.locator('.arrow.lost')).toHaveCount(1);
  await other.getByRole('button', { name: 'Undo' }).click();
  await expect(other.locator('.arrow.lost')).toHaveCount(0);
  await page.getByRole('button', { name: 'Keep this work instead' }).click();
  await expect(other.getByText('The lab is open in another tab too')).toBeVisible();
  await page.reload();
  await expect(page.locator('.arrow.lost')).toHaveCount(1);
});

test('answers given in two tabs stand together', async ({ page, context }) => {
  const address = '#/practise/02-third-ack-and-first-data?seed=7';
  await page.goto(address);
  const other = await context.newPage();
  await other.goto(address);
  await expect(other.getByRole('button', { name: 'Check' })).toBeVisible();
  await fill(page, 1, 1);
  await page.getByRole('button', { name: 'Check' }).click();
  await expect(page.locator('.verdict')).toBeVisible();
  // The other tab notices this, and does not overwrite it when it closes.
  await expect(other.locator('.verdict')).toBeVisible();
  await other.reload();
  await expect(other.locator('.verdict')).toBeVisible();
  await page.reload();
  await expect(page.locator('.verdict')).toBeVisible();
});

test('a language chosen in one tab holds in the other', async ({ page, context }) => {
  await openLab(page);
  const other = await context.newPage();
  await openLab(other);
  await page.getByLabel('Language').selectOption('zh');
  await expect(other.locator('html')).toHaveAttribute('lang', 'zh-Hans');
});

test('an address that names what every object has names no language', async ({ page }) => {
  await page.goto('./?lang=toString#/lab');
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(page.getByRole('button', { name: 'One event forward' })).toBeVisible();
});
