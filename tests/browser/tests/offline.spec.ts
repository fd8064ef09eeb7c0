/** Without a network, once the page was loaded. */
import { expect, fill, forward, openLab, test } from './page.ts';

test.use({ kept: true });

test('loaded once, the page opens, runs and grades without a network', async ({ page, context }) => {
  await openLab(page);
  await page.evaluate(async () => (await navigator.serviceWorker.ready).active?.state);
  await context.setOffline(true);
  // In a page of its own, as a failed request logs a console message, which would fail the test.
  const other = await context.newPage();
  await other.goto('./');
  expect(
    await other.evaluate(() =>
      fetch('elsewhere').then(
        () => 'answered',
        () => 'no network',
      ),
    ),
  ).toBe('no network');
  await other.close();

  await page.goto('./?lang=zh#/lab');
  await expect(page.getByRole('button', { name: '前进一个事件' })).toBeVisible();
  await page.goto('./?lang=en#/lab');
  await page.reload();
  await expect(page.locator('.arrow').first()).toBeVisible();
  expect(await forward(page)).toBe(true);

  await page.goto('#/practise');
  await expect(page.getByRole('link', { name: /States through the handshake/ }).first()).toBeVisible();
  await page.goto('#/practise/02-third-ack-and-first-data?seed=7');
  await fill(page, 1, 1);
  await page.getByRole('button', { name: 'Check' }).click();
  await expect(page.locator('.verdict')).toContainText('of 4 fields');

  await page.goto('#/learn');
  await expect(page.getByRole('heading', { name: 'Learn TCP connections' })).toBeVisible();
  const start = page.getByRole('link', { name: /^Start \(/ });
  if ((await start.count()) === 0) return;
  await start.click();
  await expect(page.locator('.beat .run')).toBeVisible();
});
