/** Every lesson that comes with the page, from its first step to its end, answered as it comes. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Locator, Page } from '@playwright/test';
import { expect, fillIn, test } from './page.ts';

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

async function answered(page: Page, id: string, steps: number | undefined, language: string): Promise<void> {
  const { beats } = JSON.parse(readFileSync(`${folder}${id}/lesson.json`, 'utf8')) as { beats: string[] };
  await page.goto(`./?lang=${language}#/learn`);
  await page.evaluate(
    ([id, done]) => {
      const beats = Object.fromEntries(done.map((each) => [each, { sure: 'certain', right: true }]));
      localStorage.setItem(`tcplab.learn.${id}`, JSON.stringify({ version: 1, beats }));
    },
    [id, beats.slice(0, steps)] as const,
  );
}

/** As a reader who has answered the first steps. */
async function openAt(page: Page, id: string, step: number, language: string): Promise<Locator> {
  await answered(page, id, step - 1, language);
  await page.goto(`./?lang=${language}#/learn/${id}`);
  const beat = page.locator('.beat').nth(step - 1);
  await expect(beat.locator('.run .sheet')).toBeVisible();
  return beat;
}

test('who comes back from an exercise to the list of all goes on at it', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto('./?lang=en#/practise');
  const exercise = page.locator('#main').getByRole('link', { name: 'Out of ports' });
  await exercise.click();
  await expect(page).toHaveURL(/#\/practise\/7g-/);
  await expect(page.getByRole('heading', { name: 'Out of ports' })).toBeVisible();
  await page.goBack();
  await expect(exercise).toBeFocused();
  await expect(exercise).toBeInViewport();
});

for (const back of ['browser', 'page'] as const)
  test(`who comes back from an exercise goes on at it, by the ${back}’s way back`, async ({ page }) => {
    await answered(page, '06-four-way-close', undefined, 'en');
    await page.goto('./?lang=en#/learn/06-four-way-close');
    const exercise = page.locator('.end').getByRole('link', { name: 'An answer after the FIN' });
    await exercise.click();
    await expect(page).toHaveURL(/#\/practise\/6d-/);
    await expect(page.getByRole('link', { name: 'Four-way close and half-close' })).toBeVisible();
    if (back === 'browser') await page.goBack();
    else await page.getByRole('link', { name: 'Four-way close and half-close' }).click();
    await expect(exercise).toBeFocused();
    await expect(exercise).toBeInViewport();
    // From elsewhere, a lesson begins at its top.
    await page.goto('./?lang=en#/learn');
    await page
      .getByRole('link', { name: /Four-way close/ })
      .first()
      .click();
    await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
    await expect(page.getByRole('heading', { level: 1 })).toBeInViewport();
  });

for (const language of ['en', 'zh'])
  for (const id of ['02-three-way-handshake', '06-four-way-close', '07-time-wait'])
    test(`${id} (${language}): what is to be done stands above the run at 1440 x 900, and both are in sight`, async ({
      page,
    }) => {
      await page.setViewportSize({ width: 1440, height: 900 });
      const beat = await openAt(page, id, 1, language);
      await expect(beat.locator('.request')).toBeInViewport({ ratio: 1 });
      const [request, run] = await Promise.all(
        [beat.locator('.request'), beat.locator('.run')].map((each) => each.boundingBox()),
      );
      expect((request?.y ?? 0) + (request?.height ?? 0)).toBeLessThanOrEqual(run?.y ?? 0);
      // Once the step is scrolled to, everything it takes to act is there.
      await beat
        .locator('h2')
        .first()
        .evaluate((title) => title.scrollIntoView({ block: 'start' }));
      for (const part of ['.request', '.run']) await expect(beat.locator(part)).toBeInViewport({ ratio: 1 });
    });

test('a host without a TCP needs little room: at 360 px all three hosts of a step are in sight', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  const beat = await openAt(page, '01-what-a-connection-is', 5, 'en');
  const scroller = beat.locator('.run .scroller');
  await expect.poll(() => scroller.evaluate((each) => each.scrollWidth - each.clientWidth)).toBeLessThanOrEqual(0);
  await expect(scroller).toContainText('mallory');
  for (const state of ['ESTABLISHED', 'SYN_RCVD']) await expect(scroller).toContainText(state);
});

