/** Readable for everybody: no violation that axe finds, no sideways scrolling, in either colour and language. */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, openLab, test } from './page.ts';

async function accessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const said = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`);
  expect(said).toEqual([]);
}

async function noSidewaysScroll(page: Page): Promise<void> {
  const wide = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
  expect(wide[0]).toBeLessThanOrEqual(wide[1] as number);
}

async function answerWrongly(page: Page): Promise<void> {
  await page.locator('fieldset').nth(0).getByRole('radio').nth(3).check();
  await page.locator('fieldset').nth(1).getByRole('radio').nth(3).check();
  await page.locator('form button.primary').click();
  await expect(page.locator('.verdict')).toBeVisible();
}

const question = '#/practise/01-handshake-states?seed=7';

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`accessible, ${colorScheme}`, () => {
    test.use({ colorScheme });

    test('home', async ({ page }) => {
      await page.goto('./');
      await expect(page.locator('.arrow').first()).toBeVisible();
      await accessible(page);
    });

    test('lab', async ({ page }) => {
      await openLab(page);
      await accessible(page);
    });

    test('list and question', async ({ page }) => {
      await page.goto('#/practise');
      await expect(page.getByRole('link', { name: 'States through the handshake' })).toBeVisible();
      await accessible(page);
      await page.goto(question);
      await expect(page.locator('form')).toBeVisible();
      await accessible(page);
    });

    test('verdict', async ({ page }) => {
      await page.goto(question);
      await answerWrongly(page);
      await accessible(page);
    });
  });
}

for (const lang of ['en', 'zh']) {
  test(`360 px, ${lang}: everything within the width, and within reach of a thumb`, async ({ page }) => {
    await page.setViewportSize({ width: 360, height: 740 });
    for (const view of ['#/', '#/lab', '#/practise', '#/practise/05-both-in-closing?seed=3', '#/practise/06-explain-time-wait?seed=3']) {
      await page.goto('about:blank');
      await page.goto(`./?lang=${lang}${view}`);
      await expect(page.locator('.workspace, .page')).toBeVisible();
      await noSidewaysScroll(page);
    }
    await page.goto('about:blank');
    await page.goto(`./?lang=${lang}${question}`);
    await expect(page.locator('form')).toBeVisible();
    await answerWrongly(page);
    await noSidewaysScroll(page);
    await expect(page.locator('.verdict .primary')).toBeInViewport();
    await page.getByRole('tab').nth(1).click();
    await expect(page.locator('.panel.states')).toBeVisible();
    await noSidewaysScroll(page);
  });
}

test.describe('with a finger', () => {
  test.use({ hasTouch: true, isMobile: true, viewport: { width: 360, height: 740 } });

  const places = { '#/lab': '.arrow', '#/practise': 'li a', '#/practise/02-third-ack-and-first-data?seed=3': 'form' };
  for (const [address, there] of Object.entries(places)) {
    test(`whatever can be touched is 44 px broad and high: ${address}`, async ({ page }) => {
      await page.goto(address);
      await expect(page.locator(there).first()).toBeVisible();
      const small = await page.evaluate(() =>
        [...document.querySelectorAll('button, select, summary, input, nav a, li a')]
          .filter((each) => each.checkVisibility() && !each.classList.contains('unseen'))
          .map((each) => {
            // A control is touched with its label, a link in a list with its line.
            const box = (each.closest('label') ?? (each.matches('a') && each.closest('li')) ?? each) || each;
            const { width, height } = box.getBoundingClientRect();
            return { name: each.ariaLabel ?? each.textContent, width, height };
          })
          .filter(({ width, height }) => width > 0 && (width < 43.5 || height < 43.5)),
      );
      expect(small).toEqual([]);
    });
  }
});
