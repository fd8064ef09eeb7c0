/** The first 30 seconds of a beginner: two taps and one bet, then one large button. */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, focused, main, tabTo, test } from './page.ts';

const languages = {
  en: {
    drop: 'Drop it',
    letGo: 'Let it go',
    third: 'This message is half-way.',
    repaired: 'It repaired itself, and nobody told it to. After 1 s without an answer',
    arrived: 'It arrived.',
    off: 'Switch it off',
    say: 'Say hello',
    minute: '1 minute',
    over: 'It said hello 10 times. Then it gave up.',
    windows: 'Windows',
    start: /^Start \(about \d+ min\)$/,
    again: 'Play the first 30 seconds again',
    said: ['You said', 'It was'],
  },
  zh: {
    drop: '丢掉它',
    letGo: '放它过去',
    third: '这条消息走到了半路。',
    repaired: '它自己修好了。右边的电脑等了 1 s 没有回音',
    arrived: '消息到了。',
    off: '关掉它',
    say: '说你好',
    minute: '1 分钟',
    over: '它说了 10 次你好，然后放弃了。',
    windows: 'Windows',
    start: /^开始（约 \d+ 分钟）$/,
    again: '再看一次最初三十秒',
    said: ['你说的', '实际'],
  },
} as const;

const told = (page: Page) => page.locator('.beginning [role="status"]').last();
const button = (page: Page, name: string) => page.locator('.beginning').getByRole('button', { name, exact: true });
const overflow = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
const open = (page: Page, language = 'en') => page.goto(`./?lang=${language}#/learn`);

for (const [language, text] of Object.entries(languages))
  test(`it is played to its end and then remembered, ${language}`, async ({ page }) => {
    await open(page, language);
    await expect(told(page)).toContainText(text.third);
    // Nothing else is there to choose.
    await expect(page.locator('.path')).toHaveCount(0);
    await expect(main(page).getByRole('dialog')).toHaveCount(0);
    await button(page, text.drop).click();
    await expect(told(page)).toContainText(text.repaired);
    await button(page, text.off).click();
    await button(page, text.say).click();
    // Nothing of the answer is there before the bet.
    await expect(button(page, text.minute)).toBeVisible();
    await expect(page.locator('.arrow')).toHaveCount(6);
    await button(page, text.minute).click();
    await expect(told(page)).toContainText(text.over);
    // The user timeout of RFC 9293 §3.8.3 as the engine has it: 5 min.
    await expect(told(page).locator('dd')).toHaveText([text.minute, '5 min']);
    await expect(told(page).locator('dt')).toHaveText(text.said);
    await expect(told(page)).toContainText(text.windows);
    await expect(page.getByRole('link', { name: text.start })).toHaveAttribute('href', /#\/learn\/01-/);
    await page.reload();
    await expect(page.locator('.path li').first()).toBeVisible();
    await expect(page.locator('.beginning [role="status"]')).toHaveCount(0);
    await page.getByRole('button', { name: text.again }).click();
    await expect(told(page)).toContainText(text.third);
  });

test('it waits for the choice, whether something was touched or not', async ({ page }) => {
  await page.clock.install();
  await open(page);
  await expect(told(page)).toContainText(languages.en.third);
  await page.clock.runFor(20_000);
  await expect(told(page)).toContainText(languages.en.third);
  await button(page, languages.en.letGo).click();
  await expect(told(page)).toContainText(languages.en.arrived);
  await expect(button(page, languages.en.off)).toBeEnabled();
  await expect(button(page, languages.en.say)).toBeDisabled();
});

test('it moves by itself where motion is wanted, and stops with the third message half-way', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  await open(page);
  await expect(told(page)).toContainText('Two computers begin to talk.');
  await expect(told(page)).toContainText(languages.en.third);
  // 10 ms, and 50 ms each way: sent at 110 ms, due at 160 ms.
  await expect(page.locator('.beginning g.now text')).toHaveText('135 ms');
  await button(page, languages.en.letGo).click();
  await expect(told(page)).toContainText(languages.en.arrived);
  await button(page, languages.en.off).click();
  await button(page, languages.en.say).click();
  await button(page, '5 minutes').click();
  await expect(told(page)).toContainText('You said: 5 minutes. The clock runs.');
  await expect(told(page)).toContainText('So it is here.', { timeout: 20_000 });
});

test('it can be done by keyboard alone, and taken back', async ({ page }) => {
  await open(page);
  await expect(told(page)).toContainText(languages.en.third);
  await tabTo(page, /^Drop it$/, '.beginning');
  await page.keyboard.press('Enter');
  await expect(told(page)).toContainText(languages.en.repaired);
  await expect.poll(() => focused(page)).toContain('It repaired itself');
  await tabTo(page, /^Take it back$/, '.beginning');
  await page.keyboard.press('Enter');
  await expect(told(page)).toContainText(languages.en.third);
  await tabTo(page, /^Let it go$/, '.beginning');
  await page.keyboard.press('Enter');
  await tabTo(page, /^Switch it off$/, '.beginning');
  await page.keyboard.press('Enter');
  await expect(page.locator('.hosts')).toContainText('right: off');
  await tabTo(page, /^Say hello$/, '.beginning');
  await page.keyboard.press('Enter');
  await expect(button(page, 'for ever')).toBeVisible();
  await tabTo(page, /^for ever$/, '.beginning');
  await page.keyboard.press('Enter');
  await expect(told(page)).toContainText('if nothing had been said');
  await tabTo(page, /^Start \(/, '.beginning');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/#\/learn\/01-/);
});

test('who has an incident is there with one tap', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await open(page);
  await button(page, 'I have an incident').click();
  await expect(page.locator('.incidents li').first()).toBeVisible();
  await expect.poll(() => focused(page)).toContain('I have an incident');
  await page.reload();
  await expect(page.locator('.path li').first()).toBeVisible();
});

for (const language of ['en', 'zh'] as const)
  test(`it fits 320 pixels, and a checker of accessibility finds nothing, ${language}`, async ({ page }) => {
    await page.setViewportSize({ width: 320, height: 568 });
    const text = languages[language];
    await open(page, language);
    const check = async () => {
      await expect.poll(() => overflow(page)).toBe(0);
      const { violations } = await new AxeBuilder({ page }).include('#main').analyze();
      expect(violations).toEqual([]);
      for (const each of await page.locator('.beginning .buttons > *').all()) {
        const box = await each.boundingBox();
        expect(box?.height ?? 0).toBeGreaterThanOrEqual(44);
      }
    };
    await expect(told(page)).toContainText(text.third);
    await expect(button(page, text.drop)).toBeInViewport({ ratio: 1 });
    await check();
    await button(page, text.drop).click();
    await expect(button(page, text.off)).toBeEnabled();
    await check();
    await button(page, text.off).click();
    await button(page, text.say).click();
    await button(page, text.minute).click();
    await expect(page.getByRole('link', { name: text.start })).toBeVisible();
    await check();
  });
