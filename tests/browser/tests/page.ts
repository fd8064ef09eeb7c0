/** Shared by all tests: a page that must log nothing and send no foreign request, and helpers to use it. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test as base, type Locator, type Page } from '@playwright/test';

export const test = base.extend<{ kept: boolean; quiet: void }>({
  /** Whether to allow the service worker: it would fetch all files of the page again in each new browser. */
  kept: [false, { option: true }],
  /** Every test fails on a console message, an error, or a request to another origin. */
  quiet: [
    async ({ page, baseURL, kept }, use) => {
      if (!kept) await page.context().addInitScript(() => Reflect.deleteProperty(Navigator.prototype, 'serviceWorker'));
      const heard: string[] = [];
      page.on('console', (message) => {
        if (['error', 'warning'].includes(message.type())) heard.push(`console: ${message.text()}`);
      });
      page.on('pageerror', (error) => heard.push(`error: ${error.message}`));
      page.on('dialog', (dialog) => {
        heard.push(`dialog: ${dialog.message()}`);
        void dialog.dismiss();
      });
      const origin = new URL(baseURL ?? '').origin;
      // Listen to requests rather than route them: routing adds two steps to each, and disables the browser's cache.
      page.context().on('request', (request) => {
        const url = request.url();
        if (url.startsWith(`${origin}/`) || url.startsWith(`blob:${origin}/`)) return;
        heard.push(`request: ${url}`);
      });
      await use();
      expect(heard).toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

export const slider = (page: Page): Locator => page.getByRole('slider');
export const main = (page: Page): Locator => page.locator('#main');

/** As a reader who has already seen the first 30 seconds, and so finds the path of lessons. */
export const passBeginning = (page: Page): Promise<unknown> =>
  page.addInitScript(() => localStorage.setItem('tcplab.beginning', 'done'));

/** Opens the lab, with the first visit's world at the point where it waits for the reader. */
export async function openLab(page: Page, language?: string): Promise<void> {
  await page.goto(language === undefined ? '#/lab' : `./?lang=${language}#/lab`);
  await expect(page.locator('.arrow').first()).toBeVisible();
  await settled(page);
}

/** All worlds on offer; waits for the list, whose code is fetched after the diagram. */
export async function worlds(page: Page): Promise<string[]> {
  const offered = page.locator('[data-world]');
  await expect(offered.first()).toBeAttached();
  return offered.evaluateAll((all) => all.map((each) => (each as HTMLElement).dataset.world ?? ''));
}

/** Waits until all requested work is done and playback has stopped. */
export async function settled(page: Page): Promise<void> {
  let before = '';
  await expect(async () => {
    const busy = await page.locator('[data-busy]').count();
    const now = await slider(page).getAttribute('aria-valuetext');
    const same = busy === 0 && now === before;
    before = now ?? '';
    expect(same).toBe(true);
  }).toPass({ intervals: [150], timeout: 15_000 });
}

/** Waits until the DOM is stable: a second run that appears beside a verdict renders the verdict again. */
export async function atRest(page: Page): Promise<void> {
  await page.evaluate(
    () =>
      new Promise<void>((done) => {
        const rest = 150;
        const end = () => {
          changes.disconnect();
          done();
        };
        let timer = setTimeout(end, rest);
        const changes = new MutationObserver(() => {
          clearTimeout(timer);
          timer = setTimeout(end, rest);
        });
        changes.observe(document.body, { childList: true, subtree: true });
      }),
  );
}

/** Goes one event forward; false if nothing more happens. */
export async function forward(page: Page, how: 'click' | 'key' = 'click'): Promise<boolean> {
  const next = page.getByRole('button', { name: /One event forward|前进一个事件/ });
  if (!(await next.isEnabled())) return false;
  const before = await slider(page).getAttribute('aria-valuetext');
  if (how === 'click') await next.click();
  else await page.keyboard.press('ArrowRight');
  await expect(slider(page)).not.toHaveAttribute('aria-valuetext', before ?? '');
  return true;
}

/** Goes forward event by event until `there` returns true. */
export async function forwardUntil(
  page: Page,
  there: () => Promise<boolean>,
  how: 'click' | 'key' = 'click',
): Promise<void> {
  if (await there()) return;
  await expect(page.getByRole('button', { name: /One event forward|前进一个事件/ })).toBeEnabled();
  for (let i = 0; i < 120; i++) {
    if (await there()) return;
    if (!(await forward(page, how))) break;
  }
  expect(await there(), 'the world came there').toBe(true);
}

/** The accessible name of the focused element. */
export function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement as HTMLElement | null;
    const label = element?.getAttribute('aria-label');
    const own = (element as HTMLInputElement | null)?.labels?.[0]?.textContent;
    return (label ?? own ?? element?.textContent ?? '').replace(/\s+/g, ' ').trim();
  });
}

