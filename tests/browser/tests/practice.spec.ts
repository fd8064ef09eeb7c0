/**
 * Every exercise from its first question to its result: all right, right at the second try, and wrong twice. After
 * whatever was done, the focus is somewhere that a person would go on from. With TCPLAB_SHOTS, a folder, each state of
 * the feedback is photographed into it.
 */
import type { Page } from '@playwright/test';
import type { Asked } from './engine.ts';
import { atRest, expect, sayYes, settled, test } from './page.ts';
import { exercises, stepsOf, type Step } from './questions.ts';

const seed = 7;
const manners = ['right', 'mended', 'wrong'] as const;
type Manner = (typeof manners)[number];
const shots = process.env.TCPLAB_SHOTS;

/** The list draws only rows near the viewport, and each is as high as its text needs, so scroll to find a row. */
async function bringIntoSight(page: Page, n: number): Promise<void> {
  await page.locator('form .scroller').evaluate(async (list, place) => {
    const row = () => list.querySelector(`li[aria-posinset="${place}"]`);
    const painted = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    list.scrollTop = 0;
    await painted();
    for (let before = -1; !row() && list.scrollTop !== before; await painted()) {
      before = list.scrollTop;
      list.scrollTop += list.clientHeight;
    }
    row()?.scrollIntoView({ block: 'center' });
    await painted();
  }, n + 1);
}

/** If the pressed button is gone, the focus must be where the work goes on, and never on the body. */
async function expectFocus(page: Page, after: string): Promise<void> {
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.tagName ?? 'NONE'), { message: `the focus after ${after}` })
    .not.toMatch(/^(BODY|HTML|NONE)$/);
}

async function press(page: Page, name: string | RegExp): Promise<void> {
  const button = page.locator('form, .verdict').getByRole('button', { name, exact: true });
  await atRest(page);
  await button.focus();
  await page.keyboard.press('Enter');
  await expectFocus(page, String(name));
}

/** A build in which nothing was done is not judged: makes a call, or else drops the first segment in flight. */
async function actOnce(page: Page): Promise<void> {
  const tabs = page.getByRole('tab');
  const isPhone = (page.viewportSize()?.width ?? 0) < 600;
  if (isPhone) await tabs.filter({ hasText: /^(Act|操作)$/ }).click();
  await expect(page.locator('.dock .host').first()).toBeVisible();
  const call = page.locator('.dock .calls button:enabled').first();
  const drop = page.locator('.dock .buttons button:enabled').first();
  const forward = page.getByRole('button', { name: /^(One event forward|前进一个事件)$/, disabled: false });
  const act = call.or(drop);
  // None of them is enabled before the student's first turn.
  for (;;) {
    await expect(act.or(forward).first()).toBeVisible();
    await settled(page);
    if (await act.first().isVisible()) break;
    await forward.click();
  }
  await ((await call.isVisible()) ? call : drop).click();
  await settled(page);
  if (isPhone) await tabs.first().click();
}

async function fillIn(page: Page, asked: Asked, answer: unknown): Promise<void> {
  const place = (name: string) => page.locator(`form [data-place="${name}"]`);
  const fields = Object.entries(answer as Record<string, string | number | null>);
  switch (asked.kind) {
    case 'state':
    case 'claim':
      for (const [name, value] of fields) await place(name).locator(`input[value="${value}"]`).check();
      break;
    case 'segment':
      for (const [name, value] of fields) {
        if (name !== 'flags') await place(name).locator('input').fill(String(value));
        else {
          for (const flag of await place(name).getByRole('button').all()) {
            const wanted = String(value)
              .split(' ')
              .includes((await flag.textContent()) ?? '');
            if (wanted !== ((await flag.getAttribute('aria-pressed')) === 'true')) await flag.click();
          }
        }
      }
      break;
    case 'role': {
      const boxes = place('hosts').getByRole('checkbox');
      const names = answer as string[];
      // Of those that are set some may be right.
      for (const box of await boxes.all()) await box.setChecked(false);
      if (names.length === 0) await boxes.last().check();
      for (const [i, host] of asked.hosts.entries()) await boxes.nth(i).setChecked(names.includes(host));
      break;
    }
    case 'pick':
      while ((await place('events').getByRole('button').count()) > 0)
        await place('events').getByRole('button').first().click();
      for (const n of answer as number[]) {
        await bringIntoSight(page, n);
        await page.locator(`form .list li[aria-posinset="${n + 1}"] button`).click();
      }
      break;
    case 'say':
      await page.locator('form textarea').fill(String(answer));
      break;
    case 'build':
      await sayYes(page);
      await actOnce(page);
      break;
    default:
  }
}

