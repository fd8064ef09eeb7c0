/** In little room or with long texts: what is new is in view, and nothing overflows its box or breaks inside a word. */
import type { Locator, Page } from '@playwright/test';
import {
  eventTexts,
  expect,
  file,
  fill,
  forward,
  forwardUntil,
  openLab,
  openText,
  openWorld,
  sayYes,
  settled,
  slider,
  test,
} from './page.ts';

const narrow = { width: 360, height: 740 };
const wide = { width: 1440, height: 900 };
/** No digits alone: those are a number of bytes. */
const long = 'abcdefghij'.repeat(9);

/** Elements that overflow a box which cannot be scrolled sideways. */
const outOf = (box: Locator): Promise<string[]> =>
  box.evaluate((whole) => {
    const right = whole.getBoundingClientRect().right + 0.5;
    const shut = (each: Element | null): boolean =>
      each !== null && each !== whole && (getComputedStyle(each).overflowX !== 'visible' || shut(each.parentElement));
    const seen = [...whole.querySelectorAll('*')].filter((each) => !shut(each.parentElement));
    return seen
      .filter((each) => each.getBoundingClientRect().right > right)
      .map((each) => `${each.tagName} ${each.textContent}`);
  });

/** Opens a tab's panel, unless it is open: choosing the tab again would close it. */
async function openTab(page: Page, name: string): Promise<void> {
  const tab = page.getByRole('tab', { name, exact: true });
  if ((await tab.getAttribute('aria-selected')) !== 'true') await tab.click();
}

/** Buttons with a short text that still wraps onto several lines. */
const brokenButtons = (page: Page): Promise<string[]> =>
  page.locator('button:visible, .button:visible').evaluateAll((all) =>
    all
      .filter((each) => (each.textContent ?? '').trim().length <= 4)
      .filter((each) => {
        const range = document.createRange();
        range.selectNodeContents(each);
        const tops = [...range.getClientRects()]
          .filter(({ width }) => width > 1)
          .map(({ top, bottom }) => (top + bottom) / 2);
        return Math.max(...tops) - Math.min(...tops) > 12;
      })
      .map((each) => each.textContent ?? ''),
  );

test('360 px: the next question begins in sight after a long one', async ({ page }) => {
  await page.setViewportSize(narrow);
  await page.goto('#/practise/02-third-ack-and-first-data?seed=7');
  const task = (await page.locator('details p').first().textContent()) ?? '';
  const [client, server] = [...task.matchAll(/\d{4,}/g)].map(([text]) => Number(text));
  await fill(page, (client ?? 0) + 1, (server ?? 0) + 1);
  await page.getByRole('button', { name: 'Check' }).click();
  await expect(page.locator('.verdict.right')).toBeVisible();
  await page.locator('.panel.task').evaluate((each) => each.scrollTo(0, each.scrollHeight));
  await page.getByRole('button', { name: 'Go on' }).click();
  await expect(page.locator('form h2')).toBeFocused();
  await expect(page.locator('form .text > :first-child')).toBeInViewport({ ratio: 1 });
});

/** Five hours of silence, and then a segment to a host that has forgotten the connection. */
const late = JSON.stringify({
  format: 'tcplab-scenario/1',
  profile: 'rfc9293',
  hosts: [
    { name: 'client', address: '10.0.0.1' },
    { name: 'server', address: '10.0.0.2' },
  ],
  network: { delay: '50ms' },
  script: [
    { at: '0', host: 'server', do: 'listen', port: 80 },
    { at: '10ms', host: 'client', do: 'connect', to: 'server:80' },
    { at: '1s', host: 'client', do: 'crash' },
    { at: '20s', host: 'client', do: 'reboot' },
    { at: '5h', host: 'server', do: 'send', socket: 'accepted', text: 'still there?' },
  ],
});

