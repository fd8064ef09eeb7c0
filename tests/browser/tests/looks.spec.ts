/** Readable for everybody: no violation that axe finds, no sideways scrolling, in either colour and language. */
import type { Page } from '@playwright/test';
import { expect, fill, forward, openLab, openWorld, test } from './page.ts';
import { expectAccessible, expectNoSidewaysScroll, expectRoomForAThumb } from './readable.ts';

async function answerWrongly(page: Page): Promise<void> {
  await page.locator('fieldset').nth(0).getByRole('radio').nth(3).check();
  await page.locator('fieldset').nth(1).getByRole('radio').nth(3).check();
  await page.locator('form button.primary').click();
  await expect(page.locator('.verdict')).toBeVisible();
}

const question = '#/practise/01-handshake-states?seed=7';

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`accessible, ${colorScheme}`, () => {
    test.use({ colorScheme });

    test('home', async ({ page }) => {
      await page.goto('./');
      await expect(page.locator('.arrow').first()).toBeVisible();
      await expectAccessible(page);
    });

    test('lab', async ({ page }) => {
      await openLab(page);
      await expectAccessible(page);
    });

    test('list and question', async ({ page }) => {
      await page.goto('#/practise');
      await expect(page.getByRole('link', { name: 'States through the handshake' })).toBeVisible();
      await expectAccessible(page);
      await page.goto(question);
      await expect(page.locator('form')).toBeVisible();
      await expectAccessible(page);
    });

    test('verdict', async ({ page }) => {
      await page.goto(question);
      await answerWrongly(page);
      await expectAccessible(page);
    });
  });
}

for (const lang of ['en', 'zh']) {
  test(`360 px, ${lang}: everything within the width, and within reach of a thumb`, async ({ page }) => {
    await page.setViewportSize({ width: 360, height: 740 });
    for (const view of [
      '#/',
      '#/lab',
      '#/practise',
      '#/practise/05-both-in-closing?seed=3',
      '#/practise/06-explain-time-wait?seed=3',
    ]) {
      await page.goto('about:blank');
      await page.goto(`./?lang=${lang}${view}`);
      await expect(page.locator('.workspace, .page')).toBeVisible();
      await expectNoSidewaysScroll(page);
    }
    await page.goto('about:blank');
    await page.goto(`./?lang=${lang}${question}`);
    await expect(page.locator('form')).toBeVisible();
    await answerWrongly(page);
    await expectNoSidewaysScroll(page);
    await expect(page.locator('.verdict .primary')).toBeInViewport();
    await page.getByRole('tab').nth(1).click();
    await expect(page.locator('.panel.states')).toBeVisible();
    await expectNoSidewaysScroll(page);
  });
}

test.describe('with a finger', () => {
  test.use({ hasTouch: true, isMobile: true, viewport: { width: 360, height: 740 } });

  const places = { '#/lab': '.arrow', '#/practise': 'li a', '#/practise/02-third-ack-and-first-data?seed=3': 'form' };
  for (const [address, there] of Object.entries(places)) {
    test(`whatever can be touched is 44 px broad and high: ${address}`, async ({ page }) => {
      await page.goto(address);
      await expect(page.locator(there).first()).toBeVisible();
      await expectRoomForAThumb(page);
    });
  }
});

for (const [width, height] of [
  [1440, 900],
  [360, 740],
] as const) {
  test(`what has the focus does not hide under a bar, at ${width} px`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await page.goto('#/practise/02-third-ack-and-first-data?seed=3');
    await expect(page.locator('form')).toBeVisible();
    const hidden: string[] = [];
    for (let i = 0; i < 60; i++) {
      await page.keyboard.press('Tab');
      const covered = await page.evaluate(() => {
        const active = document.activeElement;
        const bar = document.querySelector('.hand-in');
        if (!active || !bar || active === document.body || bar.contains(active) || active.contains(bar)) return '';
        const one = active.getBoundingClientRect();
        const two = bar.getBoundingClientRect();
        const beside = one.right <= two.left || one.left >= two.right;
        const apart = one.bottom <= two.top + 2 || one.top >= two.bottom - 2;
        return beside || apart ? '' : `${active.tagName} ${active.textContent?.trim().slice(0, 30) ?? ''}`;
      });
      if (covered !== '') hidden.push(covered);
    }
    expect(hidden).toEqual([]);
  });
}

test('at 1440 x 900 the calls stand still and in sight while segments come and go, and the state diagram is whole', async ({
  page,
}) => {
  await openLab(page);
  const places = () =>
    page.evaluate(() =>
      [...document.querySelectorAll('.dock .hosts, .dock .buttons, .map svg.picture')].map((each) => {
        const { x, y, width, height } = each.getBoundingClientRect();
        return { x, y, width, height, within: y >= 0 && y + height <= window.innerHeight };
      }),
    );
  // The parts around the diagram are added after it.
  await expect.poll(async () => (await places()).length).toBe(3);
  const before = await places();
  expect(before.every(({ within }) => within)).toBe(true);
  for (let i = 0; i < 10; i++) {
    await forward(page);
    await expect.poll(() => places()).toEqual(before);
  }
});