async function practise(
  page: Page,
  id: string,
  language: 'en' | 'zh',
  manner: Manner,
  steps: readonly Step[],
): Promise<void> {
  const again = language === 'en' ? 'Try again' : '再试一次';
  const on = language === 'en' ? /^(Go on|See the result)$/ : /^(继续|查看结果)$/;
  const verdict = page.locator('.verdict');
  let count = 0;
  const shoot = async (what: string) => {
    if (!shots) return;
    await settled(page);
    await page.screenshot({
      path: `${shots}/${id.slice(0, 2)}-${manner}-${language}-${String(++count).padStart(2, '0')}-${what}.png`,
    });
  };
  const handIn = async (asked: Asked, answer: unknown) => {
    await fillIn(page, asked, answer);
    await page.locator('form button.primary').focus();
    await page.keyboard.press('Enter');
    await expect(verdict.locator('h2').first()).toBeFocused();
  };
  await page.goto(`./?lang=${language}#/practise/${id}?seed=${seed}`);
  for (const { asked, wrong, right } of steps) {
    await expect(page.locator('form button.primary')).toBeEnabled();
    await settled(page);
    await shoot(`${asked.kind}-asked`);
    const judged = asked.kind !== 'build' && asked.kind !== 'say';
    await handIn(asked, manner === 'right' || !judged ? right : wrong);
    await shoot(`${asked.kind}-first`);
    if (judged && manner !== 'right') {
      await press(page, again);
      await handIn(asked, manner === 'mended' ? right : wrong);
      await shoot(`${asked.kind}-second`);
    }
    if (judged) await expect(verdict).toHaveClass(manner === 'wrong' ? /shown/ : /right/);
    await press(page, on);
  }
  await expect(page.locator('#summary-title')).toBeFocused();
  await shoot('result');
}

// Each exercise in both languages, each manner in both; pictures are wanted of all.
const languages = (exercise: number, manner: number): readonly ('en' | 'zh')[] =>
  shots ? ['en', 'zh'] : [(exercise + manner) % 2 === 0 ? 'en' : 'zh'];

for (const [i, id] of exercises.entries()) {
  for (const [j, manner] of manners.entries()) {
    for (const language of languages(i, j)) {
      test(`${id}, ${manner}, ${language}`, async ({ page }) => {
        test.setTimeout(240_000);
        const { steps } = await stepsOf(id, seed);
        await practise(page, id, language, manner, steps);
      });
    }
  }
}

test.describe('on a phone', () => {
  test.use({ viewport: { width: 360, height: 740 } });

  test('06-explain-time-wait: the verdict stands where the answer was given', async ({ page }) => {
    test.setTimeout(240_000);
    const { steps } = await stepsOf('06-explain-time-wait', seed);
    await practise(page, '06-explain-time-wait', 'en', 'mended', steps);
  });
});

test('another try at a build says which actions something done now would replace', async ({ page }) => {
  await page.goto('#/practise/05-both-in-closing?seed=8');
  await sayYes(page);
  await expect(page.locator('.dock .state', { hasText: 'ESTABLISHED' })).toHaveCount(2);
  await page.locator('[aria-label="Calls on socket"]').getByRole('button', { name: 'close', exact: true }).click();
  await expect(page.getByText('1 action', { exact: true })).toBeVisible();
  await expect(page.locator('form .later')).toBeHidden();
  await page.getByRole('button', { name: 'Check' }).click();
  await page.getByRole('button', { name: 'Try again' }).click();
  // On a branch of its own nothing comes later.
  await expect(page.getByRole('button', { name: 'Branch 1', exact: true })).toHaveAttribute('aria-pressed', 'true');
  await expect(page.locator('form .later')).toBeHidden();
  await page.getByRole('button', { name: 'Main', exact: true }).click();
  await page.getByRole('button', { name: 'To the beginning' }).click();
  await expect(page.locator('form .later')).toHaveText(
    'You look back: what you do here takes the place of 1 later action.',
  );
  await page.getByRole('button', { name: 'Start over' }).click();
  await expect(page.locator('form .later')).toBeHidden();
});
