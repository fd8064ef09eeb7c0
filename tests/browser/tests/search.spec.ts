/** The events of a run are searched: in both languages, on a wide screen and a narrow one, by keyboard and by pointer. */
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expect, file, openLab, settled, slider, test } from './page.ts';

const words = {
  en: {
    events: 'Events',
    open: 'Search events',
    close: 'Close the search',
    next: 'Next hit',
    previous: 'Previous hit',
    place: (n: number, total: number) => `${n} of ${total}`,
    none: 'No event has all these words.',
    try: 'Try fewer words',
    again: 'retransmit',
    sentAgain: /sends SYN,ACK .* again/,
  },
  zh: {
    events: '事件',
    open: '搜索事件',
    close: '关闭搜索',
    next: '下一处',
    previous: '上一处',
    place: (n: number, total: number) => `第 ${n} 处，共 ${total} 处`,
    none: '没有事件同时含有这些词。',
    try: '可以少写几个词',
    again: '重传',
    sentAgain: /重传 SYN,ACK/,
  },
} as const;

const lostSynAck = readFileSync(new URL('../../../exercises/scenarios/lost-syn-ack.json', import.meta.url), 'utf8');

/** The run of a lost SYN,ACK, from its beginning to its end. */
async function openRun(page: Page): Promise<void> {
  await page.locator('input[type=file]').setInputFiles(file('lost.json', lostSynAck));
  await expect(slider(page)).toHaveValue('0');
  const play = page.locator('.timeline .play');
  await page.locator('.timeline select').selectOption('16');
  await play.click();
  await expect
    .poll(async () => (await page.locator('.timeline').textContent()) ?? '', { timeout: 30_000 })
    .toMatch(/No further event|没有|ended|已结束/);
  await settled(page);
}

const input = (page: Page) => page.locator('.search input');
const status = (page: Page) => page.locator('.search [role=status]').first();
const current = (page: Page) => page.locator('.panel.events [aria-current=true]');

for (const language of ['en', 'zh'] as const) {
  for (const [width, height] of [
    [1440, 900],
    [360, 740],
  ] as const) {
    test(`a word is found and gone to, ${language}, at ${width} x ${height}`, async ({ page }) => {
      const said = words[language];
      await page.setViewportSize({ width, height });
      await openLab(page, language);
      await openRun(page);

      await page.getByRole('tab', { name: said.events }).click();
      await page.keyboard.press('/');
      const field = input(page);
      await expect(field).toBeFocused();
      await page.keyboard.type(said.again);
      // The SYN,ACK that was lost is sent again; so is the SYN, whose sender has heard nothing.
      await expect(status(page)).toContainText(/\d/);
      const total = Number(/\d+/.exec((await status(page).textContent()) ?? '')?.[0]);
      expect(total).toBe(2);
      await page.keyboard.press('Enter');
      await expect(status(page)).toContainText(said.place(1, total));
      await expect(current(page).locator('mark')).toBeInViewport();
      const first = await current(page).textContent();
      for (let n = 2; n <= total; n++) {
        await page.keyboard.press('Enter');
        await expect(status(page)).toContainText(said.place(n, total));
      }
      // Behind the last hit comes the first, and before the first the last.
      await page.keyboard.press('Enter');
      await expect(status(page)).toContainText(said.place(1, total));
      await expect.poll(() => current(page).textContent()).toBe(first);
      await page.keyboard.press('Shift+Enter');
      await expect(status(page)).toContainText(said.place(total, total));
      if (process.env.TCPLAB_LOOK !== undefined)
        await page.screenshot({ path: `${process.env.TCPLAB_LOOK}/search-${language}-${width}.png` });
      await expect(page.locator('.panel.events li', { hasText: said.sentAgain }).first().locator('mark')).toBeVisible();

      await field.fill('xyzzy');
      await expect(page.locator('.search')).toContainText(said.none);
      await expect(page.locator('.search')).toContainText(said.try);
      await expect(page.getByRole('button', { name: said.next })).toBeDisabled();
      await expect(page.locator('.panel.events mark')).toHaveCount(0);
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth),
        'nothing sticks out',
      ).toBeLessThanOrEqual(0);

      if (process.env.TCPLAB_LOOK !== undefined)
        await page.screenshot({ path: `${process.env.TCPLAB_LOOK}/search-none-${language}-${width}.png` });
      await page.keyboard.press('Escape');
      await expect(field).toHaveCount(0);
      await expect(page.getByRole('tab', { name: said.events })).toBeFocused();
      await expect(page.getByRole('button', { name: said.open })).toBeVisible();
    });
  }
}

