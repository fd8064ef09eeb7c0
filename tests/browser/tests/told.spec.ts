/** Explanations are shown where they are needed, for pointer, touch and keyboard. */
import type { Locator, Page } from '@playwright/test';
import {
  eventTexts,
  exerciseText,
  expect,
  forward,
  forwardUntil,
  openLab,
  openText,
  openWorld,
  passClaim,
  sayYes,
  test,
} from './page.ts';

const phone = { width: 360, height: 740 };

async function predictWrongly(page: Page): Promise<void> {
  for (const host of ['client', 'server'])
    await page
      .getByRole('group', { name: `State of ${host}` })
      .getByRole('radio', { name: 'CLOSING' })
      .check();
  await page.getByRole('button', { name: 'Check' }).click();
  await expect(page.locator('.verdict')).toBeVisible();
}

test('the question is still there beside its verdict', async ({ page }) => {
  await page.goto('#/practise/01-handshake-states?seed=12');
  const question = (await page.locator('form .text').innerText()).trim();
  await predictWrongly(page);
  await expect(page.locator('.verdict')).toContainText(question);
  await expect(page.locator('.verdict').getByText(question)).toBeVisible();
});

test('on a phone the verdict comes first, and a touch shows its question', async ({ page }) => {
  await page.setViewportSize(phone);
  await page.goto('#/practise/01-handshake-states?seed=12');
  const question = (await page.locator('form .text').innerText()).trim();
  await predictWrongly(page);
  await expect(page.locator('.verdict').getByText(question)).toBeHidden();
  await page.locator('.verdict').getByText('The question', { exact: true }).click();
  await expect(page.locator('.verdict').getByText(question)).toBeVisible();
});

test('on a phone the diagram can be put away to read what a settled answer is told', async ({ page }) => {
  await page.setViewportSize(phone);
  await page.goto('#/practise/01-handshake-states?seed=12');
  await predictWrongly(page);
  await page.getByRole('button', { name: 'Show the answer' }).click();
  await page.getByRole('button', { name: 'Put the diagram away' }).click();
  await expect(page.locator('.arrow').first()).not.toBeInViewport();
  for (const name of ['Because', 'client', 'server'])
    await expect(page.locator('.verdict').getByRole('heading', { name, exact: true })).toBeInViewport({ ratio: 1 });
});

for (const [lang, said] of [
  [
    'en',
    'Nothing happens here by itself. Begin with a call: its button is at a host, on a narrow page under “Act”. Then let the run go on with “Play” or “One event forward”.',
  ],
  [
    'zh',
    '这里什么也不会自己发生。请先发起一次调用：按钮在主机旁，窄屏上在“操作”里。再用“播放”或“前进一个事件”让运行继续。',
  ],
] as const)
  test(`a build says how one comes to the moment at which to act (${lang})`, async ({ page }) => {
    await page.goto(`./?lang=${lang}#/practise/05-both-in-closing?seed=3`);
    await sayYes(page);
    await expect(page.locator('form').getByText(said)).toBeVisible();
  });

/** Rows whose text is cut off or overflows the row. */
const cutRows = (rows: Locator): Promise<string[]> =>
  rows.evaluateAll((all) =>
    all
      .filter((row) => {
        const text = row.querySelector<HTMLElement>('.text') as HTMLElement;
        const [words, box] = [text, row].map((each) => each.getBoundingClientRect()) as [DOMRect, DOMRect];
        const isWhole = text.scrollHeight <= text.clientHeight + 1 && text.scrollWidth <= text.clientWidth + 1;
        return !isWhole || words.bottom > box.bottom + 1 || words.top < box.top - 1;
      })
      .map((row) => row.textContent ?? ''),
  );

for (const size of [phone, { width: 768, height: 1024 }, { width: 1440, height: 900 }])
  for (const lang of ['en', 'zh'])
    test(`${size.width} px (${lang}): every event to pick is read whole`, async ({ page }) => {
      await page.setViewportSize(size);
      await page.goto(`./?lang=${lang}#/practise/06-explain-time-wait?seed=7`);
      await passClaim(page);
      const list = page.locator('form .list');
      const rows = list.locator('li button');
      const row = list.locator('li [aria-current="true"]');
      // No event is marked as current before the reader moves in the list: it would look like a picked one.
      await expect(list.locator('li [tabindex="0"]')).toHaveCount(1);
      await expect(row).toHaveCount(0);
      await list.locator('li [tabindex="0"]').focus();
      for (let i = 0; i < 4; i++) {
        await expect.poll(() => cutRows(rows)).toEqual([]);
        await page.keyboard.press('PageUp');
        await expect(row).toBeFocused();
        // The list has scrolled the focused row into view.
        const [here, frame] = await Promise.all([row, list.locator('.scroller')].map((each) => each.boundingBox()));
        expect(here?.y).toBeGreaterThanOrEqual((frame?.y ?? 0) - 1);
        expect((here?.y ?? 0) + (here?.height ?? 0)).toBeLessThanOrEqual((frame?.y ?? 0) + (frame?.height ?? 0) + 1);
      }
      await expect(page.locator('[data-place=events] li')).toHaveCount(0);
      // A picked row is bold, but must not need more room.
      await rows.first().click();
      await expect.poll(() => cutRows(rows)).toEqual([]);
    });

for (const width of [360, 768, 1440])
  for (const lang of ['en', 'zh'])
    test(`${width} px (${lang}): every event of a run is read whole`, async ({ page }) => {
      await page.setViewportSize({ width, height: 2400 });
      await openWorld(page, 'handshake-data-close', lang);
      while (await forward(page, 'key'));
      await eventTexts(page);
      const rows = page.locator('.panel.events li button');
      await expect.poll(() => rows.count()).toBeGreaterThan(30);
      await expect.poll(() => cutRows(rows)).toEqual([]);
    });

