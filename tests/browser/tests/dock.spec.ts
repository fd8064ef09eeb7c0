/** In the dock no socket at which something happens is out of sight, however many hosts and sockets there are. */
import type { Page } from '@playwright/test';
import { expect, forward, openWorld, test } from './page.ts';

/** What of the acting socket's chip is cut off by its row, its host's card or the dock; '' when nothing is. */
const cutOff = (page: Page) =>
  page.evaluate(() => {
    const chip = document.querySelector('.dock li.acting');
    if (!chip) return '';
    const box = chip.getBoundingClientRect();
    for (let around = chip.parentElement; around && !around.classList.contains('dock'); around = around.parentElement) {
      const { left, right } = around.getBoundingClientRect();
      if (box.left < left - 1 || box.right > right + 1) return `${chip.textContent} is cut by ${around.className}`;
    }
    return '';
  });

for (const width of [1440, 1200, 900, 800]) {
  for (const world of ['two-clients', 'syn-cookies', 'syn-retries-by-profile', 'accept-queue-full-linux']) {
    test(`${world} at ${width} px`, async ({ page }) => {
      await page.setViewportSize({ width, height: 900 });
      await openWorld(page, world);
      let acted = 0;
      for (let i = 0; i < 30 && (await forward(page, 'key')); i++) {
        await expect.poll(() => cutOff(page)).toBe('');
        acted += await page.locator('.dock li.acting').count();
      }
      expect(acted).toBeGreaterThan(5);
    });
  }
}

test('the dock holds still for whoever points at it', async ({ page }) => {
  await page.setViewportSize({ width: 1200, height: 900 });
  await openWorld(page, 'syn-retries-by-profile');
  const row = page.locator('.dock .hosts');
  await forward(page, 'key');
  await row.hover();
  const before = await row.evaluate((each) => each.scrollLeft);
  for (let i = 0; i < 6; i++) await forward(page, 'key');
  expect(await row.evaluate((each) => each.scrollLeft)).toBe(before);
});

test('at 900 px the dock shows at its edges that it goes on there', async ({ page }) => {
  await page.setViewportSize({ width: 900, height: 900 });
  await openWorld(page, 'two-clients');
  const row = page.locator('.dock .hosts');
  await expect(row).toHaveAttribute('data-after');
  await expect(row).not.toHaveAttribute('data-before');
  await row.evaluate((each) => each.scrollTo(each.scrollWidth, 0));
  await expect(row).toHaveAttribute('data-before');
  await expect(row).not.toHaveAttribute('data-after');
});

test('at 360 px the acting host comes into sight in the panel', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await openWorld(page, 'syn-cookies');
  await page.getByRole('tab', { name: 'Act' }).click();
  let acted = 0;
  for (let i = 0; i < 14 && (await forward(page)); i++) {
    await expect
      .poll(() =>
        page.evaluate(() => {
          const chip = document.querySelector('.dock li.acting')?.getBoundingClientRect();
          const panel = document.querySelector('.panel')?.getBoundingClientRect();
          return !chip || !panel || (chip.top >= panel.top - 1 && chip.bottom <= panel.bottom + 1 && chip.left >= -1 && chip.right <= 361);
        }),
      )
      .toBe(true);
    acted += await page.locator('.dock li.acting').count();
  }
  expect(acted).toBeGreaterThan(3);
});
