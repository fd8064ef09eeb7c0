/** Settings are chosen, a run comes of them, and its chart stands beside that of the run as it was. */
import { expect, test } from './page.ts';

/** At this seed both ends have timestamps and the load is high: tcp_tw_reuse is the cheapest way. */
const seed = 24;
const room = `#/practise/7g-out-of-ports?seed=${seed}`;

test('a wrong setting is refuted, seen in the chart, and mended', async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 1000 });
  await page.goto(room);
  const form = page.locator('form.card');
  await expect(form.getByRole('img', { name: /connect\(\) calls that failed: \d+ at the end/ })).toBeVisible();
  await form.getByRole('button', { name: 'Check' }).click();
  await expect(form.getByRole('alert')).toContainText('Change at least one setting.');

  const setting = (name: string) => form.getByRole('group', { name });
  await setting('SO_REUSEADDR on the client’s sockets').getByRole('radio', { name: /^on/ }).check();
  await expect(form.getByRole('status')).toContainText('Changed: 1 of at most 2. Cost: 1.');
  await form.getByRole('button', { name: 'Check' }).click();

  const verdict = page.locator('.verdict');
  await expect(verdict).toContainText('SO_REUSEADDR shortens TIME_WAIT');
  await expect(verdict).toContainText('SO_REUSEADDR on the client’s sockets: on');
  await expect(verdict).toContainText('The lowest cost that reaches all goals is 2.');
  await expect(verdict).not.toContainText('A cheapest way');
  const chart = verdict.getByRole('img', { name: /^connect\(\) calls that failed/ });
  const [, before, after] =
    /: (\d+) at the end as it was, (\d+) with/.exec((await chart.getAttribute('aria-label')) ?? '') ?? [];
  expect(Number(before)).toBeGreaterThan(0);
  expect(after).toBe(before);
  await verdict.locator('figure').first().getByText('The same as a table').click();
  await expect(verdict.getByRole('table').first().locator('tbody tr').last()).toContainText(String(before));

  await verdict.getByRole('button', { name: 'Try again' }).click();
  // What was chosen is still there, and can be put back at once.
  await expect(setting('SO_REUSEADDR on the client’s sockets').getByRole('radio', { name: /^on/ })).toBeChecked();
  await form.getByRole('button', { name: 'Leave all as it is' }).click();
  await setting('tcp_tw_reuse on the client').getByRole('radio', { name: /^on/ }).check();
  await form.getByRole('button', { name: 'Check' }).click();
  await expect(verdict).toHaveClass(/right/);
  await expect(verdict).toContainText('Nothing cheaper reaches all goals.');
  await expect(chart).toHaveAttribute(
    'aria-label',
    `connect() calls that failed: ${String(before)} at the end as it was, 0 with your changes`,
  );
});

test('at 360 px, in Chinese and by keyboard, too many settings are refused', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(`./?lang=zh${room}`);
  const form = page.locator('form.card');
  const setting = (name: string) => form.getByRole('group', { name });
  await expect(form.getByRole('img', { name: /失败的 connect\(\) 调用：最后为 \d+/ })).toBeVisible();
  for (const name of ['客户端的临时端口', '服务器的端口', '谁先关闭']) {
    await setting(name).getByRole('radio').first().focus();
    await page.keyboard.press('ArrowDown');
  }
  await expect(form.getByRole('status')).toContainText('已改动 3 个，最多 2 个');
  await page.keyboard.press('Enter');
  await expect(form.getByRole('alert')).toContainText('最多只能改动 2 个设置');
  await setting('谁先关闭').getByRole('radio').last().focus();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  const verdict = page.locator('.verdict');
  await expect(verdict).toContainText('你的改动');
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(wide).toBeLessThanOrEqual(360);
});