test('of a segment that was dropped, “Why” says what became of it', async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 2400 });
  await openLab(page);
  // Data is in flight.
  await forwardUntil(
    page,
    async () => (await page.getByRole('region', { name: 'In flight' }).getByText('len 5').count()) === 1,
  );
  await page.locator('.arrow[tabindex="0"]').first().press('Enter');
  await page.getByRole('dialog', { name: 'Network actions' }).getByRole('button', { name: 'Drop' }).click();
  const why = page.locator('section.why');
  await page.locator('.arrow.lost').first().click();
  await expect(why).toContainText('It does not reach server.');
  await expect(why).toContainText(/Its retransmission timer runs until 1\.\d+ s\./);
  await forwardUntil(page, async () => (await eventTexts(page)).some((text) => /sends .* again/.test(text)));
  await page.getByRole('tab', { name: 'Why' }).click();
  await page.locator('.arrow.lost').first().click();
  await expect(why).toContainText('Its sender has sent the same again:');
  await why.getByRole('button', { name: /sends .* again/ }).click();
  await expect(why.locator('.sentence')).toContainText(/sends .* again/);
});

test('who delays a segment is told how long it may be in flight, and why it is lost after that', async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 2400 });
  const scenario = JSON.parse(exerciseText('scenarios/handshake-data-close.json')) as { network: object };
  await openText(page, 'short', JSON.stringify({ ...scenario, network: { ...scenario.network, msl: '3s' } }));
  await forwardUntil(page, async () => (await page.locator('.arrow[tabindex="0"]').count()) > 0);
  await page.locator('.arrow[tabindex="0"]').first().press('Enter');
  const menu = page.getByRole('dialog', { name: 'Network actions' });
  await expect(menu).toContainText('at most one maximum segment lifetime (MSL), here 3 s');
  const by = menu.getByLabel('Delay by');
  await expect(by.locator('optgroup')).toHaveAttribute('label', 'In flight for at most 3 s (MSL)');
  await by.selectOption('5s');
  await menu.getByRole('button', { name: 'Delay' }).click();
  await expect(page.locator('.arrow.lost')).toHaveCount(1);
  // The reader selects the segment, not its loss; the reason for the loss is shown even so.
  const why = page.locator('section.why');
  await page.getByRole('tab', { name: 'Events' }).click();
  await page.locator('.panel.events li button', { hasText: 'client sends SYN' }).click();
  await page.getByRole('tab', { name: 'Why' }).click();
  await expect(why.locator('.sentence')).toContainText('client sends SYN');
  await expect(why).toContainText('would be in flight for longer, so the network drops it');
});

for (const [lang, told] of [
  ['en', 'It tells apart the connections of one host.'],
  ['zh', '用来区分同一台主机上的几条连接。'],
] as const)
  test(`the number after a state is explained to the pointer, to a finger and to the keyboard (${lang})`, async ({
    page,
  }) => {
    await page.setViewportSize({ width: 1440, height: 2400 });
    await openWorld(page, 'two-clients', lang);
    while (await forward(page, 'key'));
    const label = page.locator('svg text', { hasText: /^SYN_RCVD #\d+/ }).first();
    await expect(label.locator('title')).toContainText(told);
    await label.click();
    await expect(page.locator('section.why')).toContainText(told);
    await page.keyboard.press('Escape');
    await page.getByRole('tab', { name: /^(Events|事件)$/ }).click();
    await page
      .locator('.panel.events li button', { hasText: /SYN_RCVD/ })
      .last()
      .press('Enter');
    await page.getByRole('tab', { name: /^(Why|为什么)$/ }).click();
    await expect(page.locator('section.why')).toContainText(told);
    await page.keyboard.press('?');
    await expect(page.locator('dialog')).toContainText('#6');
  });

test('what solves a build stays untold at the result while it may be tried again', async ({ page }) => {
  await page.goto('#/practise/05-both-in-closing?seed=11');
  await sayYes(page);
  await expect(page.locator('.dock .state', { hasText: 'ESTABLISHED' })).toHaveCount(2);
  await page
    .getByRole('group', { name: 'Calls on socket' })
    .getByRole('button', { name: 'close', exact: true })
    .click();
  await page.getByRole('button', { name: 'Check', exact: true }).click();
  await page.locator('.verdict').getByRole('button', { name: 'See the result' }).click();
  await expect(page.getByText('1 question is not solved yet.')).toBeVisible();
  const solution = page.getByText('Each end sent its FIN before the FIN of the other end arrived.');
  await expect(solution).toHaveCount(0);
  await page.getByRole('button', { name: 'Show how it is solved' }).click();
  await expect(solution).toBeVisible();
});

test('what waits at a socket is told in words, to whoever asks for it with the keyboard', async ({ page }) => {
  await openLab(page);
  const client = page.locator('.dock section.host').first();
  const queues = client.getByRole('button', { name: 'What waits at socket' });
  await expect(queues).toHaveText(/Recv 0 Send 0/);
  await queues.focus();
  await page.keyboard.press('Enter');
  const told = client.getByRole('group', { name: 'What waits at socket' });
  await expect(told).toContainText('bytes that have arrived and that the application has not read');
  await expect(told).toContainText('bytes that the application has written and that are not sent yet');
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toContainText('Recv beside a socket counts bytes');
});