test('the button opens it, the arrows lead from hit to hit, and closing gives the focus back', async ({ page }) => {
  await openLab(page);
  await openRun(page);
  await page.getByRole('tab', { name: 'Events' }).click();
  await page.getByRole('button', { name: 'Search events' }).click();
  await page.keyboard.type('client SYN');
  await page.getByRole('button', { name: 'Next hit' }).click();
  await expect(status(page)).toContainText('1 of');
  await expect(current(page)).toContainText('client sends SYN');
  await page.getByRole('button', { name: 'Previous hit' }).click();
  await expect(status(page)).not.toContainText(/^1 of/);
  // The diagram and the reasons follow, as they follow a click.
  await page.getByRole('tab', { name: 'Why' }).click();
  await expect(page.locator('.why .sentence')).toContainText('SYN');

  const button = page.getByRole('button', { name: 'One event back' });
  await button.focus();
  await page.keyboard.press('/');
  await expect(input(page)).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(button).toBeFocused();
});

test('a search follows the run: it goes on with it, and begins anew in another branch', async ({ page }) => {
  await openLab(page);
  await page.keyboard.press('/');
  await page.keyboard.type('TIME_WAIT');
  await expect(page.locator('.search')).toContainText('The search covers events up to');
  await input(page).fill('ESTABLISHED');
  await expect(status(page)).toContainText('hit');
  const before = await status(page).textContent();
  await page.getByRole('button', { name: 'To the beginning' }).click();
  await page.getByRole('button', { name: 'Branch here' }).click();
  await expect(page.locator('.search')).toContainText('No event has all these words.');
  await page.getByRole('button', { name: 'Main', exact: true }).click();
  await expect(status(page)).toHaveText(before ?? '');
});

/** 24 sends of 65,536 octets in segments of 100 octets: some 96,000 events. */
const long = JSON.stringify({
  format: 'tcplab-scenario/1',
  hosts: ['client', 'server'].map((name, i) => ({ name, address: `10.0.0.${i + 1}`, tcp: { mss: 100 } })),
  network: { delay: '10ms' },
  limits: { events: 1_000_000 },
  script: [
    { at: '0', host: 'server', do: 'listen', port: 80 },
    { at: '1ms', host: 'client', do: 'connect', to: 'server:80' },
    ...Array.from({ length: 24 }, (_, i) => ({
      at: `${i + 1}s`,
      host: 'client',
      do: 'send',
      socket: 'socket',
      bytes: 65_536,
    })),
    { at: '100s', host: 'server', do: 'abort', socket: 'accepted' },
  ],
});

test('a long run is searched without holding up the page, and its last event is reached', async ({ page }) => {
  test.setTimeout(120_000);
  const saved = { version: 1, active: 0, branches: [{ scenario: long, seed: 1, step: 1e9, t: 0 }] };
  await page.addInitScript((text) => {
    if (sessionStorage.getItem('tcplab.session') === null) sessionStorage.setItem('tcplab.session', text);
  }, JSON.stringify(saved));
  await page.goto('#/lab');
  await expect(slider(page)).toBeVisible({ timeout: 90_000 });
  await expect
    .poll(async () => Number(await slider(page).getAttribute('max')), { timeout: 90_000 })
    .toBeGreaterThan(20_000);
  await page.getByRole('tab', { name: 'Events' }).click();
  await expect(page.locator('.panel.events li').first()).toBeVisible();
  await page.keyboard.press('/');
  await expect(input(page)).toBeFocused();
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
  const spent = async () => {
    const { metrics } = await devtools.send('Performance.getMetrics');
    return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1000;
  };
  const before = await spent();
  await page.keyboard.type('RST');
  // The server sends it and the client receives it.
  await expect(status(page)).toHaveText('2 hits');
  // Three words are looked for in 5 slices each; what the page does for a slice takes less than a frame of 16 ms.
  expect(await spent().then((now) => now - before)).toBeLessThan(3 * 5 * 16);
  await page.keyboard.press('Enter');
  await expect(status(page)).toContainText('1 of 2');
  await page.keyboard.press('Enter');
  await expect(status(page)).toContainText('2 of 2');
  await expect(current(page)).toContainText('client receives RST');
  await expect(current(page)).toBeInViewport();
});