for (const size of [narrow, wide]) {
  test(`${size.width} px: moments that lie close together after hours read differently, wherever time is told`, async ({
    page,
  }) => {
    await page.setViewportSize(size);
    await openText(page, 'late', late);
    await forwardUntil(
      page,
      async () => (await slider(page).getAttribute('aria-valuetext'))?.includes('5 h 0.1 s') === true,
      'key',
    );
    await expect(page.locator('g.now text')).toHaveText('5 h 0.1 s');
    const texts = (await eventTexts(page)).filter((text) => text.startsWith('5 h'));
    const told = new Set(texts.map((text) => /^5 h( 0\.\d+ s)?/.exec(text)?.[0]));
    expect([...told]).toEqual(['5 h', '5 h 0.05 s', '5 h 0.1 s']);
    const times = page.locator('.panel.events .time');
    const cut = await times.evaluateAll((all) =>
      all.filter((each) => each.scrollWidth > each.clientWidth).map((each) => each.textContent),
    );
    expect(cut).toEqual([]);
    const right = await times.evaluateAll((all) => all.map((each) => Math.round(each.getBoundingClientRect().right)));
    expect(new Set(right).size).toBe(1);
    await expect.poll(() => outOf(page.locator('.panel.events'))).toEqual([]);
    await openTab(page, 'Why');
    await expect(page.locator('.why .what button')).toContainText('5 h 0.1 s');
    const axis = await page.locator('svg text.time').allTextContents();
    expect(new Set(axis).size).toBe(axis.length);
    if (size === wide) expect(axis).toContain('5 h 0.05 s');
  });

  test(`${size.width} px: each question and the result begin where the reader looks`, async ({ page }) => {
    await page.setViewportSize(size);
    await page.goto('#/practise/04-who-holds-time-wait?seed=7');
    const scroller = page.locator(size === narrow ? '.panel.task' : '.side.left');
    const bottom = () => scroller.evaluate((each) => each.scrollTo(0, each.scrollHeight));
    for (const last of [false, false, true]) {
      await page.getByRole('checkbox', { name: 'none of them' }).check();
      await page.getByRole('button', { name: 'Check' }).click();
      await page.getByRole('button', { name: 'Show the answer' }).click();
      await expect(page.locator('.verdict.shown')).toBeVisible();
      await bottom();
      await page.getByRole('button', { name: last ? 'See the result' : 'Go on' }).click();
      const heading = last ? page.getByRole('heading', { name: 'Finished' }) : page.locator('form h2');
      await expect(heading).toBeFocused();
      await expect(page.locator(last ? '.score' : 'form .text')).toBeInViewport();
      const [top, from] = await Promise.all([heading.boundingBox(), scroller.boundingBox()]);
      expect((top?.y ?? 0) - (from?.y ?? 0)).toBeGreaterThanOrEqual(0);
    }
  });

  test(`${size.width} px: long data without a blank stays within every panel`, async ({ page }) => {
    await page.setViewportSize(size);
    await openLab(page);
    if (size === narrow) await page.getByRole('tab', { name: 'Act' }).click();
    const host = page.locator('.dock section.host').first();
    await host
      .locator('form', { has: page.getByRole('button', { name: 'send' }) })
      .getByRole('textbox')
      .fill(long);
    await host.getByRole('button', { name: 'send' }).first().click();
    await settled(page);
    for (let i = 0; i < 3; i++) await forward(page);
    for (const name of size === narrow ? ['Act', 'States', 'Why', 'Events'] : ['Why', 'Sockets', 'Events']) {
      await openTab(page, name);
      await expect.poll(() => outOf(page.getByRole('tabpanel')), name).toEqual([]);
    }
    await openTab(page, 'Events');
    // The event that delivers the data to the application, and everything that names it as a cause or an effect.
    const given = page.locator('.panel.events li', { hasText: long });
    const place = Number(await given.first().getAttribute('aria-posinset'));
    for (const at of [place - 1, place, place + 1]) {
      await openTab(page, 'Events');
      await page.locator(`.panel.events li[aria-posinset="${at}"] button`).click();
      await openTab(page, 'Why');
      for (const each of await page.getByRole('tabpanel').locator('details:not([open]) > summary').all())
        await each.click();
      await expect.poll(() => outOf(page.getByRole('tabpanel')), `event ${at}`).toEqual([]);
    }
  });
}

test('360 px: what opens above the dock holds what it has', async ({ page }) => {
  await page.setViewportSize(narrow);
  await openWorld(page, 'blind-reset');
  await page.getByRole('tab', { name: 'Act' }).click();
  const buttons = page.locator('.host button[popovertarget]');
  for (const button of await buttons.all()) {
    await button.click();
    const sheet = page.locator('[popover]:popover-open');
    await expect(sheet.locator('.loading')).toHaveCount(0);
    await expect.poll(() => outOf(sheet)).toEqual([]);
    const box = await sheet.boundingBox();
    expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(narrow.width);
    await page.keyboard.press('Escape');
  }
});

