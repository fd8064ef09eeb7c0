/** Lessons: the path, and one lesson from its first step to its end. The lessons are those of web/tests/fixtures. */
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { indexModule, lessonFiles, lessonIndex, lessonModule } from '../../../web/lessons-plugin.ts';
import { expect, focused, main, passBeginning, test } from './page.ts';
import { expectAccessible } from './readable.ts';

const fixtures = fileURLToPath(new URL('../../../web/tests/fixtures/lessons', import.meta.url));
const script = (body: string) => ({ contentType: 'text/javascript', body });

test.beforeEach(async ({ page }) => {
  await passBeginning(page);
  await page.route('**/assets/_virtual_lessons-*.js', (route) =>
    route.fulfill(script(indexModule(lessonIndex(fixtures), (id) => `./fixture-${id}.js`))),
  );
  await page.route('**/assets/fixture-*.js', (route) => {
    const id = /fixture-(.*)\.js$/.exec(route.request().url())?.[1] ?? '';
    return route.fulfill(script(lessonModule(lessonFiles(`${fixtures}/${id}`))));
  });
});

/** As a reader who has passed the first steps without answering anything. */
async function openAt(page: Page, ...done: string[]): Promise<void> {
  await page.goto('#/learn');
  await page.evaluate((ids) => {
    const beats = Object.fromEntries(
      ids.map((id) => [id, id === 'lose-it' ? { right: true } : { sure: 'certain', right: true }]),
    );
    if (ids.length > 0) localStorage.setItem('tcplab.learn.01-small', JSON.stringify({ version: 1, beats }));
  }, done);
  await page.goto('#/learn/01-small');
  await expect(page.locator('.beat').last().locator('.run')).toBeVisible();
}

const beat = (page: Page, id: string) => page.locator(`#beat-${id}`);
const sure = (page: Page, name: string | RegExp, id = 'third') =>
  beat(page, id).locator('.sure').getByRole('button', { name, exact: true });

/** The client's number, which the lesson tells in its own words. */
async function isnOf(page: Page): Promise<number> {
  const prose = beat(page, 'third').locator('.prose code').first();
  await expect(prose).toHaveText(/^\d{4}$/);
  return Number(await prose.textContent());
}

async function predict(page: Page, seq: number, ack: number): Promise<void> {
  const form = beat(page, 'third').locator('form');
  await form.getByLabel(/^seq /).fill(String(seq));
  await form.getByLabel(/^ack /).fill(String(ack));
}

const overflow = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

