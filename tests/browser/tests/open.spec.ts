/** What a link opens: a lesson of someone else's in a folder beside the page, in the link, wrong, or from elsewhere. */
import { existsSync, readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expect, main, test } from './page.ts';

const lesson = new URL('../../../web/tests/fixtures/lessons/01-small/', import.meta.url);
const terms = new URL('../terms.json', lesson);

/** Serves the fixture's files at packs/mine/, changed by `change`. */
async function beside(page: Page, change: (name: string, text: string) => string | undefined = (_, text) => text) {
  await page.context().route('**/packs/mine/**', (route) => {
    const name = decodeURIComponent(new URL(route.request().url()).pathname.replace(/^.*\/packs\/mine\//, ''));
    const file = name === 'terms.json' ? terms : new URL(name, lesson);
    const text = existsSync(file) ? change(name, readFileSync(file, 'utf8')) : undefined;
    return route.fulfill(text === undefined ? { status: 404 } : { body: text, contentType: 'text/plain' });
  });
}

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

test('a lesson in a folder beside the page is checked and shown, and goes on inside a link', async ({ page }) => {
  await beside(page);
  await page.goto('#/open?at=packs/mine/');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('A small lesson', { timeout: 30_000 });
  await page.getByRole('button', { name: 'Copy a link that holds the lesson' }).click();
  await expect(page.getByText('The link is copied')).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link).toMatch(/#\/open\?w=[\w-]+$/);

  await page.context().unroute('**/packs/mine/**');
  await page.goto('#/');
  await page.evaluate((to) => (location.href = to), link);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('A small lesson', { timeout: 30_000 });
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('A small lesson', { timeout: 30_000 });
});

test('an exercise beside the page is opened as one from a file', async ({ page }) => {
  await beside(page);
  await page.goto('#/open?at=packs/mine/exercises/small-third.json');
  await expect(page).toHaveURL(/#\/practise\/file%3Asmall-third/, { timeout: 30_000 });
});

test('a lesson with a fault names it, and is not shown', async ({ page }) => {
  await beside(page, (name, text) =>
    name === 'lesson.zh.md' ? undefined : name === 'beats/third.json' ? text.replace('"server"', '"sever"') : text,
  );
  await page.goto('#/open?at=packs/mine/');
  const alert = main(page).getByRole('alert');
  await expect(alert).toContainText('lesson.zh.md', { timeout: 30_000 });
  await expect(alert).toContainText('beats/third.json');
  await expect(alert).toContainText('sever');
});

for (const [at, said] of [
  ['https://elsewhere.example/lesson/', /leads away from this site/],
  ['packs/none/', /lesson\.json is not there/],
  ['', /names nothing to open|is not there/],
] as const) {
  test(`“${at}” is refused in words`, async ({ page }) => {
    await page.goto(`#/open?at=${encodeURIComponent(at)}`);
    await expect(main(page).getByRole('alert')).toContainText(said);
  });
}

test('a link that was cut says so, also in Chinese', async ({ page }) => {
  await page.addInitScript(() => localStorage.setItem('tcplab.language', 'zh'));
  await page.goto('?lang=zh#/open?w=7VhLbxs3EP4r');
  await expect(main(page).getByRole('alert')).toContainText('请重新复制整个链接');
});
