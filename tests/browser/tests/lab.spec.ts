/** Free play: the workspace does with a connection what a reader wants of it. */
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { engine } from './engine.ts';
import {
  eventTexts,
  exerciseText,
  expect,
  file,
  forward,
  forwardUntil,
  openLab,
  openText,
  settled,
  slider,
  tabTo,
  test,
} from './page.ts';

test.describe('a first visit', () => {
  test.use({ contextOptions: { reducedMotion: 'no-preference' } });

  test('shows a handshake that is alive', async ({ page }) => {
    await page.goto('./');
    const now = () => slider(page).getAttribute('aria-valuetext');
    await expect(page.locator('.arrow').first()).toBeVisible();
    const before = await now();
    await expect.poll(now).not.toBe(before);
    await expect(page.getByRole('button', { name: /Drop the .*ACK.* in flight/ })).toBeVisible();
  });
});

test.describe('after the first world’s “Drop”', () => {
  test.use({ contextOptions: { reducedMotion: 'no-preference' } });

  for (const width of [360, 1440]) {
    test(`at ${width} px time stands still while “Why” is read, until the reader moves on`, async ({ page }) => {
      await page.setViewportSize({ width, height: 740 });
      await page.goto('./');
      await page.getByRole('button', { name: /^Drop the \S+ in flight$/ }).click();
      await expect(page.locator('.arrow.lost.selected')).toHaveCount(1);
      const why = page.locator('section.why');
      await expect(why).toContainText('It does not reach');
      const before = await slider(page).getAttribute('aria-valuetext');
      await page.waitForTimeout(600);
      await expect.poll(() => slider(page).getAttribute('aria-valuetext')).toBe(before);
      await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeEnabled();
      await page.getByRole('button', { name: 'One event forward' }).click();
      await expect(page.locator('.arrow.selected')).toHaveCount(0);
    });
  }
});

test('at 360 px who acts on a segment from “Act” stays there, with the segment marked', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await openLab(page);
  await page.getByRole('tab', { name: 'Act' }).click();
  await page.locator('.dock').getByRole('button', { name: 'Hold' }).click();
  await expect(page.locator('.arrow.selected')).toHaveCount(1);
  await expect(page.getByRole('tab', { name: 'Act' })).toHaveAttribute('aria-selected', 'true');
  await page.getByRole('tab', { name: 'Why' }).click();
  await expect(page.locator('section.why .sentence')).toContainText('holds');
});

test('before a segment is in flight, nobody is asked to drop one', async ({ page }) => {
  await page.goto('./');
  await settled(page);
  const asked = page.getByText('Drop the segment that is in flight');
  await expect(asked).toBeVisible();
  await page.getByRole('button', { name: 'To the beginning' }).click();
  await expect(asked).toHaveCount(0);
  await expect(page.getByText('Let time run until a segment is in flight.')).toBeVisible();
});

test('where every call on the client is dimmed, the first world says what can still be done', async ({ page }) => {
  await page.goto('./');
  await settled(page);
  while (await forward(page));
  await expect(
    page.getByText('Open a new connection with “+ socket” beside a host, or make a call that is not dimmed.'),
  ).toBeVisible();
  const client = page.locator('.dock').getByRole('region', { name: 'client' });
  for (const call of await client.locator('.calls button').all()) await expect(call).toBeDisabled();
  await client.getByRole('button', { name: 'New socket on client' }).click();
  await client.getByRole('button', { name: 'connect', exact: true }).click();
  await expect(client.locator('.state', { hasText: 'SYN_SENT' })).toHaveCount(1);
});

test('a world that came from a file is saved by the name of the file, after a reload too', async ({ page }) => {
  const savedAs = async () => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save as a file' }).click(),
    ]);
    return download.suggestedFilename();
  };
  await openText(page, 'my-world', exerciseText('scenarios/handshake-data-close.json'));
  expect(await savedAs()).toBe('my-world.json');
  await page.reload();
  await expect(page.locator('.diagram .hosts')).toBeVisible();
  expect(await savedAs()).toBe('my-world.json');
  await page.getByRole('searchbox').first().fill('simultaneous');
  await page.locator('[data-world]:visible').first().click();
  await settled(page);
  expect(await savedAs()).toBe('tcp-connection.json');
});