for (const lang of ['en', 'zh'])
  test(`360 px: on a second try the branches take one row, and the diagram keeps its room (${lang})`, async ({
    page,
  }) => {
    await page.setViewportSize(narrow);
    await page.goto(`./?lang=${lang}#/practise/05-both-in-closing?seed=11`);
    await sayYes(page);
    await page.getByRole('tab', { name: /^(Act|操作)$/ }).click();
    const close = (host: string) =>
      page.locator('.dock').getByRole('region', { name: host }).getByRole('button', { name: 'close', exact: true });
    await close('client').click();
    await page.getByRole('tab', { name: /^(Task|题目|任务)$/ }).click();
    await page.locator('form button.primary').click();
    await page.locator('.verdict button.primary').click();
    await page.getByRole('tab', { name: /^(Act|操作)$/ }).click();
    await close('server').click();
    await expect(page.locator('.branches p')).toBeVisible();
    const { height = 0 } = (await page.locator('.branches').boundingBox()) ?? {};
    expect(height).toBeLessThanOrEqual(52);
    const diagram = await page.locator('.diagram .scroller').boundingBox();
    expect(diagram?.height ?? 0).toBeGreaterThanOrEqual(240);
  });

test('360 px: the words of what has happened are not cut by the lower edge of the diagram', async ({ page }) => {
  await page.setViewportSize(narrow);
  await page.goto('#/practise/05-both-in-closing?seed=11');
  await sayYes(page);
  await page.getByRole('tab', { name: 'Act' }).click();
  await page
    .locator('.dock')
    .getByRole('region', { name: 'client' })
    .getByRole('button', { name: 'close', exact: true })
    .click();
  await expect(page.locator('.dock .count')).toHaveText('1');
  const beyond = () =>
    page.locator('.diagram .scroller').evaluate((scroller) => {
      const { bottom } = scroller.getBoundingClientRect();
      const words = [...scroller.querySelectorAll('svg text:not(.time)')].filter(
        (text) => text.closest('.future') === null && text.getBoundingClientRect().bottom > bottom + 1,
      );
      return words.map((text) => text.textContent);
    });
  for (let i = 0; i < 8; i++) {
    await expect.poll(beyond).toEqual([]);
    if (!(await forward(page))) break;
  }
});

test('360 px, zh: a button never breaks within a word', async ({ page }) => {
  await page.setViewportSize(narrow);
  await page.goto('./?lang=zh#/practise/05-both-in-closing?seed=3');
  await sayYes(page);
  const check = page.getByRole('button', { name: '检查' });
  await expect(check).toBeVisible();
  await expect.poll(() => brokenButtons(page)).toEqual([]);
  await page.getByRole('tab', { name: '操作' }).click();
  await page.getByRole('button', { name: 'close', exact: true }).first().click();
  await expect.poll(() => brokenButtons(page)).toEqual([]);
  await page.getByRole('tab', { name: '题目' }).click();
  await check.click();
  await expect(page.locator('.verdict')).toBeVisible();
  await expect.poll(() => brokenButtons(page)).toEqual([]);
  await page.getByRole('button', { name: '再试一次' }).click();
  await expect(check).toBeVisible();
  await expect.poll(() => brokenButtons(page)).toEqual([]);
});

test('360 px: beneath what is wrong with a file the diagram is still seen', async ({ page }) => {
  await page.setViewportSize(narrow);
  await openLab(page);
  const wrong = Object.fromEntries(['a', 'version', 'b', 'c'].map((key) => [key, 1]));
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles(file('wrong.json', JSON.stringify(wrong)));
  const refusal = page.locator('.refusal');
  await expect(refusal).toBeVisible();
  const [picture, told, timeline] = await Promise.all([
    page.locator('.middle > .picture').boundingBox(),
    refusal.boundingBox(),
    page.locator('.timeline').boundingBox(),
  ]);
  expect(picture?.height).toBeGreaterThanOrEqual(120);
  expect(picture?.y).toBeGreaterThanOrEqual((told?.y ?? 0) + (told?.height ?? 0) - 0.5);
  expect(timeline?.y).toBeGreaterThanOrEqual((picture?.y ?? 0) + (picture?.height ?? 0) - 0.5);
  // The rest of it is read by scrolling, under a heading that stays.
  await refusal.locator('li').last().scrollIntoViewIfNeeded();
  await expect(refusal.locator('li').last()).toBeInViewport();
  await expect(refusal.locator('strong')).toBeInViewport();
});

