/** What a student knows: put on record by answers, asked again after some days, and carried off and back as a file. */
import { readFileSync } from 'node:fs';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, file, main, test } from './page.ts';

const start = new Date('2026-03-02T10:00:00Z');
const days = (n: number) => new Date(start.getTime() + n * 24 * 3600 * 1000);

/** Names the wrong host in the exercise whose questions ask for one: the one that closes later. */
async function answerWrongly(page: Page): Promise<void> {
  await page.goto('#/practise/04-who-holds-time-wait?seed=1');
  await expect(page.locator('form.card')).toBeVisible();
  const boxes = page.locator('form.card input[type="checkbox"]');
  const n = await boxes.count();
  // Every host but the first; if that is right, none.
  for (let i = 1; i < n; i++) await boxes.nth(i).check({ force: true });
  await page.locator('.hand-in button, form.card button[type="submit"]').last().click();
  await expect(page.locator('.verdict, .told').first()).toBeVisible();
}

test('look', async ({ page }) => {
  await page.clock.setFixedTime(start);
  await page.goto('#/known');
  await expect(main(page)).toContainText('There is nothing here yet');
  await answerWrongly(page);
  console.log(await page.evaluate(() => localStorage.getItem('tcplab.mastery')));
});
void [readFileSync, AxeBuilder, file, days];