/** Presses Tab until an element with this name has the focus, within `inside`. */
export async function tabTo(page: Page, name: RegExp, inside = 'body'): Promise<void> {
  for (let i = 0; i < 150; i++) {
    await page.keyboard.press('Tab');
    const here = await page.evaluate((selector) => document.activeElement?.closest(selector) !== null, inside);
    if (here && name.test(await focused(page))) return;
  }
  throw new Error(`the keyboard does not reach ${name} in ${inside}`);
}

/** All events in words: the window must be high enough for all of them. */
export async function eventTexts(page: Page): Promise<string[]> {
  await page.getByRole('tab', { name: /^(Events|事件)$/ }).click();
  const list = page.locator('.panel.events');
  await expect(list.getByRole('heading')).toBeVisible();
  return (await list.locator('li button').allTextContents()).map((text) => text.replace(/\s+/g, ' ').trim());
}

const exercises = new URL('../../../exercises/', import.meta.url);

/** Opens a shipped scenario in free play, at its beginning. */
export const openWorld = (page: Page, name: string, language?: string): Promise<void> =>
  openText(page, name, exerciseText(`scenarios/${name}.json`), language);

/** Answers, before anything is done in a build, that it can be done. */
export const sayYes = (page: Page): Promise<void> =>
  page.getByRole('button', { name: /^(Yes, it can be done|能做到)$/ }).click();

/** Answers the claim at the start of exercise 6 with the first choice everywhere, to get to the events to pick. */
export async function passClaim(page: Page): Promise<void> {
  const slots = page.locator('form fieldset');
  await expect(slots).toHaveCount(5);
  for (const slot of await slots.all()) await slot.getByRole('radio').first().check();
  await page.getByRole('button', { name: /^(Check|检查)$/ }).click();
  await page.getByRole('button', { name: /Show the answer|查看答案/ }).click();
  await page.getByRole('button', { name: /^(Go on|继续)$/ }).click();
}

/** Opens a scenario in free play. */
export async function openText(page: Page, name: string, text: string, language?: string): Promise<void> {
  await openLab(page, language);
  // If the panel is open already, its tab would close it.
  const start = page.getByRole('tab', { name: /^(Start|开始)$/, selected: false });
  if ((await start.count()) > 0) await start.click();
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles(file(`${name}.json`, text));
  await expect(slider(page)).toHaveValue('0');
  // Move the focus to where arrow keys move the world; on a tab they would switch tabs.
  await main(page).focus();
}

export const exerciseText = (name: string): string => readFileSync(new URL(name, exercises), 'utf8');

/** The exercises that come with the page, in order. */
export const exerciseIds = (): string[] =>
  readdirSync(exercises)
    .filter((name) => /^\d.*\.json$/.test(name))
    .map((name) => name.replace('.json', ''))
    .sort();

export const file = (name: string, text: string) => ({
  name,
  mimeType: 'application/json',
  buffer: Buffer.from(text),
});

/** Writes a segment into the question's form: an ACK without text. */
export async function fill(page: Page, seq: number, ack: number): Promise<void> {
  const form = page.locator('form');
  const flag = form.getByRole('button', { name: 'ACK', exact: true });
  if ((await flag.getAttribute('aria-pressed')) === 'false') await flag.click();
  await form.getByLabel(/^seq /).fill(String(seq));
  await form.getByLabel(/^ack /).fill(String(ack));
  await form.getByLabel(/^len /).fill('0');
}

/** Fills every field of a form with something. */
export async function fillIn(form: Locator): Promise<void> {
  for (const place of await form.locator('[data-place]').all()) {
    const radio = place.getByRole('radio').first();
    const flag = place.getByRole('button', { name: 'ACK', exact: true });
    if ((await radio.count()) > 0) await radio.check({ force: true });
    else if ((await flag.count()) > 0) await flag.click();
    else if ((await place.locator('input').count()) > 0) await place.locator('input').first().fill('77');
  }
}
