/** One walk through the lab, the same in Chromium, Firefox and WebKit. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import type { Hands } from '../walk/hands.ts';
import { puppeteerHands } from '../walk/puppeteer.ts';
import { miniBrowser, webkitHands } from '../walk/webkit.ts';

const world = fileURLToPath(new URL('../../../exercises/scenarios/handshake-data-close.json', import.meta.url));
const exercise = '#/practise/02-third-ack-and-first-data?seed=7';

interface Browser {
  name: string;
  /** What is missing here, or ''. */
  missing: string;
  start(downloads: string, heard: string[]): Promise<Hands>;
}

function onThePath(command: string): string {
  try {
    return execFileSync('which', [command], { encoding: 'utf8' }).trim();
  } catch {
    return '';
  }
}

const chromium = process.env.TCPLAB_CHROMIUM ?? onThePath('chromium');
const firefox = process.env.TCPLAB_FIREFOX ?? (onThePath('firefox-esr') || onThePath('firefox'));
const webkit = miniBrowser() ?? '';
const lacks = (needs: Record<string, unknown>) =>
  Object.entries(needs).flatMap(([what, path]) => (path ? [] : [what])).join(', ');

const browsers: Browser[] = [
  {
    name: 'Chromium',
    missing: lacks({ chromium }),
    start: (downloads, heard) => puppeteerHands('chrome', chromium, downloads, heard),
  },
  {
    name: 'Firefox',
    missing: lacks({ firefox }),
    start: (downloads, heard) => puppeteerHands('firefox', firefox, downloads, heard),
  },
  {
    name: 'WebKit',
    missing: lacks({ WebKitWebDriver: onThePath('WebKitWebDriver'), MiniBrowser: webkit, Xvfb: onThePath('Xvfb') }),
    start: (downloads) => webkitHands(webkit, downloads),
  },
];

const buttons = {
  play: { css: 'button', name: /^Play/ },
  fork: { css: 'button', name: /^Branch/ },
  undo: { css: 'button', name: /^Undo/ },
  drop: { css: 'button', name: /^Drop/ },
  save: { css: 'button', name: /^Save as a file/ },
  check: { css: 'button', name: /^Check$/ },
};

const count = (hands: Hands, css: string) =>
  hands.read((selector: string) => document.querySelectorAll(selector).length, css);
const place = (hands: Hands) =>
  hands.read(() => Number((document.querySelector('input[type=range]') as HTMLInputElement | null)?.value ?? -1));

/** Tries again until the page is there. */
const eventually = (what: string, check: () => Promise<void>) =>
  test.step(what, () => expect(check).toPass({ intervals: [200], timeout: 45_000 }));

async function playsToTheEnd(hands: Hands, base: string): Promise<void> {
  await hands.open(`${base}#/lab`);
  await eventually('the first world is drawn', async () => expect(await count(hands, '.arrow')).toBeGreaterThan(0));
  await hands.upload('input[type=file]', world);
  await eventually('the file is open', async () => expect(await place(hands)).toBe(0));
  await hands.click(buttons.play);
  await eventually('the world comes to its end', async () =>
    expect(await count(hands, 'button.play:disabled')).toBe(1),
  );
}

async function changesThePast(hands: Hands): Promise<void> {
  const end = await place(hands);
  for (let steps = 1; steps <= 3; steps++) {
    await hands.press('ArrowLeft');
    await eventually('one event back', async () => expect(await place(hands)).toBe(end - steps));
  }
  await hands.press('ArrowRight');
  await eventually('one event forward', async () => expect(await place(hands)).toBe(end - 2));
}

for (const { name, missing, start } of browsers) {
  test(`the walk, in ${name}`, async ({ baseURL }) => {
    test.skip(missing !== '', `not here: ${missing}`);
    test.setTimeout(180_000);
    const downloads = mkdtempSync(join(tmpdir(), 'tcplab-walk-'));
    const heard: string[] = [];
    const hands = await start(downloads, heard);
    try {
      await playsToTheEnd(hands, baseURL ?? '');
      await changesThePast(hands);
      expect(heard).toEqual([]);
    } finally {
      await hands.screenshot(`${process.env.SHOTS ?? downloads}/${name}.png`);
      await hands.close();
      rmSync(downloads, { recursive: true, force: true });
    }
  });
}
