/** The two exercises in which a world is acted in, done from beginning to end with nothing but the keyboard. */
import type { Page } from '@playwright/test';
import { expect, focused, forwardUntil, tabTo, test } from './page.ts';

const enter = (page: Page) => page.keyboard.press('Enter');
const checked = (page: Page) => page.locator('form li.holds').count();

async function handIn(page: Page): Promise<void> {
  await tabTo(page, /^Check$/, 'form');
  await enter(page);
  await expect(page.locator('.verdict h2')).toBeFocused();
  await expect(page.locator('.verdict h2')).toContainText('Right');
}

async function goOn(page: Page, name: RegExp): Promise<void> {
  await tabTo(page, name, '.verdict');
  await enter(page);
}

async function sayYes(page: Page): Promise<void> {
  await tabTo(page, /^Yes, it can be done$/, 'form');
  await enter(page);
}

test('both ends in CLOSING', async ({ page }) => {
  await page.goto('#/practise/05-both-in-closing?seed=11');
  await expect(page.locator('.dock .state', { hasText: 'ESTABLISHED' })).toHaveCount(2);
  await sayYes(page);
  await tabTo(page, /^close$/, '[aria-label="Calls on socket"]');
  await enter(page);
  await expect(page.locator('.dock .state', { hasText: 'FIN_WAIT_1' })).toHaveCount(1);
  await tabTo(page, /^close$/, '[aria-label="Calls on accepted"]');
  await enter(page);
  await expect.poll(() => checked(page)).toBe(2);
  await handIn(page);
  await expect(page.locator('text.picked')).toHaveCount(2);
  await goOn(page, /^See the result$/);
  await expect(page.getByRole('heading', { name: 'Passed' })).toBeFocused();
});

/** Chooses the option whose text has these words, as the keyboard does it. */
async function choose(page: Page, slot: RegExp, words: RegExp): Promise<void> {
  const group = page.getByRole('group', { name: slot });
  const texts = await group.locator('label').allTextContents();
  const index = texts.findIndex((text) => words.test(text));
  expect(index).toBeGreaterThanOrEqual(0);
  for (let i = 0; i < 40; i++) {
    await page.keyboard.press('Tab');
    if (await group.evaluate((element) => element.contains(document.activeElement))) break;
  }
  await page.keyboard.press('Space');
  for (let i = 0; i < index; i++) await page.keyboard.press('ArrowDown');
  await expect(group.getByRole('radio').nth(index)).toBeChecked();
}

async function pickEvents(page: Page, words: RegExp[]): Promise<void> {
  // Before the question is shown, selecting an event does not pick it.
  await expect(page.locator('.list [aria-pressed]').first()).toBeVisible();
  await tabTo(page, /CLOSED|LISTEN|expires/, '.list');
  for (const wanted of words) {
    for (let i = 0; i < 80 && !wanted.test(await focused(page)); i++) await page.keyboard.press('ArrowUp');
    await expect.poll(() => focused(page)).toMatch(wanted);
    await enter(page);
  }
  await expect(page.locator('[data-place=events] li')).toHaveCount(words.length);
}

const flights = (page: Page) => page.getByRole('region', { name: 'In flight' }).getByRole('listitem');

test('explain TIME_WAIT', async ({ page }) => {
  await page.goto('#/practise/06-explain-time-wait?seed=3');
  await expect(page.locator('form')).toBeVisible();
  const task = (await page.locator('details').first().textContent()) ?? '';
  const first = /the client closes first/.test(task) ? 'client' : 'server';
  const other = first === 'client' ? 'server' : 'client';

  await choose(page, /is entered by/, new RegExp(`the ${first} only`));
  await choose(page, /TIME_WAIT lasts for/, /two maximum segment lifetimes/);
  await choose(page, /This time fits/, /the answer to it for the other half/);
  await choose(page, /After the last ACK/, /a FIN that comes again/);
  await choose(page, /later connections/, /cannot take old segments/);
  await handIn(page);
  await goOn(page, /^Go on$/);

  await pickEvents(page, [/TIME_WAIT → CLOSED/, new RegExp(`${first} sends ACK`), /→ TIME_WAIT/]);
  await handIn(page);
  await goOn(page, /^Go on$/);

  // The last ACK is lost, and the other end is gone.
  await expect(page.getByRole('heading', { name: 'Goals' })).toBeVisible();
  await sayYes(page);
  const lastAck = flights(page).filter({ hasText: `${first} → ${other} ACK` });
  const waiting = page.locator('.dock .state', { hasText: 'LAST_ACK' });
  await forwardUntil(page, async () => (await waiting.count()) === 1 && (await lastAck.count()) === 1, 'key');
  await tabTo(page, /^Drop$/, '.dock');
  await enter(page);
  await expect.poll(() => checked(page)).toBe(1);
  await handIn(page);
  await goOn(page, /^Go on$/);

  // The payment is held until the second connection can take it for its own.
  await expect(page.getByText('TIME_WAIT is still switched off')).toBeVisible();
  await sayYes(page);
  const payment = flights(page).filter({ hasText: 'len 14' });
  await forwardUntil(page, async () => (await payment.count()) === 1, 'key');
  await tabTo(page, /^Hold$/, '.dock');
  await enter(page);
  await expect(page.getByText('1 action')).toBeVisible();
  // Move the focus back to where arrow keys move the world, since the pressed button is gone.
  const second = page.locator('.dock .row', { hasText: 'ESTABLISHED' });
  const data = page.getByText(/^send\(/);
  await forwardUntil(
    page,
    async () => (await data.count()) === 2 && (await second.count()) === 2 && (await flights(page).count()) === 1,
    'key',
  );
  await tabTo(page, /^Release$/, '.dock');
  await enter(page);
  await expect.poll(() => checked(page)).toBe(1);
  await handIn(page);
  await goOn(page, /^Go on$/);

  await tabTo(page, /own words/, 'form');
  await page.keyboard.type('It sends the last ACK again when a FIN comes again.');
  await tabTo(page, /^Compare$/, 'form');
  await enter(page);
  await expect(page.getByRole('heading', { name: 'A model answer' })).toBeVisible();
  await tabTo(page, /./, '.compare');
  await page.keyboard.press('Space');
  await expect(page.getByText('1 of 13 ticked')).toBeVisible();
  await goOn(page, /^See the result$/);
  await expect(page.getByRole('heading', { name: 'Passed' })).toBeFocused();
});