for (const [width, height] of [
  [1440, 900],
  [900, 900],
  [360, 740],
] as const) {
  test(`in free play nothing that has the focus is covered, at ${width} px`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await openLab(page);
    const covered: string[] = [];
    for (let i = 0; i < 70; i++) {
      await page.keyboard.press('Tab');
      const hidden = await page.evaluate(() => {
        const active = document.activeElement;
        if (!active || active === document.body || active.matches('.skip')) return '';
        const { left, top, right, bottom } = active.getBoundingClientRect();
        const name = active.getAttribute('aria-label') ?? active.textContent?.trim() ?? '';
        if (bottom <= 0 || top >= window.innerHeight || right <= 0 || left >= window.innerWidth)
          return `out of sight: ${name}`;
        // Lines of a drawing may cross each other, but host names must not cover them.
        const bar = document.querySelector('.diagram .hosts')?.getBoundingClientRect();
        if (active instanceof SVGElement)
          return active.closest('.diagram') && bar && bottom < bar.bottom ? `under the names: ${name}` : '';
        const at = document.elementFromPoint(
          Math.min(right - 1, (left + right) / 2),
          Math.min(window.innerHeight - 1, (Math.max(0, top) + bottom) / 2),
        );
        return at && (active.contains(at) || at.contains(active)) ? '' : `${name} under ${at?.className ?? 'nothing'}`;
      });
      if (hidden !== '') covered.push(hidden);
    }
    expect(covered).toEqual([]);
  });
}

test('at 360 px the state diagram stays legible when an edge tells its events', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await openLab(page);
  await page.getByRole('tab', { name: 'States' }).click();
  await page.locator('.edge.trail').first().press('Enter');
  await expect(page.locator('.states .card')).toBeVisible();
  expect((await page.locator('.states svg.picture').boundingBox())?.height).toBeGreaterThanOrEqual(260);
});

/** Lines of text in a card that, once scrolled to, still stand under its bar of buttons. */
const underTheBar = (page: Page, card: string, bar: string) =>
  page.evaluate(
    ([inside, buttons]) => {
      const bar = document.querySelector(`${inside} ${buttons}`);
      return [...document.querySelectorAll(`${inside} :is(p, dd, h2, h3, h4, legend, label)`)]
        .filter((line) => line.checkVisibility() && !line.classList.contains('unseen') && !bar?.contains(line))
        .filter((line) => {
          line.scrollIntoView({ block: 'nearest' });
          return (
            bar &&
            line.getBoundingClientRect().bottom > bar.getBoundingClientRect().top + 1 &&
            line.getBoundingClientRect().height < 150
          );
        })
        .map((line) => line.textContent?.trim().slice(0, 40));
    },
    [card, bar],
  );

for (const lang of ['en', 'zh']) {
  test(`360 px, ${lang}: every line of a question and of a verdict can be scrolled clear of the buttons`, async ({
    page,
  }) => {
    await page.setViewportSize({ width: 360, height: 740 });
    await page.goto(`./?lang=${lang}${question}`);
    await expect(page.locator('form')).toBeVisible();
    await expect.poll(() => underTheBar(page, 'form', '.hand-in')).toEqual([]);
    for (const again of [true, false]) {
      await answerWrongly(page);
      await expect.poll(() => underTheBar(page, '.verdict', '.actions')).toEqual([]);
      if (again) await page.locator('.verdict .primary').click();
    }
  });
}

test('360 px: what lies beyond the edge of the diagram is announced there, and comes into sight when it happens', async ({
  page,
}) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await openWorld(page, 'syn-cookies');
  const seen: boolean[] = [];
  for (let i = 0; i < 12 && (await forward(page, 'key')); i++) {
    const signs = () =>
      page.evaluate(() => {
        const scroller = document.querySelector('.diagram .scroller') as HTMLElement;
        const there = (side: string) =>
          document.querySelector(`.diagram .more.${side}`)?.classList.contains('there') ?? false;
        const after = scroller.scrollLeft + scroller.clientWidth < scroller.scrollWidth - 2;
        return there('before') === scroller.scrollLeft > 2 && there('after') === after;
      });
    await expect.poll(signs).toBe(true);
    seen.push(await page.locator('.diagram .scroller').evaluate((each) => each.scrollLeft > 2));
  }
  // The third host's segments were on show, and the first one's.
  expect(new Set(seen)).toEqual(new Set([true, false]));
});

test('360 px: the diagram is never drawn broader than its place, alone or as one of two runs', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.addInitScript(() => {
    const wide: string[] = [];
    Object.assign(window, { wide });
    const tell = (width: string | null) => Number(width) > 360 && wide.push(`${width} px`);
    // The old values contain what was first drawn.
    const drawn = new MutationObserver((changes) => {
      for (const { target, oldValue } of changes)
        if (target instanceof SVGElement && target.closest('.diagram')) tell(oldValue);
      for (const svg of document.querySelectorAll('.diagram .scroller svg[width]')) tell(svg.getAttribute('width'));
    });
    drawn.observe(document, { subtree: true, childList: true, attributeFilter: ['width'], attributeOldValue: true });
  });
  const wide = () => page.evaluate(() => (window as unknown as { wide: string[] }).wide);
  await openLab(page);
  await forward(page);
  await page.reload();
  await expect(page.locator('.arrow').first()).toBeVisible();
  await expect.poll(() => wide()).toEqual([]);
  await page.goto('#/practise/02-third-ack-and-first-data?seed=7');
  await expect(page.locator('form')).toBeVisible();
  const [client, server] = [...((await page.locator('details p').first().textContent()) ?? '').matchAll(/\d{4,}/g)].map(
    ([digits]) => Number(digits),
  );
  await fill(page, client as number, server as number);
  await page.locator('form button.primary').click();
  await page.getByRole('button', { name: 'Show the answer' }).click();
  await expect(page.locator('.diagram')).toHaveCount(2);
  await expect.poll(() => wide()).toEqual([]);
});
