/** The dock beside the diagram always shows the socket at which something happens, however many hosts there are. */
import type { Page } from '@playwright/test';
import { expect, forward, forwardUntil, openLab, openText, openWorld, test } from './page.ts';

/** Says what cuts off a part of the acting socket's chip (its row, its host's card or the dock); '' if nothing does. */
const cutOff = (page: Page) =>
  page.evaluate(() => {
    const chip = document.querySelector('.dock li.acting');
    if (!chip) return '';
    const box = chip.getBoundingClientRect();
    for (let around = chip.parentElement; around && !around.classList.contains('dock'); around = around.parentElement) {
      const { left, right } = around.getBoundingClientRect();
      if (box.left < left - 1 || box.right > right + 1) return `${chip.textContent} is cut by ${around.className}`;
    }
    return '';
  });

for (const width of [1440, 1200, 900, 800]) {
  for (const world of ['two-clients', 'syn-cookies', 'syn-retries-by-profile', 'accept-queue-full-linux']) {
    test(`${world} at ${width} px`, async ({ page }) => {
      await page.setViewportSize({ width, height: 900 });
      await openWorld(page, world);
      let acted = 0;
      for (let i = 0; i < 30 && (await forward(page, 'key')); i++) {
        await expect.poll(() => cutOff(page)).toBe('');
        acted += await page.locator('.dock li.acting').count();
      }
      expect(acted).toBeGreaterThan(5);
    });
  }
}

test('the dock holds still for whoever points at it', async ({ page }) => {
  await page.setViewportSize({ width: 1200, height: 900 });
  await openWorld(page, 'syn-retries-by-profile');
  const row = page.locator('.dock .hosts');
  await forward(page, 'key');
  await row.hover();
  const before = await row.evaluate((each) => each.scrollLeft);
  for (let i = 0; i < 6; i++) await forward(page, 'key');
  await expect.poll(() => row.evaluate((each) => each.scrollLeft)).toBe(before);
});

test('at 900 px the dock shows at its edges that it goes on there', async ({ page }) => {
  await page.setViewportSize({ width: 900, height: 900 });
  await openWorld(page, 'two-clients');
  const row = page.locator('.dock .hosts');
  await expect(row).toHaveAttribute('data-after');
  await expect(row).not.toHaveAttribute('data-before');
  await row.evaluate((each) => each.scrollTo(each.scrollWidth, 0));
  await expect(row).toHaveAttribute('data-before');
  await expect(row).not.toHaveAttribute('data-after');
});

test('at 360 px nobody but the reader scrolls where one acts, and what is in flight stays in its place', async ({
  page,
}) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await openWorld(page, 'syn-cookies');
  await page.getByRole('tab', { name: 'Act' }).click();
  const panel = page.getByRole('tabpanel');
  const strip = page.getByRole('region', { name: 'In flight' });
  const top = (await strip.boundingBox())?.y;
  for (const scrolled of [0, 100]) {
    await panel.evaluate((each, to) => each.scrollTo(0, to), scrolled);
    for (let i = 0; i < 7 && (await forward(page)); i++) {
      // Scroll anchoring may move the page by a pixel when a line above grows.
      expect(Math.abs((await panel.evaluate((each) => each.scrollTop)) - scrolled)).toBeLessThan(3);
      expect((await strip.boundingBox())?.y).toBe(top);
    }
  }
  await expect(strip.getByRole('button', { name: 'Drop' })).toBeInViewport({ ratio: 1 });
});

/** This many simultaneous connections from one host to another. */
function burst(count: number): string {
  const script: object[] = [
    { at: '0s', host: 'server', do: 'socket', as: 'listener' },
    { at: '0s', host: 'server', do: 'bind', socket: 'listener', port: 80 },
    { at: '0s', host: 'server', do: 'listen', socket: 'listener', backlog: count },
  ];
  for (let i = 0; i < count; i++) {
    script.push({ at: '1ms', host: 'client', do: 'socket', as: `c${i}` });
    script.push({ at: '1ms', host: 'client', do: 'connect', socket: `c${i}`, to: '10.0.0.2:80' });
  }
  const hosts = [
    { name: 'client', address: '10.0.0.1' },
    { name: 'server', address: '10.0.0.2' },
  ];
  return JSON.stringify({ format: 'tcplab-scenario/1', hosts, script });
}

