/** The scenarios of Play stand by lesson, each with what to watch in it; they are found as before. */
import { readFileSync } from 'node:fs';
import { expect, openLab, test, worlds } from './page.ts';

const read = (path: string) =>
  JSON.parse(readFileSync(new URL(`../../../exercises/${path}`, import.meta.url), 'utf8')) as unknown;
const { lessons } = read('lessons/path.json') as { lessons: { number: number; title: { en: string; zh: string } }[] };
const { title, watch } = read('scenarios/lost-fin.json') as Record<'title' | 'watch', { en: string; zh: string }>;

const words = {
  en: { start: 'Start', lesson: (n: number, title: string) => `Lesson ${n}: ${title}`, data: 'Data and windows' },
  zh: { start: '开始', lesson: (n: number, title: string) => `第 ${n} 课：${title}`, data: '数据与窗口' },
} as const;

for (const language of ['en', 'zh'] as const) {
  for (const [width, height] of [
    [1440, 900],
    [360, 740],
  ] as const) {
    test(`scenarios stand by lesson, ${language}, at ${width} x ${height}`, async ({ page }) => {
      const said = words[language];
      await page.setViewportSize({ width, height });
      await openLab(page, language);
      await worlds(page);
      const groups = page.locator('.worlds details');
      const called = await groups.locator('summary span:first-child').allTextContents();
      const expected = lessons.map(({ number, title }) => said.lesson(number, title[language]));
      expect(called).toEqual([...expected, said.data]);

      const closing = groups.nth(5);
      await closing.locator('summary').click();
      const scenario = closing.locator('[data-world=lost-fin]');
      await expect(scenario).toContainText(title[language]);
      await expect(scenario).toContainText(watch[language]);
      await scenario.scrollIntoViewIfNeeded();
      if (process.env.TCPLAB_LOOK !== undefined)
        await page.screenshot({ path: `${process.env.TCPLAB_LOOK}/groups-${language}-${width}.png` });
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth),
        'nothing sticks out',
      ).toBeLessThanOrEqual(0);

      // A search by the lesson finds all that stand in it, and one by what happens is as it was.
      const field = page.locator('.worlds input');
      await field.fill(lessons[8]?.title[language] ?? '');
      await expect(page.locator('[data-world=rfc9293-figure-07]').first()).toBeVisible();
      await field.fill('lost-fin');
      await expect(page.locator('[data-world]:visible')).toHaveCount(1);
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await expect(page.locator('.one [role=tab], .here, section', { hasText: title[language] }).first()).toBeVisible();
    });
  }
}