for (const lang of ['en', 'zh']) {
  test(`state diagram, ${lang}: no word lies under a mark or on another word`, async ({ page }) => {
    await page.setViewportSize(wide);
    await page.goto(`./?lang=${lang}#/lab`);
    await expect(page.locator('.arrow').first()).toBeVisible();
    await page.getByRole('button', { name: /To the beginning|回到开头/ }).click();
    do {
      // The marks glide to their places.
      await page.waitForTimeout(80);
      const hidden = await page.locator('.states svg.picture').evaluate((picture) => {
        const boxOf = (each: Element) => each.getBoundingClientRect();
        const apart = (a: DOMRect, b: DOMRect) =>
          a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;
        const lines = [...picture.querySelectorAll('.words')].map((words) => [...words.querySelectorAll('tspan')]);
        const marks = [...picture.querySelectorAll('.token path')];
        return lines.flatMap((words, i) => {
          const others = [...marks, ...lines.slice(i + 1).flat()];
          return words
            .filter((each) => others.some((other) => !apart(boxOf(each), boxOf(other))))
            .map((each) => each.textContent);
        });
      });
      expect(hidden).toEqual([]);
    } while (await forward(page));
  });
}

test('help names the states of each kind of band, and the bands are drawn so', async ({ page }) => {
  await page.setViewportSize(wide);
  await openWorld(page, 'handshake-data-close');
  while (await forward(page));
  const drawn = await page
    .locator('.band')
    .evaluateAll((all) => [...new Set(all.flatMap((each) => [...each.classList]))]);
  expect(drawn).toEqual(expect.arrayContaining(['hatched', 'pale', 'solid']));
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toContainText('these states: SYN_SENT, SYN_RCVD, TIME_WAIT, LAST_ACK.');
  await expect(page.getByRole('dialog')).toContainText('A pale band is FIN_WAIT_2.');
});

/** How much of a host name in the diagram's head is covered by a sign that there are more hosts. */
const underSigns = (page: Page) =>
  page.evaluate(() => {
    const view = document.querySelector('.diagram .scroller')?.getBoundingClientRect();
    const hosts = [...document.querySelectorAll('.diagram .host')];
    return [...document.querySelectorAll('.diagram .more.there')].flatMap((sign) => {
      const { left, right } = sign.getBoundingClientRect();
      return (
        hosts
          .map((host) => ({ name: host.textContent, box: host.getBoundingClientRect() }))
          // A name that is far out has scrolled away with its lifeline.
          .filter(
            ({ box }) =>
              view && (box.left + box.right) / 2 > view.left + 40 && (box.left + box.right) / 2 < view.right - 40,
          )
          .filter(({ box }) => box.right > left + 1 && box.left < right - 1)
          .map(({ name }) => `${name} under ${sign.textContent}`)
      );
    });
  });

for (const [width, height] of [
  [360, 740],
  [900, 900],
  [1440, 900],
] as const) {
  test(`${width} px: no sign that the hosts go on covers a name`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    let signs = 0;
    for (const world of ['two-clients', 'syn-cookies', 'syn-retries-by-profile']) {
      await openWorld(page, world);
      for (let i = 0; i < 12 && (await forward(page, 'key')); i++) {
        await expect.poll(() => underSigns(page)).toEqual([]);
        signs += await page.locator('.diagram .more.there').count();
      }
    }
    expect(signs).toBeGreaterThan(5);
  });
}

test('900 px: at the end of a run what is chosen in the corners covers no word of its last event', async ({ page }) => {
  await page.setViewportSize({ width: 900, height: 900 });
  await openWorld(page, 'syn-retries-by-profile');
  while (await forward(page, 'key'));
  const covered = () =>
    page.evaluate(() => {
      const boxOf = (each: Element) => each.getBoundingClientRect();
      const corners = [...document.querySelectorAll('.diagram :is(.choices, .corner)')].map(boxOf);
      return [...document.querySelectorAll('.diagram svg text')]
        .filter((text) =>
          corners.some((a) => {
            const b = boxOf(text);
            return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
          }),
        )
        .map((text) => text.textContent);
    });
  await expect(page.locator('.diagram text', { hasText: 'ETIMEDOUT' }).first()).toBeVisible();
  await expect.poll(covered).toEqual([]);
});

for (const width of [360, 768]) {
  test(`${width} px: what is said of an edge comes into sight when the edge is chosen`, async ({ page }) => {
    await page.setViewportSize({ width, height: width === 360 ? 740 : 1024 });
    await openLab(page);
    await page.getByRole('tab', { name: 'States' }).click();
    await page.locator('.edge.trail').first().press('Enter');
    await expect(page.locator('.states .card')).toBeInViewport({ ratio: 0.99 });
  });
}

test('768 px: a refused file takes nothing from the panel beneath the diagram', async ({ page }) => {
  await page.setViewportSize({ width: 768, height: 1024 });
  await openLab(page);
  const panel = page.getByRole('tabpanel');
  const before = await panel.boundingBox();
  await page.locator('input[type=file]').first().setInputFiles(file('wrong.json', '{"a": 1}'));
  await expect(page.locator('.refusal')).toBeVisible();
  await expect.poll(() => panel.boundingBox()).toEqual(before);
  expect(before?.height).toBeGreaterThan(400);
});

