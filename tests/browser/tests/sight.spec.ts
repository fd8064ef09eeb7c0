/** The now line stays in view, whatever has changed the height of the diagram. */
import type { Page } from '@playwright/test';
import { expect, passClaim, settled, test } from './page.ts';

async function nowInSight(page: Page): Promise<void> {
  await settled(page);
  const scroller = await page.locator('.diagram .scroller').boundingBox();
  const now = await page.locator('.diagram g.now rect').boundingBox();
  expect(now?.y ?? 0).toBeGreaterThan(scroller?.y ?? 0);
  expect((now?.y ?? 0) + (now?.height ?? 0)).toBeLessThan((scroller?.y ?? 0) + (scroller?.height ?? 0));
}

for (const width of [360, 1440]) {
  test(`a run that is shown whole at once ends in sight at ${width} px`, async ({ page }) => {
    await page.setViewportSize({ width, height: width === 360 ? 740 : 900 });
    // The evidence of this exercise is picked from a run from the handshake to the end of TIME_WAIT.
    await page.goto('#/practise/06-explain-time-wait?seed=3');
    await passClaim(page);
    await expect(page.locator('form')).toBeVisible();
    await nowInSight(page);
  });
}
