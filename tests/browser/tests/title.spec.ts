import { expect, passBeginning, test } from './page.ts';

const name = { en: 'TCP Connection Lab', zh: 'TCP 连接实验室' };
const views = ['#/learn', '#/learn/1', '#/practise', '#/practise/01-handshake-states', '#/known', '#/open'];

for (const language of ['en', 'zh'] as const) {
  test(`the tab is called after the heading of each view, ${language}`, async ({ page }) => {
    await passBeginning(page);
    await page.goto(`./?lang=${language}#/lab`);
    await expect(page).toHaveTitle(name[language]);
    for (const view of views) {
      await page.goto(`./?lang=${language}${view}`);
      const heading = page.locator('#main h1');
      await expect(heading).not.toHaveText(name[language]);
      // A lesson's and an exercise's own names come with their files.
      await expect(async () => {
        const [said] = await heading.allInnerTexts();
        expect(await page.title()).toBe(`${said?.trim()} · ${name[language]}`);
      }).toPass();
    }
    await page.goto(`./?lang=${language}#/lab`);
    await expect(page).toHaveTitle(name[language]);
  });
}
