/** Answers from files: the run that they judge is the run on show, as when it was played here. */
import { readFileSync } from 'node:fs';
import type { Browser, Page } from '@playwright/test';
import { engine } from './engine.ts';
import { eventTexts, exerciseText, expect, file, sayYes, settled, test } from './page.ts';
import { stepsOf } from './questions.ts';

type Action = Record<string, unknown>;
interface Saved {
  exercise: string;
  rev: number;
  seed: number;
  answers: Record<string, unknown>;
}

// All events of a run are in its list.
test.use({ viewport: { width: 1440, height: 2400 } });

const verdict = (page: Page) => page.locator('.verdict');
const open = (page: Page, what: object) =>
  page
    .locator('section input[type=file]')
    .setInputFiles(file('mine.json', JSON.stringify({ format: 'tcplab-answers/1', ...what })));

/** The verdict, and every event beside it. */
async function seen(page: Page): Promise<{ said: string; events: string[] }> {
  await expect(verdict(page).locator('h2')).toContainText('Right');
  await expect(verdict(page)).toContainText('Because');
  await settled(page);
  return { said: await verdict(page).innerText(), events: await eventTexts(page) };
}

/** In another browser, which has none of the first one's storage. */
async function elsewhere<Result>(
  browser: Browser,
  baseURL: string,
  address: string,
  work: (page: Page) => Promise<Result>,
): Promise<Result> {
  const context = await browser.newContext({
    baseURL,
    viewport: { width: 1440, height: 2400 },
    reducedMotion: 'reduce',
    locale: 'en-US',
  });
  const page = await context.newPage();
  await page.goto(address);
  const result = await work(page);
  await context.close();
  return result;
}

const closing = '#/practise/05-both-in-closing?seed=11';

/** Makes both ends close before either hears of the other, and saves the answers. */
async function closeBoth(page: Page): Promise<Saved> {
  await page.goto(closing);
  await expect(page.locator('.dock .state', { hasText: 'ESTABLISHED' })).toHaveCount(2);
  await sayYes(page);
  for (const socket of ['socket', 'accepted']) {
    await page
      .getByRole('group', { name: `Calls on ${socket}` })
      .getByRole('button', { name: 'close', exact: true })
      .click();
  }
  await page.getByRole('button', { name: 'Check', exact: true }).click();
  await expect(verdict(page)).toBeVisible();
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save my answers' }).click();
  return JSON.parse(readFileSync(await (await saved).path(), 'utf8')) as Saved;
}

test('answers from a file show the run that was seen live, and so after a reload and at the result', async ({
  page,
  browser,
  baseURL,
}) => {
  test.setTimeout(120_000);
  const saved = await closeBoth(page);
  const live = await seen(page);
  expect(live.said).toContain('Reached at');
  await elsewhere(browser, baseURL ?? '', closing, async (other) => {
    await expect(other.getByRole('button', { name: 'Check', exact: true })).toBeVisible();
    await open(other, saved);
    await expect.poll(() => seen(other)).toEqual(live);
    // What they solve is solved in the list, too.
    await other.goto('#/practise');
    await expect(other.getByRole('listitem').filter({ hasText: 'Both ends in CLOSING' })).toHaveClass(/passed/);
    await other.goto(closing);
    await other.reload();
    await expect.poll(() => seen(other)).toEqual(live);
    await other.getByRole('button', { name: 'See the result' }).click();
    await other.reload();
    await expect(other.locator('#summary-title')).toBeVisible();
    await settled(other);
    await expect.poll(() => eventTexts(other)).toEqual(live.events);
    await other.getByRole('button', { name: 'Open this run in Play' }).click();
    await expect(other).toHaveURL(/#\/lab$/);
    const forward = other.getByRole('button', { name: 'One event forward' });
    await expect(forward).toBeEnabled();
    while (await forward.isEnabled()) await other.keyboard.press('ArrowRight');
    await expect(other.locator('.dock .state', { hasText: 'CLOSING' })).toHaveCount(0);
    expect((await eventTexts(other)).filter((text) => text.includes('→ CLOSING'))).toHaveLength(2);
  });
});

test('a file without steps shows the run of its times; another try begins anew', async ({ page }) => {
  const { answers, ...about } = await closeBoth(page);
  const [first] = (answers.closing as { plan: Action[] }).plan.map(({ step: _, ...action }) => ({
    ...action,
    at: '1s',
  }));
  await open(page, { ...about, answers: { closing: { can: 'yes', plan: [first] } } });
  await page.getByRole('button', { name: 'Replace my answers' }).click();
  await expect(verdict(page).locator('h2')).toContainText('Not yet');
  const calls = async () => (await eventTexts(page)).filter((text) => text.includes('client calls close()'));
  await expect.poll(async () => (await calls()).length).toBe(1);
  await settled(page);
  const events = await eventTexts(page);
  // What is judged is read: it is done and taken back in another try.
  await expect(page.locator('.dock').getByRole('button', { name: 'close', exact: true })).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Undo' })).toBeDisabled();
  await page.keyboard.press('Control+z');
  await expect.poll(() => eventTexts(page)).toEqual(events);
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.locator('.dock .state', { hasText: 'ESTABLISHED' })).toHaveCount(2);
});

