/** 20 hosts with long names and 500 connections: the lab stays usable, on a wide screen and on a narrow one. */
import { crowd } from '../hands/crowd.ts';
import { expect, file, slider, test } from './page.ts';

/** How many elements a page may have without becoming slow, whatever the world contains. */
const mostNodes = 6000;

for (const [width, height] of [
  [1440, 900],
  [360, 740],
] as const) {
  test(`a crowd at ${width} x ${height} is played, stepped, scrubbed and acted on`, async ({ page }) => {
    test.setTimeout(180_000);
    await page.setViewportSize({ width, height });
    await page.goto('#/lab');
    await expect(slider(page)).toBeVisible();
    await page.locator('input[type=file]').setInputFiles(file('crowd.json', crowd()));
    await expect(slider(page)).toHaveValue('0');
    const events = async () => Number(await slider(page).getAttribute('max'));
    await page.getByRole('combobox', { name: 'Speed' }).selectOption('16');
    const play = page.locator('.timeline .play');
    await play.click();
    await expect.poll(events, { timeout: 120_000 }).toBeGreaterThan(150);
    if ((await play.getAttribute('aria-label')) === 'Pause') await play.click();

    const before = await slider(page).inputValue();
    await page.getByRole('button', { name: 'One event forward' }).click();
    await expect(slider(page)).not.toHaveValue(before);
    await slider(page).fill('100');
    await expect(slider(page)).toHaveValue('100');
    await page.getByRole('button', { name: 'Branch here' }).click();
    await expect(page.getByRole('button', { name: 'Branch 1', exact: true })).toHaveAttribute('aria-pressed', 'true');

    await expect.poll(() => page.evaluate(() => document.querySelectorAll('*').length)).toBeLessThan(mostNodes);
    expect(
      await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth),
      'nothing sticks out',
    ).toBeLessThanOrEqual(0);
  });
}
