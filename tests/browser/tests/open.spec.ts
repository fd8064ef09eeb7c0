/** What a link opens: a lesson of someone else's in a folder beside the page, in the link, wrong, or from elsewhere. */
import { existsSync, readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expect, main, test } from './page.ts';

const lesson = new URL('../../../exercises/lessons/02-three-way-handshake/', import.meta.url);
const title = readFileSync(new URL('lesson.en.md', lesson), 'utf8').split('\n', 1)[0]?.replace(/^# /, '') ?? '';
/** Beats and exercises are checked one by one. */
const checked = { timeout: 45_000 };

/** Serves a lesson's files at packs/mine/, changed by `change`; what is not there as servers of single pages do. */
async function beside(page: Page, change: (name: string, text: string) => string | undefined = (_, text) => text) {
  await page.context().route('**/packs/mine/**', (route) => {
    const name = decodeURIComponent(new URL(route.request().url()).pathname.replace(/^.*\/packs\/mine\//, ''));
    const file = new URL(name, lesson);
    const text = existsSync(file) ? change(name, readFileSync(file, 'utf8')) : undefined;
    return route.fulfill({ body: text ?? '', contentType: text === undefined ? 'text/html' : 'text/plain' });
  });
}

test.setTimeout(120_000);
test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

test('a lesson in a folder beside the page is checked and shown, and goes on inside a link', async ({ page }) => {
  await beside(page);
  await page.goto('#/open?at=packs/mine/');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(title, checked);
  await page.getByRole('button', { name: 'Copy a link that holds the lesson' }).click();
  await expect(page.getByText('The link is copied')).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link).toMatch(/#\/open\?w=[\w-]+$/);

  await page.context().unroute('**/packs/mine/**');
  await page.goto('#/');
  await page.evaluate((to) => (location.href = to), link);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(title, checked);
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(title, checked);
});

test('an exercise beside the page is opened as one from a file', async ({ page }) => {
  await beside(page);
  await page.goto('#/open?at=packs/mine/exercises/2c-absolute-numbers.json');
  await expect(page).toHaveURL(/#\/practise\/file%3A2c-absolute-numbers/, checked);
});

test('a lesson with a fault names it, and is not shown', async ({ page }) => {
  await beside(page, (name, text) =>
    name === 'lesson.zh.md'
      ? undefined
      : name === 'beats/two-moments.json'
        ? text.replace('"server"', '"sever"')
        : text,
  );
  await page.goto('#/open?at=packs/mine/');
  const alert = main(page).getByRole('alert');
  await expect(alert).toContainText('lesson.zh.md', checked);
  await expect(alert).toContainText('beats/two-moments.json');
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