test('a contrast opens where the runs part, and is called the student’s only if their answer fits it', async ({
  page,
}) => {
  const beat = await openAt(page, '01-what-a-connection-is', 1, 'en');
  const form = beat.locator('form.card');
  // Keep-alive probes come every two hours: no run has one a day.
  await form.getByRole('radio', { name: /one a day/ }).check({ force: true });
  for (const place of await form.locator('[data-place]').all()) {
    if ((await place.getByRole('radio', { checked: true }).count()) === 0)
      await place.getByRole('radio').first().check({ force: true });
  }
  await form.locator('.sure button').first().click();
  await beat.locator('.compare').click();
  const pair = beat.locator('.pair');
  await expect(pair).toContainText('The runs part at 110 ms.');
  await expect(pair).toContainText('client starts the keep-alive timer for 2 h');
  await expect(pair.getByRole('heading', { name: 'The other run' })).toBeVisible();
  await expect(pair).not.toContainText('The run that your answer fits');
  await expect(beat.getByRole('slider')).toHaveAttribute('aria-valuetext', /^110 ms/);
});

test('arrows say as much as a lesson has taught, unless the student chooses, which lasts', async ({ page }) => {
  const first = await openAt(page, '01-what-a-connection-is', 1, 'en');
  const words = first.locator('.run .scroller');
  const level = first.getByLabel('Arrows say');
  await expect(level).toHaveValue('words');
  await expect(words).toContainText('heard you, hello');
  await expect(words).not.toContainText('SYN,ACK');
  // How numbers are counted is no question where there are none.
  const counting = page.locator('.choices button[title$="(n)"]');
  await expect(counting).toHaveCount(0);
  await level.focus();
  await page.keyboard.press('ArrowDown');
  await expect(level).toHaveValue('flags');
  await expect(words).toContainText('SYN,ACK');
  await expect(words).not.toContainText('seq');
  await page.reload();
  await expect(level).toHaveValue('flags');

  // The next lesson asks for numbers from its second step on; back in the first one they stay.
  const second = await openAt(page, '02-three-way-handshake', 2, 'zh');
  await expect(second.getByLabel('箭头标注')).toHaveValue('numbers');
  await expect(second.locator('.run .scroller')).toContainText('seq');
  await expect(counting.first()).toBeVisible();
  const again = await openAt(page, '01-what-a-connection-is', 1, 'zh');
  await expect(again.getByLabel('箭头标注')).toHaveValue('numbers');
  await again.getByLabel('箭头标注').selectOption({ label: '大意' });
  await expect(again.locator('.run .scroller')).toContainText('听到了，你好');
});

test('a picture of six hosts takes the room beside it, and a lesson goes on where it was left', async ({ page }) => {
  await page.goto('#/learn');
  await page.evaluate(() => {
    const done = ['one-ack', 'who-holds-it', 'the-clock-again', 'the-old-payment'].map((id) => [id, { right: true }]);
    const kept = JSON.stringify({ version: 1, beats: Object.fromEntries(done) as unknown });
    localStorage.setItem('tcplab.learn.07-time-wait', kept);
  });
  await page.goto('#/learn/07-time-wait');
  const beat = page.locator('#beat-how-long');
  await expect(beat.locator('form.card')).toBeVisible();
  await expect(beat.getByRole('heading', { level: 2 })).toBeFocused();
  const scroller = beat.locator('.scroller').first();
  await expect(scroller.locator('.hosts .host')).toHaveCount(6);
  await expect.poll(() => scroller.evaluate((each) => each.scrollWidth - each.clientWidth)).toBe(0);
  // A copy that is 3 s late does not set the scale: a flight of 50 ms is as high as everywhere.
  const way = page.locator('#beat-the-old-payment .arrow').first();
  expect((await way.boundingBox())?.height).toBeGreaterThan(60);
});