test('at 1440 px a segment in hand is read whole among many, and no call is cut by the foot of the dock', async ({
  page,
}) => {
  await openText(page, 'burst', burst(30));
  const chips = page.locator('.dock ul button[aria-pressed="true"].small');
  const count = page.locator('.dock .count');
  // There is no count before the first segment.
  await forwardUntil(page, async () => (await count.allTextContents())[0] === '22', 'key');
  await expect(count).toHaveText('22');
  const whole = await chips.first().evaluate((chip) => {
    const row = (chip.closest('ul') as HTMLElement).getBoundingClientRect();
    // The last 30 pixels of a row that goes on fade.
    return {
      letters: chip.scrollWidth <= chip.clientWidth + 1,
      within: chip.getBoundingClientRect().right <= row.right - 30,
    };
  });
  expect(whole).toEqual({ letters: true, within: true });
  await expect(page.locator('.dock .rest')).toHaveText('2 more in the diagram');
  const cut = await page
    .locator('.dock .hosts')
    .evaluate((dock) =>
      [...dock.querySelectorAll('.calls button')]
        .filter((call) => call.getBoundingClientRect().bottom > dock.getBoundingClientRect().bottom)
        .map((call) => call.textContent),
    );
  expect(cut).toEqual([]);
});

for (const width of [1440, 900]) {
  test(`at ${width} px the dock holds still when the timeline says that the run is over`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 });
    await openWorld(page, 'syn-retries-by-profile');
    const place = () => page.locator('.dock').evaluate((dock) => dock.getBoundingClientRect().top);
    await forward(page, 'key');
    const before = await place();
    await expect(page.locator('.where')).not.toContainText('No further event');
    while (await forward(page, 'key'));
    await expect(page.locator('.where')).toContainText('No further event');
    await expect.poll(() => place()).toBe(before);
  });
}

/** Goes forward until this many segments are in flight. */
async function untilInFlight(page: Page, count: number): Promise<void> {
  const told = page.locator('.dock .count');
  for (let i = 0; i < 80 && (await forward(page, 'key')); i++)
    if ((await told.allTextContents())[0] === String(count)) break;
  await expect(told).toHaveText(String(count));
}

/** The chips of segments in flight that are cut off by their row, or whose own text is cut off. */
const cutChips = (page: Page) =>
  page
    .locator('.dock ul:has(> li > button.small)')
    .first()
    .evaluate((row) => {
      const { left, right } = row.getBoundingClientRect();
      const cut = (chip: HTMLElement) => {
        const box = chip.getBoundingClientRect();
        const shortened = [...chip.querySelectorAll<HTMLElement>('.line')].some(
          (line) => line.scrollWidth > line.clientWidth + 1,
        );
        return shortened || box.left < left - 1 || box.right > right + 1;
      };
      return [...row.querySelectorAll<HTMLElement>('button')].filter(cut).map((chip) => chip.textContent);
    });

test('at 1440 px four segments in flight with long numbers are read and chosen, the newest first, each copy as such', async ({
  page,
}) => {
  await openText(page, 'burst', burst(3));
  await untilInFlight(page, 3);
  const flights = page.getByRole('region', { name: 'In flight' });
  const chips = flights.getByRole('listitem').getByRole('button');
  await expect.poll(() => cutChips(page)).toEqual([]);
  await chips.last().click();
  await expect(chips.last()).toHaveAttribute('aria-pressed', 'true');
  await flights.getByRole('button', { name: 'Duplicate' }).click();
  await expect(chips).toHaveCount(4);
  await expect(chips.first()).toContainText('copy 2');
  await expect(chips.filter({ hasText: 'copy' })).toHaveCount(1);
  await expect(chips.last()).toHaveAttribute('aria-pressed', 'true');
  await flights.getByRole('button', { name: 'Hold' }).click();
  await expect(chips.last()).toContainText('held');
  await expect.poll(() => cutChips(page)).toEqual([]);
});

test('at 1440 px every call on a listener that has connected is in sight', async ({ page }) => {
  await openLab(page);
  while (await forward(page, 'key'));
  const server = page.locator('.dock').getByRole('region', { name: 'server' });
  await server.getByRole('button', { name: /^LISTEN/ }).click();
  await server.getByRole('button', { name: 'connect', exact: true }).click();
  await expect(server.locator('.state').first()).toHaveText('SYN_SENT');
  for (const call of ['shutdown', 'close', 'abort']) {
    await expect(server.getByRole('button', { name: call, exact: true })).toBeInViewport({ ratio: 1 });
  }
});