test('the path has one next step, and leads to the lesson that is there', async ({ page }) => {
  await page.goto('./');
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link').first().click();
  await expect(page).toHaveURL(/#\/learn$/);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Learn TCP connections');
  await expect(page.locator('.path li').nth(1)).toContainText('being written');
  await expect(page.locator('.path li').nth(1).getByRole('link')).toHaveCount(0);
  await page.getByRole('link', { name: 'Start (about 6 min)' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('A small lesson');
  await expect(page.locator('.beat')).toHaveCount(1);
  await page.goto('#/learn/1');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('A small lesson');
  await page.goto('#/learn/2');
  await expect(main(page)).toContainText('Lesson 2, “A later lesson”, is not written yet.');
  await page.goto('#/learn/nowhere');
  await expect(main(page)).toContainText('There is no lesson “nowhere” here.');
});

test('a first visit is led to where learning begins', async ({ page }) => {
  await page.goto('./');
  await page.getByRole('link', { name: 'Begin here: learn step by step' }).press('Enter');
  await expect(page).toHaveURL(/#\/learn$/);
  // The focused element must be in view.
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  await expect(page.getByRole('heading', { level: 1 })).toHaveCSS('outline-style', 'solid');
});

test('who has an incident finds a run that looks like it', async ({ page }) => {
  await page.goto('#/learn');
  await page.getByText('connect() is fast, the first byte takes 1 s').click();
  await page.getByRole('button', { name: 'Open a run that shows it' }).click();
  await expect(page).toHaveURL(/#\/lab$/);
  await expect(main(page)).toContainText('lost');
  // It runs, and the way leads back to what was open.
  await expect(page.locator('.arrow').first()).toBeVisible();
  await page.getByRole('link', { name: 'Back to where you were' }).click();
  await expect(page).toHaveURL(/#\/learn$/);
  await expect(page.getByRole('button', { name: 'Open a run that shows it' })).toBeVisible();
});

test('a hook is acted in, and what is read comes after it', async ({ page }) => {
  await openAt(page);
  const first = beat(page, 'lose-it');
  await expect(main(page)).not.toContainText('The server repeats');
  await first.getByRole('button', { name: 'Check' }).click();
  await expect(first.getByRole('alert')).toContainText('There is nothing to check yet');
  const forward = first.getByRole('button', { name: 'One event forward' });
  const drop = first.locator('.dock').getByRole('button', { name: /^Drop/ }).first();
  while (!(await drop.isEnabled())) await forward.click();
  await drop.click();
  await first.getByRole('button', { name: 'Check' }).click();
  await expect(first.locator('.told')).toContainText('Done');
  await expect(first).toContainText('The server repeats, and the client answers.');
  await page.getByRole('button', { name: 'Go on: step 2' }).click();
  await expect(page.getByRole('heading', { name: 'The third segment', exact: true })).toBeFocused();
});

test('nothing of an answer is there before it is given', async ({ page }) => {
  await openAt(page, 'lose-it');
  const isn = await isnOf(page);
  const html = await page.evaluate(() => document.documentElement.outerHTML);
  expect(html).not.toContain(`seq ${isn + 1}`);
  expect(html).not.toContain('Its SYN took');
  expect(html).not.toContain('Who is first');
  await expect(page.locator('.arrow')).not.toHaveCount(0);
  await expect(beat(page, 'third').getByRole('button', { name: 'One event forward' })).toBeDisabled();
  await expect(beat(page, 'third').getByRole('button', { name: 'Open in Play' })).toHaveCount(0);
});

test('a wrong prediction stands, beside what happens and a run in which it would be right', async ({ page }) => {
  await openAt(page, 'lose-it');
  const isn = await isnOf(page);
  const third = beat(page, 'third');
  await sure(page, 'Certain').click();
  await expect(third.getByRole('alert')).toContainText('Still missing');
  await predict(page, isn, 300);
  // How sure it is, is not said by Enter.
  await page.keyboard.press('Enter');
  await expect(third.locator('.told')).toHaveCount(0);
  await expect.poll(() => focused(page)).toBe('A guess');
  await sure(page, 'Certain').click();

  await expect(third.locator('.told > h3')).toBeFocused();
  await expect(third.locator('.told')).toContainText('Not as you said');
  await expect(third.locator('.told')).toContainText('Your answer: Certain');
  await expect(third.locator('.told')).toContainText(`${isn + 1}`);
  await expect(third.locator('.told')).toContainText('SYN takes no sequence number');
  await expect(third.locator('.pair')).toBeVisible();
  await expect(third.locator('.pair .arrow').first()).toBeVisible();
  await expect(third).toContainText(`The client sent ${isn + 1} at `);
  await expect(third).not.toContainText('…');
  await expect(third.locator('form')).toHaveCount(0);

  await third.getByRole('button', { name: 'Close the second run' }).click();
  await expect(third.locator('.pair')).toHaveCount(0);
  await third.getByRole('button', { name: 'See it beside' }).click();
  await expect(third.locator('.pair')).toBeVisible();
  await page.getByRole('button', { name: 'Go on: step 3' }).click();
  await expect(page.getByRole('heading', { name: 'Who is first' })).toBeFocused();
});

test('a right prediction shows what happens, and the other run when it is asked for', async ({ page }) => {
  await openAt(page, 'lose-it');
  const isn = await isnOf(page);
  const third = beat(page, 'third');
  await predict(page, isn + 1, 301);
  await sure(page, 'A guess').click();
  await expect(third.locator('.told')).toContainText('As you said');
  await expect(third.locator('.pair')).toHaveCount(0);
  await third.getByRole('button', { name: 'See it beside' }).click();
  await expect(third.locator('.pair')).toContainText('The other run');
  await third.getByRole('button', { name: 'Open in Play' }).last().click();
  await expect(page).toHaveURL(/#\/lab$/);
});

test('an answered lesson is the same after a reload and in the other language', async ({ page }) => {
  await openAt(page, 'lose-it');
  const isn = await isnOf(page);
  await predict(page, isn, 300);
  await sure(page, 'Fairly sure').click();
  await page.getByRole('button', { name: 'Go on: step 3' }).click();
  const last = beat(page, 'when');
  await last.getByRole('radio', { name: 'the client' }).check();
  await sure(page, 'Certain', 'when').click();
  await expect(last.locator('.told')).toContainText('As you said');
  await page.getByRole('button', { name: 'Go on to the end' }).click();
  await expect(page.getByRole('heading', { name: 'Where it matters' })).toBeFocused();
  // What looks like HTML is text.
  await expect(page.locator('.end')).toContainText('A <b>first</b> request');
  await expect(page.locator('.end').getByRole('link', { name: 'Once more the third' })).toBeVisible();

  // Until its run is there again, the text has no gaps in the place of its numbers.
  let goOn = () => {};
  const held = new Promise<void>((done) => (goOn = done));
  await page.context().route('**/*.wasm', async (route) => {
    await held;
    await route.continue();
  });
  await page.reload();
  await expect(page.locator('.end')).toBeVisible();
  await expect(beat(page, 'third')).toContainText('The run of this step is repeated');
  await expect(beat(page, 'third').locator('.after')).toBeHidden();
  goOn();
  await expect(beat(page, 'third').locator('.after')).toBeVisible();
  await expect(beat(page, 'third')).not.toContainText('…');
  await expect(beat(page, 'third').locator('.told')).toContainText('Not as you said');
  await expect(beat(page, 'third').locator('.told')).toContainText('Your answer: Fairly sure');
  await page.getByLabel('Language').selectOption('zh');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('一节小课');
  await expect(beat(page, 'third')).toContainText(`发出 ${isn + 1}。`);
  await expect(beat(page, 'third').locator('.told')).toContainText('你的把握：比较有把握');
  await page.goto('#/learn');
  await expect(page.locator('.path li').first()).toContainText('已学完');
});

test('by the keyboard alone: a prediction, and the card of a term', async ({ page }) => {
  await openAt(page, 'lose-it');
  const isn = await isnOf(page);
  await beat(page, 'third').getByLabel(/^seq /).focus();
  await page.keyboard.type(String(isn + 1));
  await page.keyboard.press('Tab');
  await page.keyboard.type('301');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await expect.poll(() => focused(page)).toBe('Fairly sure');
  await page.keyboard.press('Enter');
  await expect(beat(page, 'third').locator('.told > h3')).toBeFocused();

  const word = beat(page, 'third').getByRole('button', { name: 'sequence number', exact: true });
  await word.focus();
  await page.keyboard.press('Enter');
  const card = page.getByRole('dialog');
  await expect(card).toContainText('The number of the first byte in a segment.');
  await expect(card).toContainText('RFC 9293 §3.4');
  await expect(card).toContainText('a pure ACK');
  await expect(card).toBeFocused();
  // Tab from its last element closes the card and goes back to the word; Escape closes it wherever the focus is.
  for (let i = 0; i < 5 && (await card.isVisible()); i++) await page.keyboard.press('Tab');
  await expect(card).toBeHidden();
  await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-expanded'))).toBe('false');
  await page.keyboard.press('Enter');
  await expect(card).toBeFocused();
  await page.evaluate(() => (document.activeElement as HTMLElement).blur());
  await page.keyboard.press('Escape');
  await expect(card).toBeHidden();
  await page.keyboard.press('Enter');
  await expect(card).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(card).toBeHidden();
  await expect(word).toBeFocused();

  await beat(page, 'third').locator('.run').focus();
  const slider = beat(page, 'third').getByRole('slider');
  const before = await slider.inputValue();
  await page.keyboard.press('ArrowLeft');
  await expect(slider).not.toHaveValue(before);
});

test('a card opens for a pointer that rests on its word, and closes when it leaves', async ({ page }) => {
  await openAt(page, 'lose-it', 'third');
  await page.evaluate(() => window.scrollTo(0, 0));
  const word = page.locator('.terms').getByRole('button', { name: 'sequence number' });
  // The step is done, and its answer is not there: it is asked again, and its words are not shown.
  await expect(word).toHaveCount(0);
  const isn = await isnOf(page);
  await predict(page, isn + 1, 301);
  await sure(page, 'Certain').click();
  const inProse = beat(page, 'third').getByRole('button', { name: 'sequence number', exact: true });
  // Wait until the content above has stopped growing.
  await expect(beat(page, 'third').getByRole('button', { name: 'See it beside' })).toBeVisible();
  await inProse.hover();
  const card = page.getByRole('dialog');
  await expect(card).toBeVisible();
  await expect(inProse).not.toBeFocused();
  await page.mouse.move(4, 4);
  await expect(card).toBeHidden();
  await page.locator('.terms').getByRole('button', { name: 'sequence number' }).click();
  await expect(card).toBeVisible();
});

for (const width of [320, 360, 1440])
  for (const language of ['en', 'zh'])
    test(`${width} px, ${language}: nothing runs out of the page, and a card leaves its word in sight`, async ({
      page,
    }) => {
      await page.setViewportSize({ width, height: 740 });
      await page.goto(`./?lang=${language}#/learn`);
      await expect.poll(() => overflow(page)).toBe(0);
      await openAt(page, 'lose-it');
      await expect.poll(() => overflow(page)).toBe(0);
      const isn = await isnOf(page);
      await predict(page, isn, 300);
      await sure(page, /Certain|确定/).click();
      await expect(beat(page, 'third').locator('.pair .arrow').first()).toBeVisible();
      await expect.poll(() => overflow(page)).toBe(0);
      const word = beat(page, 'third').getByRole('button', { name: /^(sequence number|序号)$/ });
      await word.click();
      const card = page.getByRole('dialog');
      await expect(card).toBeFocused();
      const [a, b] = [await word.boundingBox(), await card.boundingBox()];
      if (!a || !b) throw new Error('no boxes');
      const apart = a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
      expect(apart, JSON.stringify([a, b])).toBe(true);
      await expect.poll(() => overflow(page)).toBe(0);
      const small = await page
        .locator('.sure button, .next button, .run button:visible')
        .evaluateAll((all) =>
          all.filter((each) => each.getBoundingClientRect().height < 24).map((each) => each.textContent),
        );
      expect(small).toEqual([]);
    });

for (const colorScheme of ['light', 'dark'] as const)
  test.describe(`accessible, ${colorScheme}`, () => {
    test.use({ colorScheme });

    test('the path, a question, what it came to, a card', async ({ page }) => {
      await page.goto('#/learn');
      await page.getByText('thousands of CLOSE_WAIT').click();
      await expect(page.getByText('Which process holds them?')).toBeVisible();
      await expectAccessible(page);
      await openAt(page, 'lose-it');
      const isn = await isnOf(page);
      await expectAccessible(page);
      await predict(page, isn, 300);
      await sure(page, 'Certain').click();
      await expect(beat(page, 'third').locator('.pair')).toBeVisible();
      await expectAccessible(page);
      await beat(page, 'third').getByRole('button', { name: 'sequence number', exact: true }).click();
      await expect(page.getByRole('dialog')).toBeVisible();
      await expectAccessible(page);
    });
  });

test.describe('with a finger', () => {
  test.use({ hasTouch: true, isMobile: true, viewport: { width: 360, height: 740 } });

  test('whatever can be touched is 44 px high, and broad enough', async ({ page }) => {
    const small = () =>
      page.evaluate(() =>
        [...document.querySelectorAll('button, .button, select, summary, input, nav a, li a')]
          .filter((each) => each.checkVisibility() && !each.closest('.unseen'))
          .map((each) => ({ box: each.getBoundingClientRect(), text: each.textContent ?? each.tagName }))
          .filter(({ box }) => box.width > 1 && box.height > 1 && box.height < 43.5)
          .map(({ text, box }) => `${text.trim()} ${box.height}`),
      );
    await page.goto('#/learn');
    await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
    await openAt(page, 'lose-it');
    await isnOf(page);
    await expect.poll(() => small()).toEqual([]);
  });
});

test('on paper the lesson is read without what is for a screen', async ({ page }) => {
  await openAt(page, 'lose-it');
  const isn = await isnOf(page);
  await predict(page, isn + 1, 301);
  await sure(page, 'Certain').click();
  await expect(beat(page, 'third').locator('.told')).toBeVisible();
  await page.emulateMedia({ media: 'print' });
  await expect(beat(page, 'third').locator('.arrow').first()).toBeVisible();
  await expect(page.getByText('The client sent')).toBeVisible();
  await expect(page.getByRole('navigation', { name: 'Pages' })).toBeHidden();
  await expect(page.getByRole('slider').first()).toBeHidden();
  await expect(page.getByRole('button', { name: /Go on/ })).toBeHidden();
});