test('steps, scrubs and branches', async ({ page }) => {
  await openLab(page);
  const standing = await slider(page).inputValue();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  expect(Number(await slider(page).inputValue())).toBeLessThan(Number(standing));
  await slider(page).fill('0');
  await expect(page.getByText('looking back')).toBeVisible();
  await page.keyboard.press('End');
  await expect(slider(page)).toHaveValue(standing);
  await page.keyboard.press('Escape');
  await page.locator('body').press('Home');
  await expect(slider(page)).toHaveValue('0');
  expect(await forward(page)).toBe(true);
  await page.getByRole('button', { name: 'Branch here' }).click();
  await expect(page.getByRole('button', { name: 'Main' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Branch 1', exact: true })).toHaveAttribute('aria-pressed', 'true');
});

test('a segment dropped in flight is sent again; undo takes it back', async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 2400 });
  await openLab(page);
  const data = page.getByRole('region', { name: 'In flight' }).getByText('len 5');
  await forwardUntil(page, async () => (await data.count()) === 1);
  const before = await eventTexts(page);
  const flying = page.locator('.arrow[tabindex="0"]').first();
  await flying.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Network actions' })).toBeVisible();
  await page.keyboard.press('Tab');
  await page.getByRole('dialog').getByRole('button', { name: 'Drop' }).press('Enter');
  await expect(page.locator('.arrow.lost.selected')).toHaveCount(1);
  await forwardUntil(page, async () => (await eventTexts(page)).some((text) => /sends .* again/.test(text)));
  const undo = page.getByRole('button', { name: 'Undo' });
  await expect(undo).toHaveAttribute('title', /^Undo: Drop/);
  await undo.click();
  await expect(page.locator('.arrow.lost')).toHaveCount(0);
  // Time has gone back with it, and the page says to where.
  const back = page.locator('.timeline .undone');
  await expect(back).toHaveText(/^Undone: Drop\. Back at \d/);
  await page.getByRole('button', { name: 'One event forward' }).click();
  await expect(back).toHaveText('');
  await settled(page);
  expect((await eventTexts(page)).slice(0, before.length)).toEqual(before);
});

test('what was done is saved as a scenario, and opened again runs the same', async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 2400 });
  await openLab(page);
  await page.getByRole('region', { name: 'In flight' }).getByRole('button', { name: 'Hold' }).first().click();
  for (let i = 0; i < 6; i++) await forward(page);
  const trace = await eventTexts(page);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save as a file' }).click(),
  ]);
  const text = readFileSync(await download.path(), 'utf8');
  await page.locator('input[type=file]').setInputFiles(file('mine.json', text));
  await expect(slider(page)).toHaveValue('0');
  await forwardUntil(page, async () => (await eventTexts(page)).length >= trace.length);
  await expect.poll(() => eventTexts(page)).toEqual(trace);
});

test('a capture is downloaded, of every host or of one', async ({ page }) => {
  await openLab(page);
  const capture = async () => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download capture' }).click(),
    ]);
    return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
  };
  const all = await capture();
  expect(all.name).toBe('tcp-connection.pcapng');
  // The section header block of a pcapng file (draft-ietf-opsawg-pcapng, 4.1), and its byte order.
  expect(all.bytes.subarray(0, 4).toString('hex')).toBe('0a0d0d0a');
  expect(all.bytes.subarray(8, 12).toString('hex')).toBe('4d3c2b1a');
  await page.getByLabel('A capture for Wireshark').selectOption('Segments that server sends and receives');
  const server = await capture();
  expect(server.name).toBe('tcp-connection-server.pcapng');
  expect(server.bytes.equals(all.bytes)).toBe(false);
});

test('everything with the keyboard alone', async ({ page }) => {
  await openLab(page);
  await tabTo(page, /^Skip to the lab$/);
  await page.keyboard.press('Enter');
  await expect(page.locator('#main')).toBeFocused();
  await tabTo(page, /^Drop$/, '.dock');
  await page.keyboard.press('Enter');
  await expect(page.locator('.arrow.lost')).toHaveCount(1);
  await page.locator('#main').focus();
  await page.keyboard.press('Control+z');
  await expect(page.locator('.arrow.lost')).toHaveCount(0);
  await tabTo(page, /^Why$/);
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('tab', { name: 'Sockets' })).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('tab', { name: 'Events' })).toBeFocused();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeHidden();
});

test('a socket option is set, read, and undone', async ({ page }) => {
  await openLab(page);
  // Hosts in the order of the scenario: the client's connection comes first.
  await page
    .getByRole('button', { name: /^Options of/ })
    .first()
    .click();
  const options = page.getByRole('group', { name: /^Options of/ }).first();
  await options.getByLabel('Option', { exact: true }).selectOption('TCP_KEEPIDLE');
  await options.getByLabel(/^Value/).fill('90s');
  await options.getByRole('button', { name: 'setsockopt' }).click();
  await options.getByRole('button', { name: 'getsockopt' }).click();
  await page.keyboard.press('Escape');
  await expect(
    page
      .locator('.diagram')
      .getByText(/TCP_KEEPIDLE/)
      .first(),
  ).toBeVisible();
  expect((await eventTexts(page)).join('\n')).toContain('TCP_KEEPIDLE');
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('button', { name: 'Undo' }).click();
  expect((await eventTexts(page)).join('\n')).not.toContain('TCP_KEEPIDLE');
});

