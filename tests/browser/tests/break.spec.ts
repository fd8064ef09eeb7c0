/** Acting until a wrong engine shows itself, beside the real run, with a line where the two part. */
import type { Page } from '@playwright/test';
import { expect, forward, settled, test } from './page.ts';

const call = (page: Page, socket: string, name: string) =>
  page.locator(`[aria-label="Calls on ${socket}"]`).getByRole('button', { name, exact: true });

test('the runs are the same until they differ, and are then seen side by side', async ({ page }) => {
  await page.goto('#/practise/6f-data-after-close?seed=3');
  const form = page.locator('form.card');
  await settled(page);
  await form.getByRole('button', { name: 'Yes, it can be done' }).click();
  await expect(form).toContainText('The two runs are the same.');
  await expect(form).toContainText('0 actions of 3');
  await form.getByRole('button', { name: 'Check' }).click();
  await expect(form.getByRole('alert')).toContainText('There is nothing to check yet');

  await call(page, 'socket', 'close').click();
  await settled(page);
  await expect(form).toContainText('1 action of 3');
  await expect(form).toContainText('The two runs are the same.');
  // The FIN has arrived, and the server still may send.
  while (await forward(page));
  await settled(page);
  await call(page, 'accepted', 'send').click();
  await expect(form).toContainText('The two runs differ.');
  await form.getByRole('button', { name: 'See both runs side by side' }).click();
  const pair = page.locator('section.pair');
  await expect(pair).toContainText('The runs part at');
  await expect(pair).toContainText('The wrong engine');
  await page.getByRole('button', { name: 'Close the second run' }).click();
  await expect(pair).toHaveCount(0);
  await expect(form).toContainText('2 actions of 3');

  await form.getByRole('button', { name: 'Check' }).click();
  const verdict = page.locator('.verdict');
  await expect(verdict).toHaveClass(/right/);
  await expect(verdict).toContainText('The two runs differ after 2 actions.');
  await expect(pair).toContainText('The runs part at');
  await page.getByRole('button', { name: 'See the result' }).click();
  await expect(page.locator('.verdict')).toHaveCount(0);
  await expect(pair).toContainText('The wrong engine');
});

test('actions that part another engine say which idea they show', async ({ page }) => {
  await page.goto('#/practise/6f-data-after-close?seed=3');
  const form = page.locator('form.card');
  await settled(page);
  await form.getByRole('button', { name: 'Yes, it can be done' }).click();
  await call(page, 'socket', 'close').click();
  await settled(page);
  await form.getByRole('button', { name: 'Check' }).click();
  const verdict = page.locator('.verdict');
  await expect(verdict).toContainText('The two runs are the same.');
  await expect(verdict).toContainText('The same actions would show these other ideas to be wrong');
  await expect(verdict).toContainText('Ask in which situation the wrong engine would decide otherwise.');
  await verdict.getByRole('button', { name: 'Try again' }).click();
  await expect(form).toContainText('You said: Yes, it can be done.');
});

test('where nothing happens by itself, it says how to begin, and names what differs for a reader', async ({ page }) => {
  await page.goto('#/practise/1g-second-caller?seed=3');
  const form = page.locator('form.card');
  await settled(page);
  await form.getByRole('button', { name: 'Yes, it can be done' }).click();
  await expect(form).toContainText('Begin with a call');
  await expect(form).toContainText('“+ connect” at alice');
  for (const host of ['alice', 'bob']) {
    await page.getByRole('button', { name: `+ connect New socket on ${host}` }).click();
    await page.getByRole('button', { name: 'connect', exact: true }).click();
    await page.keyboard.press('Escape');
  }
  const differ = form.getByText('The two runs differ.');
  while (!(await differ.isVisible()) && (await forward(page)));
  await form.getByRole('button', { name: 'Check' }).click();
  const said = page.locator('section.pair .both');
  // RFC 9293 §3.10.7.2: the SYN is answered, which a listener that is busy does not do.
  await expect(said).toContainText(/real run: “server.*SYN_RCVD|real run: “server sends SYN,ACK/);
  const [, here, there] = /“(.*)”.*“(.*)”/.exec((await said.textContent()) ?? '') ?? [];
  expect(here).not.toBe(there);
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 360, height: 740 } });

  test('two callers are enough, by touch, in Chinese', async ({ page }) => {
    await page.goto('./?lang=zh#/practise/1g-second-caller?seed=3');
    const form = page.locator('form.card');
    await form.getByRole('button', { name: '能做到', exact: true }).click();
    await expect(form).toContainText('两次运行相同。');
    await page.getByRole('tab').filter({ hasText: '操作' }).click();
    for (const host of ['alice', 'bob']) {
      const dock = page.getByRole('region', { name: host, exact: true });
      await dock.getByRole('button', { name: `在 ${host} 上新建套接字` }).click();
      await page.locator('[popover]:popover-open').getByRole('button', { name: 'connect', exact: true }).click();
      await settled(page);
    }
    await page.getByRole('tab').first().click();
    await expect(form).toContainText('两次运行不同。');
    await form.getByRole('button', { name: '检查' }).click();
    await expect(page.locator('.verdict')).toContainText('2 个操作之后，两次运行不同了。');
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(360);
  });
});