test('each witness of both builds of one exercise is on show beside its verdict', async ({ page }) => {
  test.setTimeout(240_000);
  const id = '06-explain-time-wait';
  const text = exerciseText(`${id}.json`);
  const { rev, witness } = JSON.parse(text) as { rev: number; witness: { explain: Record<string, Action[][]> } };
  const { steps } = await stepsOf(id, 7);
  const builds = steps.filter((step) => step.asked.kind === 'build');
  const who = (steps.find((step) => step.asked.kind === 'claim')?.right as { who: string }).who;
  const told = (actions: unknown) =>
    JSON.parse(
      JSON.stringify(actions)
        .replaceAll('${first}', who)
        .replaceAll('${other}', who === 'client' ? 'server' : 'client'),
    ) as Action[];
  await page.goto(`#/practise/${id}?seed=7`);
  await expect(page.getByRole('button', { name: 'Check', exact: true })).toBeVisible();
  for (let i = 0; i < 4; i++) {
    const explain = Object.fromEntries(
      builds.map(({ asked }) => [asked.id, { can: 'yes', plan: told(witness.explain[asked.id]?.[i]) }]),
    );
    await open(page, { exercise: id, rev, seed: 7, answers: { explain } });
    if (i > 0) await page.getByRole('button', { name: 'Replace my answers' }).click();
    await expect(page.getByText('mine.json')).toBeVisible();
    for (const { key, asked } of [...builds, ...builds.slice(0, 1)]) {
      const place = steps.findIndex((step) => step.key === key);
      await page.getByRole('button', { name: new RegExp(`^Question ${place + 1}\\b`) }).click();
      await expect(verdict(page).locator('h2')).toContainText('Right');
      await page.getByRole('tab', { name: 'Events' }).click();
      const { scenario } = asked as unknown as { scenario: string };
      const whole = JSON.parse(scenario) as { script: Action[] };
      whole.script.push(...(explain[asked.id]?.plan ?? []));
      const run = await engine.events(JSON.stringify(whole), 7, 5_000);
      const list = page.locator('.panel.events li').first();
      await expect(list).toHaveAttribute('aria-setsize', String(run.length), { timeout: 20_000 });
    }
  }
});

test('a build in a file in which nothing was done says that', async ({ page }) => {
  await page.goto(closing);
  await expect(page.locator('.dock .state', { hasText: 'ESTABLISHED' })).toHaveCount(2);
  await open(page, { exercise: '05-both-in-closing', rev: 2, seed: 11, answers: { closing: [] } });
  await expect(verdict(page)).toContainText('In this run you made no call and changed no segment.');
  await expect(verdict(page)).not.toContainText('idea of this answer');
});