test('at 360 px each panel opens at its top', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await openLab(page);
  const panel = page.getByRole('tabpanel');
  await page.getByRole('tab', { name: 'Act' }).click();
  await expect(page.locator('.dock .count')).toBeInViewport({ ratio: 1 });
  // Enough frames for anything that would scroll into view.
  await page.waitForTimeout(200);
  await expect.poll(() => panel.evaluate((each) => each.scrollTop)).toBe(0);
  await panel.evaluate((each) => each.scrollTo(0, 40));
  await page.getByRole('tab', { name: 'Why' }).click();
  await expect(page.getByRole('heading', { name: 'Why' })).toBeInViewport({ ratio: 1 });
  await expect.poll(() => panel.evaluate((each) => each.scrollTop)).toBe(0);
});

/** The socket chips, or the button beside them, that overflow their row or have no text left. */
const chipsOutOfSight = (page: Page) =>
  page.locator('.dock .host').evaluateAll((cards) =>
    cards.flatMap((card) => {
      const row = card.querySelector('ul');
      if (!row) return [];
      const { left, right } = row.getBoundingClientRect();
      return [...row.children]
        .filter((each) => {
          const box = each.getBoundingClientRect();
          return box.left < left - 1 || box.right > right + 1 || row.scrollWidth > row.clientWidth + 1;
        })
        .map((each) => each.textContent);
    }),
  );

for (const width of [1440, 1200, 900]) {
  test(`at ${width} px sockets that find no room in a card are in the table, which the keyboard opens`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height: 900 });
    await openText(page, 'burst', burst(12));
    while (await forward(page, 'key'));
    await expect.poll(() => chipsOutOfSight(page)).toEqual([]);
    const client = page.locator('.dock').getByRole('region', { name: 'client' });
    const more = client.getByRole('button', { name: /^\d+ more$/ });
    const chips = client.getByRole('listitem').filter({ has: page.locator('.state') });
    expect((await chips.count()) + Number((await more.textContent())?.split(' ')[0])).toBe(12);
    await more.focus();
    await page.keyboard.press('Enter');
    const row = page.getByRole('row').filter({ hasText: '10.0.0.1:' }).last();
    await row.getByRole('button').focus();
    await page.keyboard.press('Enter');
    await expect(client.locator('[aria-pressed=true]')).toBeVisible();
    await expect.poll(() => chipsOutOfSight(page)).toEqual([]);
  });
}

test('at 360 px all sockets of a host are in sight below each other, and the button for more goes to the table', async ({
  page,
}) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await openText(page, 'burst', burst(12));
  while (await forward(page, 'key'));
  await page.getByRole('tab', { name: 'Act' }).click();
  await expect.poll(() => chipsOutOfSight(page)).toEqual([]);
  const more = page
    .locator('.dock')
    .getByRole('region', { name: 'client' })
    .getByRole('button', { name: /^\d+ more$/ });
  await more.focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('.sockets h2')).toBeInViewport();
  await expect.poll(() => page.evaluate(() => document.activeElement?.closest('.sockets') !== null)).toBe(true);
});

test('on a phone the host that may act is in sight, and nothing runs out of the page at 320 px', async ({
  browser,
}) => {
  for (const width of [360, 320]) {
    const context = await browser.newContext({ viewport: { width, height: 740 }, hasTouch: true, isMobile: true });
    const page = await context.newPage();
    await page.goto('./?lang=en#/learn/06-four-way-close');
    const server = page.locator('.dock').getByRole('region', { name: 'server' });
    for (const call of ['send', 'shutdown', 'close']) {
      const button = server.getByRole('button', { name: call, exact: true });
      await button.scrollIntoViewIfNeeded();
      await expect(button).toBeInViewport({ ratio: 1 });
    }
    for (const view of ['learn/06-four-way-close', 'practise', 'lab']) {
      await page.goto(`./?lang=en#/${view}`);
      await expect(page.locator('#main :is(h1, h2)').first()).toBeAttached();
      const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(over, `${view}, ${width} px`).toBeLessThanOrEqual(0);
    }
    await context.close();
  }
});