test('each socket option asks for the kind of value that it takes', async ({ page }) => {
  await openLab(page);
  await page
    .getByRole('button', { name: /^Options of/ })
    .first()
    .click();
  const options = page.getByRole('group', { name: /^Options of/ }).first();
  const choice = options.getByLabel('Option', { exact: true });
  const value = options.getByLabel(/^Value/);
  await expect(choice).toBeVisible();
  const kinds = { 'true or false': 0, 'a whole number': 0, 'a time such as 30s': 0, none: 0 };
  for (const option of await choice
    .locator('option')
    .evaluateAll((all) => all.map((each) => (each as HTMLOptionElement).value))) {
    await choice.selectOption(option);
    const kind =
      (await value.count()) === 0 ? 'none' : ((await value.getAttribute('aria-label')) ?? '').replace('Value: ', '');
    expect(Object.keys(kinds), option).toContain(kind);
    kinds[kind as keyof typeof kinds] += 1;
    if (kind === 'none') continue;
    if (kind === 'true or false') {
      await expect.poll(() => value.locator('option').allTextContents()).toEqual(['true', 'false']);
      await value.selectOption('false');
    } else if (kind === 'a whole number') {
      await expect(value).toHaveAttribute('type', 'number');
    }
    // The engine accepts both the initial value and the other choice.
    await options.getByRole('button', { name: 'setsockopt' }).click();
    await expect(
      page
        .locator('.diagram')
        .getByText(new RegExp(`^${option}=`))
        .first(),
    ).toBeAttached();
    await expect(page.locator('.refusal'), option).toHaveCount(0);
  }
  expect(Object.values(kinds).every((n) => n > 0)).toBe(true);
  // A time may also be typed the way the page writes it.
  await choice.selectOption('TCP_KEEPIDLE');
  await value.fill('90 s');
  await options.getByRole('button', { name: 'setsockopt' }).click();
  await expect(page.locator('.refusal')).toHaveCount(0);
});

test('the work is there again after a reload, and can still be undone', async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 2400 });
  await openLab(page);
  await page.getByRole('region', { name: 'In flight' }).getByRole('button', { name: 'Drop' }).first().click();
  await expect(page.locator('.arrow.lost')).toHaveCount(1);
  const before = await eventTexts(page);
  await page.reload();
  await expect(page.locator('.arrow.lost')).toHaveCount(1);
  await expect.poll(() => eventTexts(page)).toEqual(before);
  const undo = page.getByRole('button', { name: 'Undo' });
  await expect(undo).toHaveAttribute('title', /^Undo: Drop/);
  await undo.click();
  await expect(page.locator('.arrow.lost')).toHaveCount(0);
  // Time has gone back with it, and the page says to where.
  const back = page.locator('.timeline .undone');
  await expect(back).toHaveText(/^Undone: Drop\. Back at \d/);
  await page.getByRole('button', { name: 'One event forward' }).click();
  await expect(back).toHaveText('');
});

test('another language, the same work', async ({ page }) => {
  await openLab(page);
  const where = await slider(page).inputValue();
  const arrows = await page.locator('.arrow').count();
  await page.getByLabel('Language').selectOption('zh');
  await expect(page.getByRole('heading', { name: '为什么' })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-Hans');
  await expect(slider(page)).toHaveValue(where);
  await expect(page.locator('.arrow')).toHaveCount(arrows);
  await page.getByLabel('语言').selectOption('en');
  await expect(page.getByRole('heading', { name: 'Why', exact: true })).toBeVisible();
});

test('sockets before a connection: one without a port, one with, and a host that is down', async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 2400 });
  await openLab(page);
  const scenario = {
    format: 'tcplab-scenario/1',
    hosts: [
      { name: 'client', address: '10.0.0.1' },
      { name: 'server', address: '10.0.0.2' },
      { name: 'dead', address: '10.0.0.3' },
    ],
    script: [
      { at: '0s', host: 'client', do: 'socket', as: 'fresh' },
      { at: '0s', host: 'server', do: 'socket', as: 'bound' },
      { at: '0s', host: 'server', do: 'bind', socket: 'bound', port: 80 },
      { at: '0s', host: 'dead', do: 'crash' },
    ],
  };
  await page.locator('input[type=file]').setInputFiles(file('sockets.json', JSON.stringify(scenario)));
  await expect(slider(page)).toHaveValue('0');
  const dock = page.getByRole('region', { name: 'Act' });
  await forwardUntil(page, async () => (await dock.getByText('This host is down').count()) === 1);
  await expect(dock.locator('.row')).toHaveText([/CLOSED.*\*/s, /CLOSED.*80/s]);
  await expect(dock.getByRole('button', { name: /New socket on/ })).toHaveText([/on client$/, /on server$/]);
  await dock.getByRole('button', { name: 'listen', exact: true }).click();
  await expect(dock.locator('.state')).toHaveText(['CLOSED', 'LISTEN']);
  await dock.getByRole('region', { name: 'client' }).getByRole('button', { name: 'connect', exact: true }).click();
  await expect(dock.locator('.state').first()).toHaveText('SYN_SENT');
  await expect(page.locator('.refusal')).toHaveCount(0);
});

