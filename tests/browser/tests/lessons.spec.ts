/** Every lesson that comes with the page, from its first step to its end, answered as it comes. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Locator } from '@playwright/test';
import { expect, test } from './page.ts';

const folder = fileURLToPath(new URL('../../../exercises/lessons/', import.meta.url));
const lessons = existsSync(folder) ? readdirSync(folder).filter((id) => existsSync(`${folder}${id}/lesson.json`)) : [];

/** What is read of each step after its answer: the beginning of each paragraph that begins with plain words. */
function proseOf(id: string, language: string): string[][] {
  const text = readFileSync(`${folder}${id}/lesson.${language}.md`, 'utf8');
  const [, ...sections] = text.split(/^## /m);
  return sections.map((section) => {
    const [, after = ''] = section.split(/^---$/m);
    const begins = after.split(/\n\s*\n/).map((each) => /^[^[\]`*$>\n-]{24,40}/.exec(each.trim())?.[0] ?? '');
    return begins.filter((each) => each !== '');
  });
}

/** Something in every place of a form. */
async function fillIn(form: Locator): Promise<void> {
  for (const place of await form.locator('[data-place]').all()) {
    const radio = place.getByRole('radio').first();
    const flag = place.getByRole('button', { name: 'ACK', exact: true });
    if ((await radio.count()) > 0) await radio.check({ force: true });
    else if ((await flag.count()) > 0) await flag.click();
    else if ((await place.locator('input').count()) > 0) await place.locator('input').first().fill('77');
  }
}

async function answer(beat: Locator): Promise<void> {
  const form = beat.locator('form.card');
  await expect(form).toBeVisible();
  if ((await form.locator('.sure').count()) === 0) {
    // Nothing is done: the run is as it would be anyway.
    await form.locator('.hand-in button').last().click();
    return;
  }
  await fillIn(form);
  await form.locator('.sure button').nth(1).click();
  await expect(beat.locator('.told')).toBeVisible();
  await expect(beat.locator('.told .primary')).toHaveCount(0);
}

for (const id of lessons) {
  for (const { width, language } of [
    { width: 1440, language: 'en' },
    { width: 360, language: 'zh' },
  ]) {
    test(`${id}, ${width} px, ${language}`, async ({ page }) => {
      test.setTimeout(180_000);
      await page.setViewportSize({ width, height: 800 });
      await page.goto(`./?lang=${language}#/learn/${id}`);
      const prose = proseOf(id, language);
      for (const [i, after] of prose.slice(0, -1).entries()) {
        const beat = page.locator('.beat').nth(i);
        await expect(beat.locator('.run')).toBeVisible();
        const before = (await page.locator('article').textContent()) ?? '';
        for (const later of after) expect(before, `before step ${i + 1}`).not.toContain(later);
        await expect(page.locator('.beat')).toHaveCount(i + 1);
        await answer(beat);
        for (const now of after) await expect(beat).toContainText(now);
        // Numbers of what is done there are not known of a step that was left.
        if ((await beat.locator('.told').count()) > 0)
          await expect(beat.locator('.prose').last()).not.toContainText('…');
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        expect(wide).toBeLessThanOrEqual(0);
        await beat.locator('.next button').click();
      }
      await expect(page.locator('.end h2').first()).toBeFocused();
    });
  }
}
