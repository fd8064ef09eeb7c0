/** Checks for every view: no violation that axe finds, no sideways scrolling, no target too small for a thumb. */
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

/** Touch targets must be 44 px wide and high; a label counts as a part of its control, a row as a part of its link. */
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
