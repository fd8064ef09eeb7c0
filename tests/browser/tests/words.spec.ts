/** What the engine knows by id is shown by its name, and counted as the engine counts. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { eventTexts, expect, forwardUntil, openLab, settled, slider, test } from './page.ts';

const scenario = (name: string) =>
  readFileSync(fileURLToPath(new URL(`../../../exercises/scenarios/${name}.json`, import.meta.url)));

async function openScenario(page: Page, name: string): Promise<void> {
  await openLab(page);
  const file = { name: `${name}.json`, mimeType: 'application/json', buffer: scenario(name) };
  await page.locator('input[type=file]').setInputFiles(file);
  await expect(slider(page)).toHaveValue('0');
}

/** All text on the page, including accessible names, but without code and the scenario's own words. */
const wordsOf = (page: Page) =>
  page.evaluate(() => {
    const copy = document.body.cloneNode(true) as HTMLElement;
    copy.querySelectorAll('script, style, code, .mono, option').forEach((each) => each.remove());
    const named = [...copy.querySelectorAll('[aria-label], [title]')].flatMap((each) =>
      ['aria-label', 'title'].flatMap((name) => (each.closest('table') ? [] : [each.getAttribute(name) ?? ''])),
    );
    return [copy.textContent, ...named].join('\n');
  });

test('in Chinese no name is the engine’s own', async ({ page }) => {
  await openScenario(page, 'keep-alive-finds-a-dead-host');
  await page.getByLabel('Language').selectOption('zh');
  await forwardUntil(page, async () => /保活定时器/.test((await eventTexts(page)).join('\n')));
  const words = await wordsOf(page);
  expect(words).not.toMatch(/\b[a-z]+_[a-z_]+\b/);
  expect(words).not.toMatch(/\b(rcv|snd) [A-Z]|\b(create|delete) TCB|\btimeout\b|\btimer\b/);
  await page.getByRole('button', { name: '表格形式' }).click();
  await expect(page.getByRole('cell', { name: 'SYN 得到确认' }).first()).toBeVisible();
});

for (const [name, takes] of [
  ['handshake-data-close', '+1'],
  ['mutant-syn-takes-no-number', '+0'],
] as const) {
  test(`${name}: the SYN takes ${takes.slice(1)}`, async ({ page }) => {
    await openScenario(page, name);
    await forwardUntil(page, async () => (await page.locator('.ruler .this').filter({ hasText: 'SYN' }).count()) === 1);
    await settled(page);
    await expect(page.locator('.ruler .this')).toContainText(takes);
  });
}
