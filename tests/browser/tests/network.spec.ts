/** A network that goes early: whatever could not be loaded says so, and is loaded when one tries again. */
import { test as base, expect, type Page } from '@playwright/test';

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

/** Nothing whose address matches arrives, until the returned function is called. */
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

for (const view of ['#/practise', '#/practise/01-handshake-states?seed=1']) {
  test(`the code of ${view} did not come: it says so, and comes when tried again`, async ({ page, errors }) => {
    await page.goto('#/lab');
    await expect(page.locator('.arrow').first()).toBeVisible();
    const back = await without(page, /\/Exercise(List|View)-[^/]*\.js$/);
    await page.evaluate((hash) => (location.hash = hash), view);
    await expect(page.getByRole('alert')).toContainText('could not be loaded');
    await page.context().setOffline(true);
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect(page.getByText('The server does not answer yet.')).toBeVisible();
    await page.context().setOffline(false);
    await back();
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect(page.getByRole('link', { name: /States through the handshake/ }).or(page.getByRole('button', { name: 'Check' })).first()).toBeVisible();
    expect(errors).toEqual([]);
  });
}

test('the page itself did not come: the address is not an empty page', async ({ page, errors }) => {
  await without(page, /\/mount-[^/]*\.js$/);
  await page.goto('./');
  await expect(page.getByText(/check the network and reload the page/)).toBeVisible();
  await expect(page.getByText(/请检查网络并重新载入本页/)).toBeVisible();
  expect(errors).toEqual([]);
});
