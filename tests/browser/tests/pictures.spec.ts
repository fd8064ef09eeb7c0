/**
 * Every view, at five sizes, in both languages and colours, as pictures to be looked at: into the folder that
 * TCPLAB_PICTURES names. No test by itself; TCPLAB_PICTURES_OF limits it to views whose name has these words.
 */
import { mkdirSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expect, file, forward, openLab, openWorld, settled, test } from './page.ts';

const folder = process.env.TCPLAB_PICTURES ?? '';
const only = process.env.TCPLAB_PICTURES_OF ?? '';
const sizes = { 360: 740, 768: 1024, 900: 900, 1440: 900, 1920: 1080 };

/** A scenario, run so many events or to its end. */
async function opened(page: Page, name: string, events = 60): Promise<void> {
  await openWorld(page, name);
  for (let i = 0; i < events; i++) if (!(await forward(page, 'key'))) break;
  await settled(page);
}

/** Opens a panel: a tab on narrow screens, but always open on wide ones. */
async function tab(page: Page, name: RegExp): Promise<void> {
  // Clicking the tab of an open panel would close it.
  const found = page.getByRole('tab', { name, selected: false });
  if ((await found.count()) > 0) await found.first().click();
}

async function question(page: Page, address: string): Promise<void> {
  await page.goto(`#/practise/${address}`);
  await expect(page.locator('form')).toBeVisible();
  // The question is shown before its run.
  await expect(page.locator('.diagram .hosts')).toBeVisible();
  await settled(page);
}

async function wrong(page: Page): Promise<void> {
  await question(page, '01-handshake-states?seed=7');
  for (const group of await page.locator('form fieldset').all())
    await group.getByRole('radio').nth(3).check({ force: true });
  await page.locator('form button.primary').click();
  await expect(page.locator('.verdict')).toBeVisible();
}

const worlds = {
  'two-hosts': ['handshake-data-close', 60],
  'three-hosts': ['two-clients', 60],
  crossing: ['rfc9293-figure-07', 60],
  'simultaneous-close': ['simultaneous-close', 60],
  duplicates: ['duplicates', 40],
  burst: ['loss-10-percent', 60],
  folded: ['lost-syn-ack', 60],
  flood: ['syn-cookies', 60],
  'five-hosts': ['syn-retries-by-profile', 60],
  'in-flight': ['two-clients', 5],
} as const;

const views: Record<string, (page: Page) => Promise<void>> = {
  home: async (page) => {
    await page.goto('#/');
    await expect(page.locator('.arrow').first()).toBeVisible();
    await settled(page);
  },
  ...Object.fromEntries(
    Object.entries(worlds).map(([view, [name, events]]) => [view, (page: Page) => opened(page, name, events)]),
  ),
  'state-table': async (page) => {
    await opened(page, 'handshake-data-close', 12);
    await tab(page, /^(States|状态)$/);
    await page.locator('.states .head button').click();
  },
  'state-edge': async (page) => {
    await opened(page, 'handshake-data-close', 12);
    await tab(page, /^(States|状态)$/);
    await page.locator('.edge.trail').first().press('Enter');
  },
  'segment-details': async (page) => {
    await opened(page, 'handshake-data-close', 12);
    await page.locator('.arrow').nth(1).focus();
    await page.keyboard.press('Enter');
    await tab(page, /^(Why|为什么)$/);
    await page.locator('.panel').evaluate((panel) => panel.scrollTo(0, 330));
  },
  'socket-table': async (page) => {
    await opened(page, 'syn-cookies', 40);
    await tab(page, /^(Sockets|套接字|Act|操作)/);
  },
  events: async (page) => {
    await opened(page, 'handshake-data-close', 12);
    await tab(page, /^(Events|事件)$/);
  },
  'new-socket': async (page) => {
    await opened(page, 'two-clients', 8);
    await tab(page, /^(Act|操作)$/);
    await page.locator('.dock header > button').last().click();
  },
  'segment-menu': async (page) => {
    await openLab(page);
    await page.locator('.arrow[tabindex="0"]').first().focus();
    await page.keyboard.press('Enter');
  },
  'search-finds-nothing': async (page) => {
    await openLab(page);
    await tab(page, /^(Start|开始)$/);
    await page.getByRole('searchbox').first().fill('xyzzy');
  },
  search: async (page) => {
    await openLab(page);
    await tab(page, /^(Start|开始)$/);
    await page.getByRole('searchbox').first().fill('rto');
  },
  'refused-file': async (page) => {
    await openLab(page);
    await page
      .locator('input[type=file]')
      .first()
      .setInputFiles(file('broken.json', '{"format": "tcplab-scenario/1", "hosts": [{"name": "a b"}]}'));
    await expect(page.locator('.refusal')).toBeVisible();
  },
  help: async (page) => {
    await openLab(page);
    await page.keyboard.press('?');
  },
  exercises: async (page) => {
    await page.goto('#/practise');
    await expect(page.locator('li a').first()).toBeVisible();
  },
  'question-states': (page) => question(page, '01-handshake-states?seed=7'),
  'question-segment': (page) => question(page, '02-third-ack-and-first-data?seed=3'),
  'question-build': (page) => question(page, '05-both-in-closing?seed=11'),
  'question-explain': (page) => question(page, '06-explain-time-wait?seed=3'),
  'verdict-wrong': wrong,
};

for (const lang of ['en', 'zh'] as const) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test.describe(`${lang} ${colorScheme}`, () => {
      test.use({ colorScheme, locale: lang === 'zh' ? 'zh-CN' : 'en-US' });
      for (const [width, height] of Object.entries(sizes)) {
        for (const [view, show] of Object.entries(views).filter(([name]) => name.includes(only))) {
          test(`${view} at ${width}`, async ({ page }) => {
            mkdirSync(folder, { recursive: true });
            await page.setViewportSize({ width: Number(width), height });
            await show(page);
            await page.screenshot({ path: `${folder}/${view}.${width}.${lang}.${colorScheme}.png` });
          });
        }
      }
    });
  }
}
