/** A question over what has happened in another notation than the diagram; at both widths, in both languages, by keyboard. */
import type { Page } from '@playwright/test';
import { engine } from './engine.ts';
import { expect, exerciseText, fill, settled, tabTo, test } from './page.ts';
import { openAt, stepsOf } from './questions.ts';

/** The one asks for a segment when a SYN,ACK arrives, the other for states when the first end closes. */
const asked = {
  dump: '02-third-ack-and-first-data',
  bytes: '02-third-ack-and-first-data',
  list: '02-third-ack-and-first-data',
  ss: '03-close-states',
  tcb: '03-close-states',
} as const;
type Notation = keyof typeof asked;
const all = Object.keys(asked) as Notation[];

/** The first variant whose first question is shown so. */
async function variantOf(notation: Notation): Promise<number> {
  const text = exerciseText(`${asked[notation]}.json`);
  for (let seed = 1; seed <= 40; seed++) {
    const { exercise } = await engine.exercise(text, seed);
    if (exercise.questions[0]?.notation === notation) return seed;
  }
  throw new Error(`no variant is shown as ${notation}`);
}

async function open(page: Page, notation: Notation, { lang = 'en', width = 1440 } = {}) {
  await page.setViewportSize({ width, height: width === 360 ? 740 : 900 });
  const seed = await variantOf(notation);
  await page.goto(`./?lang=${lang}#/practise/${asked[notation]}?seed=${seed}`);
  await settled(page);
  const seen = page.locator(`section.${notation}`);
  await expect(seen).toBeVisible();
  return { seen, toggle: page.getByRole('button', { name: /^(Sequence diagram|时序图)$/ }) };
}

/** What is there to be read, and nothing of what is asked for. */
const told: Record<Notation, { there: RegExp[]; not: RegExp[] }> = {
  dump: { there: [/Flags \[S\], seq \d+, win/, /Flags \[S\.\], seq \d+, ack \d+/], not: [/Flags \[\.\]/] },
  bytes: { there: [/0x0000: {2}45/, /IP 10\.0\.0\.2\.80 > 10\.0\.0\.1\.\d+:/], not: [/Flags \[/] },
  list: { there: [/SYN,ACK/, /SYN/], not: [/(sends|发送|发出) ACK/] },
  ss: { there: [/ESTABLISHED/, /LISTEN/, /10\.0\.0\.2:80/], not: [/FIN_WAIT/] },
  tcb: { there: [/ESTABLISHED/, /SND\.NXT/], not: [/FIN_WAIT/] },
};

for (const notation of all) {
  for (const [width, lang] of [
    [1440, 'en'],
    [1440, 'zh'],
    [360, 'en'],
    [360, 'zh'],
  ] as const) {
    test(`${notation} tells what has happened and no more, at ${width} px in ${lang}`, async ({ page }) => {
      const { seen } = await open(page, notation, { lang, width });
      for (const text of told[notation].there) await expect(seen).toContainText(text);
      for (const text of told[notation].not) await expect(seen).not.toContainText(text);
      await expect(page.locator('.diagram')).toHaveCount(0);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(wide).toBeLessThanOrEqual(0);
      // The question is there to be read beside it, or beneath it.
      await expect(page.locator('form .text')).toBeVisible();
      await expect(seen).toBeInViewport();
      const name = lang === 'en' ? /so far|at this moment/ : /此刻/;
      await expect(page.getByRole('region', { name })).toBeVisible();
    });
  }
}

test('the diagram is opened and put away again by keyboard', async ({ page }) => {
  const { seen, toggle } = await open(page, 'dump');
  await tabTo(page, /^Sequence diagram$/);
  await page.keyboard.press('Enter');
  await expect(page.locator('.diagram .arrow').first()).toBeVisible();
  await expect(toggle).toHaveAttribute('aria-pressed', 'true');
  await expect(toggle).toBeFocused();
  await expect(seen).toHaveCount(0);
  await page.keyboard.press('Enter');
  // Its place is there before it: a part of the page that was fetched before still takes some tasks to come.
  await expect(seen.locator('li').first()).toBeVisible();
  // What is longer than its place is scrolled by keys.
  await page.keyboard.press('Tab');
  await expect(seen.locator('.scroller')).toBeFocused();
});

test('the lines follow the reader through time', async ({ page }) => {
  const { seen } = await open(page, 'dump');
  await expect(seen.locator('li')).toHaveCount(2);
  await page.getByRole('slider').fill('0');
  await expect(seen).toContainText('No segment has been sent yet.');
});

test('the fields of a header are opened at its octets', async ({ page }) => {
  const { seen } = await open(page, 'bytes');
  await seen.getByText('The fields of the headers').first().click();
  await expect(seen.getByRole('table').first()).toContainText('10.0.0.1');
});

test('the diagram shows what an answer came to', async ({ page }) => {
  const { seen } = await open(page, 'dump');
  const task = (await page.locator('details p').first().textContent()) ?? '';
  const [client, server] = [...task.matchAll(/\d{4,}/g)].map(([text]) => (Number(text) + 1) % 2 ** 32);
  await fill(page, client as number, server as number);
  await page.getByRole('button', { name: 'Check' }).click();
  await expect(page.locator('.verdict')).toHaveClass(/right/);
  await expect(seen).toHaveCount(0);
  await expect(page.locator('.diagram .arrow').first()).toBeVisible();
});

for (const notation of ['dump', 'bytes'] as const) {
  test(`${notation} does not tell the numbers that are asked for`, async ({ page }) => {
    const seed = await variantOf(notation);
    const { steps } = await stepsOf(asked[notation], seed);
    for (const [at, { right }] of steps.entries()) {
      await openAt(page, asked[notation], seed, steps, at, false);
      const seen = page.locator(`section.${notation}`);
      await expect(seen.locator('li').first()).toBeVisible();
      const text = await seen.innerText();
      const { seq, ack } = right as { seq: number; ack: number };
      // What a segment so far carries is there to be read: the next seq of one end is what the other awaits.
      const said = new Set([...text.matchAll(/(?:seq|ack) (\d+)/g)].map(([, number]) => Number(number)));
      for (const number of [seq, ack].filter((each) => !said.has(each))) expect(text).not.toContain(String(number));
      if (notation === 'dump' && at > 1) expect(text).toMatch(/seq \d+:\?,/);
    }
  });
}

test('events are picked in the list as in the diagram', async ({ page }) => {
  const id = '1b-which-connection';
  const text = exerciseText(`lessons/01-what-a-connection-is/exercises/${id}.json`);
  let seed = 1;
  while ((await engine.exercise(text, seed)).exercise.questions[0]?.notation !== 'list') seed += 1;
  await page.goto(`#/practise/${id}?seed=${seed}`);
  await settled(page);
  const row = page.locator('section.list').getByRole('button').last();
  await row.click();
  await expect(row).toHaveAttribute('aria-pressed', 'true');
  const picked = (await row.locator('.text').innerText()).slice(0, 12);
  await expect(page.locator('form')).toContainText(picked);
});
