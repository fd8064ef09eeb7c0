/** The socket table, and which connection is looked at. */
import type { Page } from '@playwright/test';
import { expect, forward, main, openText, openWorld, slider, test } from './page.ts';

const rows = (page: Page) => page.locator('.sockets tbody tr');
const states = (page: Page) => page.locator('.sockets tbody .state');

async function showSockets(page: Page): Promise<void> {
  await page.getByRole('tab', { name: 'Sockets' }).click();
  await expect(page.getByRole('heading', { name: /^Sockets/ })).toBeVisible();
  await main(page).focus();
}

test.describe('the socket table', () => {
  test('shows the reader’s moment, not the present', async ({ page }) => {
    await openWorld(page, 'handshake-data-close');
    await showSockets(page);
    const seen: string[][] = [];
    while (await forward(page, 'key')) {
      await page.waitForTimeout(20);
      seen.push(await states(page).allTextContents());
    }
    // Back, event by event: the table is what it was on the way there.
    for (const before of seen.slice(0, -1).reverse()) {
      await page.keyboard.press('ArrowLeft');
      await expect(states(page)).toHaveText(before);
      await expect(page.locator('.sockets').getByText('You are looking at the past')).toBeVisible();
    }
    await page.keyboard.press('End');
    await expect(states(page)).toHaveText(seen.at(-1) ?? []);
  });

  test('and the dock show one moment while time is dragged', async ({ page }) => {
    await openWorld(page, 'handshake-data-close');
    await showSockets(page);
    for (let i = 0; i < 14; i++) await forward(page, 'key');
    await slider(page).fill('3');
    await expect(states(page).filter({ hasText: 'SYN_SENT' })).toHaveCount(1);
    const table = await states(page).allTextContents();
    await expect(page.locator('.dock .state')).toHaveText(table);
  });

  test('finds rows by host, state, address and port', async ({ page }) => {
    await openMany(page);
    await showSockets(page);
    const all = await rows(page).count();
    expect(all).toBeGreaterThanOrEqual(13);
    const search = page.locator('.sockets').getByRole('searchbox');
    await search.fill('listen');
    await expect(states(page)).toHaveText(['LISTEN']);
    await search.fill('server established');
    await expect(states(page)).toHaveText(Array<string>(7).fill('ESTABLISHED'));
    await search.fill('10.0.0.1:40003');
    await expect(rows(page)).toHaveCount(2);
    await search.fill('nowhere');
    await expect(rows(page)).toHaveCount(0);
    await expect(page.locator('.sockets').getByRole('status')).toBeVisible();
    await search.fill('');
    await expect(rows(page)).toHaveCount(all);
  });

  test('puts the socket that is chosen into the dock’s hand', async ({ page }) => {
    await openWorld(page, 'two-clients');
    for (let i = 0; i < 12; i++) await forward(page, 'key');
    await showSockets(page);
    await rows(page).filter({ hasText: 'LISTEN' }).getByRole('button').click();
    const server = page.locator('.dock').getByRole('region', { name: 'server' });
    await expect(server.locator('[aria-pressed=true]')).toContainText('LISTEN');
  });
});

/** Seven connections to one listener: enough rows for a search. */
async function openMany(page: Page): Promise<void> {
  const connects = Array.from({ length: 7 }, (_, i) => ({
    at: `${10 * i}ms`,
    host: 'client',
    do: 'connect',
    to: 'server:80',
    as: `c${i}`,
  }));
  const scenario = {
    format: 'tcplab-scenario/1',
    hosts: [
      { name: 'client', address: '10.0.0.1', tcp: { first_port: 40000 } },
      { name: 'server', address: '10.0.0.2' },
    ],
    script: [{ at: '0s', host: 'server', do: 'listen', port: 80 }, ...connects],
  };
  await openText(page, 'many', JSON.stringify(scenario));
  while (await forward(page, 'key'));
  // In the dock stand those that fit; how many others there are is said.
  await expect(page.locator('.dock .others')).toHaveCount(2);
}

test.describe('the choice of a connection', () => {
  const menu = (page: Page) => page.getByLabel('Connections shown');

  test('is not offered where there is only one', async ({ page }) => {
    await openWorld(page, 'handshake-data-close');
    for (let i = 0; i < 8; i++) await forward(page, 'key');
    await expect(menu(page)).toHaveCount(0);
  });

  test('sets the others aside, without words, and brings them back', async ({ page }) => {
    await openWorld(page, 'two-clients');
    for (let i = 0; i < 12; i++) await forward(page, 'key');
    const choice = menu(page);
    await expect(choice.getByRole('option')).toHaveText([
      'all connections',
      /^alice:\d+ ⇄ server:80$/,
      /^bob:\d+ ⇄ server:80$/,
    ]);
    await expect(page.locator('.arrow.aside')).toHaveCount(0);
    const [one, other] = await page
      .locator('.arrow')
      .evaluateAll((all) => [...new Set(all.map((each) => each.getAttribute('data-connection')))]);
    await choice.selectOption({ index: 1 });
    await expect(page.locator(`.arrow.aside[data-connection="${one}"]`)).toHaveCount(0);
    const aside = page.locator(`.arrow.aside[data-connection="${other}"]`);
    await expect.poll(() => aside.count()).toBe(await page.locator(`.arrow[data-connection="${other}"]`).count());
    await choice.selectOption('');
    await expect(page.locator('.arrow.aside')).toHaveCount(0);
  });

  test('is reached and changed with the keyboard', async ({ page }) => {
    await openWorld(page, 'two-clients');
    for (let i = 0; i < 12; i++) await forward(page, 'key');
    await menu(page).focus();
    await page.keyboard.press('ArrowDown');
    await expect(page.locator('.arrow.aside').first()).toBeAttached();
  });
});
