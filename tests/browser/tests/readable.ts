/** What every view owes every reader: nothing that axe finds, nothing to the side, nothing too small for a thumb. */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect } from './page.ts';

export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const said = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`);
  expect(said).toEqual([]);
}

export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const wide = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
  expect(wide[0]).toBeLessThanOrEqual(wide[1] as number);
}

/** Whatever can be touched is 44 px broad and high; a control is touched with its label, a link in a list with its line. */
export async function expectRoomForAThumb(page: Page): Promise<void> {
  const small = await page.evaluate(() =>
    [...document.querySelectorAll('button, select, summary, input, nav a, li a')]
      .filter((each) => each.checkVisibility() && !each.classList.contains('unseen'))
      .map((each) => {
        const box = (each.closest('label') ?? (each.matches('a') && each.closest('li')) ?? each) || each;
        const { width, height } = box.getBoundingClientRect();
        return { name: each.ariaLabel ?? each.textContent, width, height };
      })
      .filter(({ width, height }) => width > 0 && (width < 43.5 || height < 43.5)),
  );
  expect(small).toEqual([]);
}
