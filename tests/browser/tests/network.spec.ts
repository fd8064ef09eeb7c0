/** When the network fails early, whatever could not be loaded says so, and is loaded on the next try. */
import { test as base, expect, type Page } from '@playwright/test';
import { openLab, settled, slider } from './page.ts';

// Failed requests are messages in the console, so this is the one place where it need not be silent.
base.use({ serviceWorkers: 'block' });
const test = base.extend<{ errors: string[] }>({
  errors: async ({ page }, use) => {
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    await use(errors);
    expect(errors).toEqual([]);
  },
});

/** Holds back all responses whose URL matches, until the returned function is called. */
async function without(page: Page, address: RegExp): Promise<() => Promise<void>> {
  await page.context().route(address, (route) => route.abort());
  return () => page.context().unroute(address);
}

for (const [what, address] of [
  ['the engine', /\.wasm$/],
  ['the worker', /\/worker-[^/]*\.js$/],
] as const) {
  test(`${what} did not come, and is started again`, async ({ page, errors }) => {
    const back = await without(page, address);
    await page.goto('./');
    const again = page.getByRole('button', { name: 'Start the engine again' });
    await expect(page.getByRole('alert')).toContainText('The engine did not start');
    await again.click();
    await expect(again).toBeVisible();
    await back();
    await again.click();
    await expect(page.locator('.arrow').first()).toBeVisible();
    await expect(page.getByRole('alert')).toHaveCount(0);
    await page.getByRole('button', { name: 'One event forward' }).click();
    expect(errors).toEqual([]);
  });

  test(`${what} did not come to an exercise, and is started again`, async ({ page, errors }) => {
    const back = await without(page, address);
    await page.goto('#/practise/01-handshake-states?seed=1');
    await expect(page.getByRole('alert').first()).toBeVisible();
    await back();
    await page.getByRole('button', { name: 'Start the engine again' }).first().click();
    await expect(page.getByRole('button', { name: 'Check' })).toBeVisible();
    await expect(page.locator('.message, .failure')).toHaveCount(0);
    expect(errors).toEqual([]);
  });
}

test('the first world is drawn before the engine has come, and goes on in it', async ({ page, errors }) => {
  let come = () => {};
  const held = new Promise<void>((done) => (come = done));
  await page.context().route(/\.wasm$/, async (route) => {
    await held;
    await route.continue();
  });
  await page.goto('./');
  await expect(page.locator('.arrow').first()).toBeVisible();
  await expect(page.locator('.states .trail').first()).toBeVisible();
  expect(await page.evaluate(() => performance.getEntriesByName('tcplab:engine').length)).toBe(0);
  come();
  await page.getByRole('button', { name: /^Drop the \S+ in flight$/ }).click();
  await expect(page.locator('.arrow.lost')).toHaveCount(1);
  await expect(page.getByRole('alert')).toHaveCount(0);
  expect(errors).toEqual([]);
});

for (const comes of [true, false])
  test(`what is done before the engine has come is heard at once, and ${comes ? 'done when it comes' : 'its failure is shown'}`, async ({
    page,
    errors,
  }) => {
    let come = () => {};
    const held = new Promise<void>((done) => (come = done));
    await page.context().route(/\.wasm$/, async (route) => {
      await held;
      await (comes ? route.continue() : route.abort());
    });
    await page.goto('./');
    await page.getByRole('button', { name: /^Drop the \S+ in flight$/ }).click();
    const heard = page.getByText('Drop: it is done as soon as the engine has loaded.');
    await expect(heard).toBeVisible();
    come();
    if (comes) await expect(page.locator('.arrow.lost')).toHaveCount(1);
    else await expect(page.getByRole('alert')).toContainText('The engine did not start');
    await expect(heard).toHaveCount(0);
    expect(errors).toEqual([]);
  });

/** The code of the parts around the diagram. */
const around = /\/around-[^/]*\.js$/;

test.describe('what stands around the diagram', () => {
  test('comes into its place: nothing jumps, and what is done before is done', async ({ page, errors }) => {
    let come = () => {};
    const held = new Promise<void>((done) => (come = done));
    await page.context().route(around, async (route) => {
      await held;
      await route.continue();
    });
    const jumped = () =>
      page.evaluate(
        () =>
          new Promise<number>((done) => {
            let sum = 0;
            // What was seen so far is told at once.
            new PerformanceObserver((list) => {
              for (const each of list.getEntries()) sum += (each as unknown as { value: number }).value;
            }).observe({ type: 'layout-shift', buffered: true });
            setTimeout(() => done(sum), 300);
          }),
      );
    await page.goto('./');
    await expect(page.locator('.arrow').first()).toBeVisible();
    await settled(page);
    await expect(page.locator('.host h3')).toHaveCount(0);
    const places = () =>
      Promise.all(['.picture', '.dock', '.timeline', '.tabs'].map((each) => page.locator(each).first().boundingBox()));
    const standing = await slider(page).getAttribute('aria-valuetext');
    await page.keyboard.press('ArrowLeft');
    await expect(slider(page)).not.toHaveAttribute('aria-valuetext', standing ?? '');
    await page.keyboard.press('ArrowRight');
    await settled(page);
    const before = await places();
    come();
    await expect(page.locator('.host h3')).toHaveCount(2);
    await expect(page.locator('.states .trail').first()).toBeVisible();
    expect(await places()).toEqual(before);
    expect(await jumped()).toBeLessThan(0.005);
    expect(errors).toEqual([]);
  });

  test('says so where it did not come, and comes when tried again', async ({ page, errors }) => {
    const back = await without(page, around);
    await page.goto('#/lab');
    await expect(page.locator('.arrow').first()).toBeVisible();
    await expect(page.getByRole('alert')).toContainText('could not be loaded');
    await back();
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect(page.locator('.host h3')).toHaveCount(2);
    await expect(page.getByRole('alert')).toHaveCount(0);
    expect(errors).toEqual([]);
  });
});

