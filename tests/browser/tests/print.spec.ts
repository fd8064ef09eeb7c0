/** A lesson on paper: its prose, the diagram of each run, and no buttons. */
import { expect, fillIn, test } from './page.ts';

/** A4 at 96 dots to the inch, less the margins. */
const paper = { width: 700, height: 1000 };

for (const language of ['en', 'zh'] as const) {
  for (const [width, height] of [
    [1440, 900],
    [360, 740],
  ] as const) {
    test(`a lesson is printed as it was read, ${language}, from ${width} x ${height}`, async ({ page }) => {
      test.setTimeout(120_000);
      await page.setViewportSize({ width, height });
      await page.emulateMedia({ colorScheme: 'dark' });
      await page.goto(`./?lang=${language}#/learn/02-three-way-handshake`);
      const first = page.locator('.beat').first();
      const form = first.locator('form.card');
      await expect(form).toBeVisible();
      // Go on until the diagram is higher than its scroll container, so that not all of it is in view.
      await first.locator('.run').focus();
      for (let i = 0; i < 14; i++) {
        await page.keyboard.press('ArrowRight');
        await page.waitForTimeout(100);
      }
      await expect(first.locator('.run .arrow')).not.toHaveCount(0);
      if ((await form.locator('.sure').count()) === 0) await form.locator('.hand-in button').last().click();
      else {
        await fillIn(form);
        await form.locator('.sure button').nth(1).click();
      }
      await expect(first.locator('.prose.after')).toBeVisible();
      await page.locator('article .next button').click();
      const second = page.locator('.beat').nth(1);
      await expect(second.locator('form.card')).toBeVisible();
      await expect(second.locator('.arrow, .sheet svg').first()).toBeAttached();
      await page.waitForTimeout(1500);
      const events = await first.locator('.run .arrow').count();

      await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
      await page.setViewportSize(paper);
      await expect(page.getByRole('navigation')).toHaveCount(0);
      await expect(page.locator('.timeline').first()).toBeHidden();
      for (const gone of [
        '.dock',
        'aside',
        'header.bar',
        '.term-card',
        '.choices',
        'article .next',
        '.sure',
        '.hand-in',
      ])
        for (const each of await page.locator(gone).all()) await expect(each, gone).toBeHidden();
      for (const button of await page.locator('main button').all()) await expect(button).toBeHidden();

      // An unanswered question is printed without its answer.
      await expect(second.locator('form.card')).toBeVisible();
      await expect(second.locator('.told')).toHaveCount(0);
      await expect(second.locator('.prose.after')).toHaveCount(0);
      await expect(first.locator('.prose.after')).toBeVisible();

      // The picture is there from its beginning to its end, within the paper, on white.
      const run = first.locator('.run').first();
      await expect.poll(() => run.locator('.arrow').count()).toBeGreaterThanOrEqual(events);
      const shown = await run.evaluate((element) => {
        const scrollers = [...element.querySelectorAll('.scroller')];
        return {
          cut: scrollers.some((each) => each.scrollHeight > each.clientHeight + 1),
          right: Math.max(...scrollers.map((each) => each.getBoundingClientRect().right)),
          background: getComputedStyle(element).backgroundColor,
          page: getComputedStyle(document.body).backgroundColor,
        };
      });
      expect(shown.cut, 'nothing is left to be scrolled').toBe(false);
      expect(shown.right).toBeLessThanOrEqual(paper.width);
      expect([shown.background, shown.page]).toEqual(['rgb(255, 255, 255)', 'rgb(255, 255, 255)']);
      if (process.env.TCPLAB_LOOK !== undefined)
        await page.screenshot({ path: `${process.env.TCPLAB_LOOK}/print-${language}-${width}.png`, fullPage: true });
      // On the screen, the question and the rules that decide it are folded.
      if ((await first.locator('.told summary').count()) > 0)
        await expect.poll(() => first.locator('.told details:not([open])').count()).toBe(0);
      // It is some pages of paper, and not one for each line that could be scrolled.
      const pdf = (await page.pdf({ format: 'A4', printBackground: true })).toString('latin1');
      const pages = pdf.match(/\/Type\s*\/Page\b/g)?.length ?? 0;
      expect(pages).toBeGreaterThan(0);
      expect(pages).toBeLessThan(8);

      // After printing, the screen is as before.
      await page.emulateMedia({ media: 'screen', colorScheme: 'dark' });
      await page.setViewportSize({ width, height });
      await expect(second.locator('.sure button, .hand-in button').first()).toBeVisible();
      await expect(first.locator('.timeline')).toBeVisible();
      await expect(first.locator('.told details[open]')).toHaveCount(0);
    });
  }
}