test('360 px: two answers to a question stand above the bar that hands in, below a diagram that is still seen', async ({
  page,
}) => {
  await page.setViewportSize(narrow);
  await page.goto('#/practise/01-handshake-states?seed=12');
  await page.getByRole('group', { name: 'State of client' }).getByRole('radio', { name: 'SYN_SENT' }).check();
  await page.getByRole('group', { name: 'State of server' }).getByRole('radio', { name: 'LISTEN' }).check();
  await page.getByRole('button', { name: 'Check' }).click();
  await page.getByRole('button', { name: 'Go on' }).click();
  await expect(page.locator('form h2')).toBeFocused();
  await expect(page.locator('form .text')).toBeInViewport({ ratio: 1 });
  const bar = await page.locator('form .hand-in').boundingBox();
  const options = await page
    .locator('form label')
    .evaluateAll((all) => all.map((each) => each.getBoundingClientRect().bottom));
  expect(options.filter((bottom) => bottom <= (bar?.y ?? 0)).length).toBeGreaterThanOrEqual(2);
  expect((await page.locator('.middle .picture').first().boundingBox())?.height).toBeGreaterThanOrEqual(136);
});

test('360 px: a question has more room than the diagram, and all of it when the diagram is put away', async ({
  page,
}) => {
  await page.setViewportSize(narrow);
  await page.goto('#/practise/02-third-ack-and-first-data?seed=7');
  const panel = page.getByRole('tabpanel');
  const height = async () => (await panel.boundingBox())?.height ?? 0;
  await expect(page.locator('.arrow').first()).toBeVisible();
  // Below the bar of 52 px and the row of tabs there are some 640 px.
  await expect.poll(() => height()).toBeGreaterThanOrEqual(420);
  await page.getByRole('button', { name: 'Put the diagram away' }).press('Enter');
  await expect.poll(() => height()).toBeGreaterThanOrEqual(630);
  await expect(page.locator('.arrow')).toHaveCount(0);
  for (const label of [/^seq /, /^ack /, /^len /]) {
    await page.getByLabel(label).focus();
    await expect(page.locator('form .text')).toBeInViewport({ ratio: 1 });
  }
  const show = page.getByRole('button', { name: 'Show the diagram' });
  await show.press('Enter');
  await expect(page.locator('.arrow').first()).toBeInViewport();
  await expect(page.getByRole('button', { name: 'Put the diagram away' })).toBeFocused();
});

test('numbers of ten digits under the row of sequence numbers keep apart', async ({ page }) => {
  await page.setViewportSize(wide);
  await openWorld(page, 'wrap-around');
  while (await forward(page, 'key'));
  await page.locator('.arrow').first().click();
  const numbers = page.locator('.ruler .number');
  await expect(numbers.nth(0)).toHaveText(/^4294967290/);
  await expect(numbers.nth(1)).toHaveText(/^4294967291/);
  const [one, other] = await numbers.evaluateAll((all) =>
    all.map((each) => {
      const words = document.createRange();
      words.selectNodeContents(each);
      return words.getBoundingClientRect();
    }),
  );
  expect((other?.left ?? 0) - (one?.right ?? 0)).toBeGreaterThanOrEqual(6);
});

test('360 px: in the list of events a long time takes nothing from the words', async ({ page }) => {
  await page.setViewportSize(narrow);
  await openWorld(page, 'handshake-data-close');
  while (await forward(page, 'key'));
  await page.getByRole('tab', { name: 'Events' }).click();
  const rows = page.locator('.panel.events li');
  await expect(rows.last()).toContainText(/\d min \d+\.\d+ s/);
  const shares = await rows.evaluateAll((all) =>
    all.map((row) => {
      const text = row.querySelector<HTMLElement>('.text') as HTMLElement;
      const time = row.querySelector<HTMLElement>('.time') as HTMLElement;
      const [words, digits, box] = [text, time, row].map((each) => each.getBoundingClientRect()) as [
        DOMRect,
        DOMRect,
        DOMRect,
      ];
      return {
        room: words.width / box.width,
        apart: digits.bottom <= words.top + 1,
        within: words.bottom <= box.bottom + 1 && digits.top >= box.top - 1,
      };
    }),
  );
  for (const row of shares) expect(row).toEqual({ room: expect.closeTo(0.95, 1), apart: true, within: true });
});