/** Without TIME_WAIT an old segment comes to a new connection: from then on both ends say the same, for ever. */
async function openEcho(page: Page): Promise<void> {
  const { exercise } = await engine.exercise(exerciseText('06-explain-time-wait.json'), 7);
  const asked = exercise.questions[0]?.parts?.find(({ id }) => id === 'old-data') as unknown as { scenario: string };
  const scenario = JSON.parse(asked.scenario) as { script: object[] };
  // The exercise's run ends soon after it has shown what it should.
  const script = [...scenario.script, { at: '301ms', do: 'duplicate', segment: 4, by: '4s' }];
  await openText(page, 'echo', JSON.stringify({ ...scenario, limits: undefined, script }));
}

test('what two ends say again and again is one band that hardly grows, and opens into its segments', async ({
  page,
}) => {
  test.setTimeout(120_000);
  await openEcho(page);
  const echo = page.locator('.echo');
  const height = () => page.locator('.diagram .sheet').evaluate((each) => each.getBoundingClientRect().height);
  await forwardUntil(page, async () => (await echo.count()) === 1, 'key');
  const before = await height();
  for (let i = 0; i < 20; i++) await forward(page, 'key');
  await expect.poll(() => height()).toBeLessThan(before + 60);
  await expect(echo).toContainText(/\d+ × ACK back and forth/);
  await expect(echo).toHaveAttribute(
    'aria-label',
    /^\d+ × ACK back and forth between (client|server) and (client|server), from \d+\.\d+ s to \d+\.\d+ s\. Shows each of them\.$/,
  );
  const single = await page.locator('.arrow').count();
  await echo.press('Enter');
  await expect(echo).toHaveCount(0);
  await expect.poll(() => height()).toBeGreaterThan(before + 1000);
  await page.getByRole('button', { name: /^Show as one: \d+ × ACK back and forth/ }).press('Enter');
  await expect(echo).toHaveCount(1);
  await expect(page.locator('.arrow')).toHaveCount(single);
});

test('two floods of like segments have names of their own', async ({ page }) => {
  test.setTimeout(120_000);
  await page.setViewportSize({ width: 1920, height: 1080 });
  const script: object[] = [
    { at: '0s', host: 'server', do: 'listen', port: 80, backlog: 40 },
    ...['1ms', '120ms'].flatMap((at, wave) =>
      Array.from({ length: 6 }, (_, i) => ({
        at,
        host: 'client',
        do: 'connect',
        to: 'server:80',
        port: 40000 + 10 * wave + i,
        as: `c${wave}${i}`,
      })),
    ),
  ];
  const hosts = [
    { name: 'client', address: '10.0.0.1' },
    { name: 'server', address: '10.0.0.2' },
  ];
  await openText(page, 'floods', JSON.stringify({ format: 'tcplab-scenario/1', hosts, script }));
  const floods = page.locator('.burst[aria-label*="6 segments SYN, client to server"]');
  await forwardUntil(page, async () => (await floods.count()) === 2, 'key');
  await expect(floods.first()).toHaveAttribute('aria-label', /:40000 … :40005, from 1 ms to 1 ms/);
  const names = await page.locator('.burst').evaluateAll((all) => all.map((each) => each.getAttribute('aria-label')));
  expect(new Set(names).size).toBe(names.length);
  // What is written on them tells them apart as well.
  for (const ports of [':40000 … :40005', ':40010 … :40015'])
    await expect(page.locator('.diagram .scroller svg:has(line.now)')).toContainText(ports);
});