test('the head of the page asks for the largest script first, which says that all in it is called', async ({
  page,
}) => {
  await page.goto('./');
  const scripts = await page.evaluate(async () => {
    const asked = [...document.head.querySelectorAll<HTMLLinkElement>('link[href]')];
    const first = asked.filter(({ rel }) => rel === 'modulepreload');
    const texts = await Promise.all(first.map(async ({ href }) => (await fetch(href)).text()));
    return { isFirst: asked[0] === first[0], texts: texts.map((text) => [text.length, text.split('\n')[0]] as const) };
  });
  expect(scripts.isFirst).toBe(true);
  const [largest] = scripts.texts;
  expect(Math.max(...scripts.texts.map(([length]) => length))).toBe(largest?.[0]);
  expect(largest?.[1]).toBe('//# allFunctionsCalledOnLoad');
});

const exercises = /\/Exercise(List|View)-[^/]*\.js$/;
for (const [view, code] of [
  ['#/practise', exercises],
  ['#/practise/01-handshake-states?seed=1', exercises],
  ['#/learn', /\/LearnView-[^/]*\.js$/],
  // What a new reader sees first there.
  ['#/learn', /\/Beginning-[^/]*\.js$/],
  ['#/learn/01-what-a-connection-is', /\/LessonView-[^/]*\.js$/],
  // The lesson's own texts and runs, which come after the view.
  ['#/learn/02-three-way-handshake', /\/02-three-way-handshake-[^/]*\.js$/],
] as const) {
  test(`what ${view} needs (${code.source}) did not come: it says so, and comes when tried again`, async ({
    page,
    errors,
  }) => {
    await page.goto('#/lab');
    await expect(page.locator('.arrow').first()).toBeVisible();
    const back = await without(page, code);
    await page.evaluate((hash) => (location.hash = hash), view);
    await expect(page.getByRole('alert')).toContainText('could not be loaded');
    await page.context().setOffline(true);
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect(page.getByText('The server does not answer yet.')).toBeVisible();
    await page.context().setOffline(false);
    await back();
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect(
      page
        .getByRole('link', { name: /States through the handshake/ })
        .or(page.getByRole('link', { name: 'Three-way handshake' }))
        .or(page.getByRole('button', { name: 'Drop it' }))
        .or(page.getByRole('button', { name: 'Check' }))
        .or(page.locator('.sure button'))
        .first(),
    ).toBeVisible();
    expect(errors).toEqual([]);
  });
}

/** The code of the event list, which is fetched when the list is opened. */
const eventList = /\/EventList-[^/]*\.js$/;

test('what is typed before the list of events has come is searched for, and is no key of the lab', async ({
  page,
  errors,
}) => {
  let come = () => {};
  const held = new Promise<void>((done) => (come = done));
  await page.context().route(eventList, async (route) => {
    await held;
    await route.continue();
  });
  await openLab(page);
  const standing = await slider(page).getAttribute('aria-valuetext');
  const field = page.locator('.search input');
  await page.keyboard.press('/');
  // Elsewhere, Space starts playback and "n" switches how numbers are counted.
  await page.keyboard.type('client SYNx');
  await page.keyboard.press('Backspace');
  await expect(field).toHaveCount(0);
  come();
  await expect(field).toBeFocused();
  await expect(field).toHaveValue('client SYN');
  await page.keyboard.type(',');
  await expect(field).toHaveValue('client SYN,');
  expect(await slider(page).getAttribute('aria-valuetext')).toBe(standing);
  expect(errors).toEqual([]);
});

test('a list of events that does not come leaves the keys to the lab', async ({ page, errors }) => {
  await without(page, eventList);
  await openLab(page);
  const before = await slider(page).getAttribute('aria-valuetext');
  await page.keyboard.press('/');
  await expect(page.getByRole('alert')).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await expect(slider(page)).not.toHaveAttribute('aria-valuetext', before ?? '');
  expect(errors).toEqual([]);
});

test('the page itself did not come: the address is not an empty page', async ({ page, errors }) => {
  await without(page, /\/mount-[^/]*\.js$/);
  await page.goto('./');
  await expect(page.getByText(/check the network and reload the page/)).toBeVisible();
  await expect(page.getByText(/请检查网络并重新载入本页/)).toBeVisible();
  expect(errors).toEqual([]);
});

test('the server compresses what it sends', async ({ page }) => {
  const sent = new Map<string, string | undefined>();
  page.on('response', async (response) => {
    const name = new URL(response.url()).pathname.split('/').at(-1) ?? '';
    sent.set(name.replace(/-[^.]*\./, '.'), (await response.allHeaders())['content-encoding']);
  });
  await page.goto('./');
  await expect(page.locator('.arrow').first()).toBeVisible();
  // The engine is fetched after the first picture.
  for (const name of ['tcplab.wasm', 'page.js', 'page.css'])
    await expect.poll(() => sent.get(name), { message: name }).toMatch(/^(br|gzip)$/);
});
