/** One walk through the lab, the same in Chromium, Firefox and WebKit. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import type { Hands, Target } from '../walk/hands.ts';
import { looksInPage, type Looks } from '../walk/looks.ts';
import { readPng } from '../walk/png.ts';
import { puppeteerHands } from '../walk/puppeteer.ts';
import { miniBrowser, webkitHands } from '../walk/webkit.ts';

const world = fileURLToPath(new URL('../../../exercises/scenarios/handshake-data-close.json', import.meta.url));
const exercise = '#/practise/02-third-ack-and-first-data?seed=7';

interface Browser {
  name: string;
  /** What this machine lacks to run the browser, or ''. */
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
  Object.entries(needs)
    .flatMap(([what, path]) => (path ? [] : [what]))
    .join(', ');

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

const button = (name: RegExp) => ({ css: 'button', name });

const count = (hands: Hands, css: string) =>
  hands.read((selector: string) => document.querySelectorAll(selector).length, css);
const text = (hands: Hands, css: string) =>
  hands.read((selector: string) => document.querySelector(selector)?.textContent ?? '', css);
const place = (hands: Hands) =>
  hands.read(() => Number((document.querySelector('input[type=range]') as HTMLInputElement | null)?.value ?? -1));

/** Retries a check until the page passes it. */
const eventually = (what: string, check: () => Promise<void>) =>
  test.step(what, () => expect(check).toPass({ intervals: [200], timeout: 90_000 }));

const clicked = (hands: Hands, target: Target) =>
  eventually(`there is ${target.name ?? target.css}`, () => hands.click(target));

async function playsToTheEnd(hands: Hands, base: string): Promise<void> {
  await hands.open(`${base}#/lab`);
  await eventually('the first world is drawn', async () => expect(await count(hands, '.arrow')).toBeGreaterThan(0));
  await eventually('the way to open a file has come', async () =>
    expect(await count(hands, 'input[type=file]')).toBe(1),
  );
  await hands.upload('input[type=file]', world);
  await eventually('the file is open', async () => expect(await place(hands)).toBe(0));
  await hands.click(button(/^Play/));
  await eventually('the world comes to its end', async () =>
    expect(await count(hands, 'button.play:disabled')).toBe(1),
  );
}

async function stepsBackAndForth(hands: Hands): Promise<void> {
  const end = await place(hands);
  for (let steps = 1; steps <= 3; steps++) {
    await hands.press('ArrowLeft');
    await eventually('one event back', async () => expect(await place(hands)).toBe(end - steps));
  }
  await hands.press('ArrowRight');
  await eventually('one event forward', async () => expect(await place(hands)).toBe(end - 2));
}

/** Drops a past segment, which makes a branch; undoes that; and makes a branch without an action. */
async function changesThePast(hands: Hands): Promise<void> {
  for (let steps = 0; steps < 60 && (await count(hands, '.arrow[tabindex="0"]')) === 0; steps++) {
    const before = await place(hands);
    await hands.press('ArrowLeft');
    await eventually('one event back', async () => expect(await place(hands)).toBeLessThan(before));
  }
  await hands.click(button(/^Drop/));
  await eventually('the segment is lost, on a branch', async () => {
    expect(await count(hands, '.arrow.lost')).toBe(1);
    expect(await count(hands, '.branches li')).toBe(2);
  });
  await hands.click(button(/^Undo/));
  await eventually('nothing is lost', async () => expect(await count(hands, '.arrow.lost')).toBe(0));
  await hands.click(button(/^Branch here/));
  await eventually('one more branch', async () => expect(await count(hands, '.branches li')).toBe(3));
}

/** Saves what is there as a file, and opens that file. */
async function goesOutAndIn(hands: Hands): Promise<void> {
  await hands.click(button(/^Save/));
  const saved = () => readdirSync(hands.downloads).find((name) => name.endsWith('.json')) ?? '';
  await eventually('the file is there', async () => {
    expect(JSON.parse(readFileSync(join(hands.downloads, saved()), 'utf8'))).toMatchObject({
      format: 'tcplab-scenario/1',
    });
  });
  await hands.upload('input[type=file]', join(hands.downloads, saved()));
  await eventually('the file is open', async () => {
    expect(await count(hands, '.branches li')).toBe(0);
    expect(await place(hands)).toBe(0);
  });
}

async function answersWronglyThenRightly(hands: Hands, base: string): Promise<void> {
  await hands.open('about:blank');
  await hands.open(`${base}${exercise}`);
  await eventually('the question is asked', async () => expect(await count(hands, 'form input')).toBeGreaterThan(2));
  const [client, server] = [...(await text(hands, 'details p')).matchAll(/\d{4,}/g)].map(([digits]) => Number(digits));
  await clicked(hands, button(/^ACK$/));
  const write = async (field: string, value: number | undefined, before = '') => {
    await hands.click({ css: 'form input', name: new RegExp(`^${field} `) });
    await hands.press('End');
    for (const _ of before) await hands.press('Backspace');
    for (const digit of String(value)) await hands.press(digit);
  };
  await write('seq', client);
  await write('ack', server);
  await write('len', 0);
  await hands.click(button(/^Check/));
  await eventually('a verdict says what is wrong', async () =>
    expect(await text(hands, '.verdict')).toMatch(/of 4 fields/),
  );
  await clicked(hands, button(/^Try again/));
  await eventually('the question is asked again', async () =>
    expect(await count(hands, 'form input')).toBeGreaterThan(2),
  );
  await write('seq', Number(client) + 1, String(client));
  await write('ack', Number(server) + 1, String(server));
  await clicked(hands, button(/^Check/));
  await eventually('the verdict is right', async () =>
    expect(await text(hands, '.verdict h2, .verdict h3')).toMatch(/^Right/),
  );
}

async function speaksChineseAndStays(hands: Hands): Promise<void> {
  const verdict = await text(hands, '.verdict');
  await hands.choose({ css: 'select', name: /Language/ }, 'zh');
  await eventually('the page is Chinese', async () => {
    expect(await hands.read(() => document.documentElement.lang)).toMatch(/^zh/);
    expect(await text(hands, '.verdict')).not.toBe(verdict);
  });
  const chinese = await text(hands, '.verdict');
  await hands.reload();
  await eventually('after a reload the verdict stands', async () =>
    expect(await text(hands, '.verdict')).toBe(chinese),
  );
}

for (const { name, missing, start } of browsers) {
  test(`the walk, in ${name}`, async ({ baseURL }, testInfo) => {
    test.skip(missing !== '', `not here: ${missing}`);
    test.setTimeout(300_000);
    const downloads = mkdtempSync(join(tmpdir(), 'tcplab-walk-'));
    const heard: string[] = [];
    const hands = await start(downloads, heard);
    try {
      await playsToTheEnd(hands, baseURL ?? '');
      await stepsBackAndForth(hands);
      await changesThePast(hands);
      await goesOutAndIn(hands);
      await answersWronglyThenRightly(hands, baseURL ?? '');
      await speaksChineseAndStays(hands);
      expect(heard).toEqual([]);
    } finally {
      await hands.screenshot(testInfo.outputPath(`${name}.png`)).catch(() => undefined);
      await hands.close();
      rmSync(downloads, { recursive: true, force: true });
    }
  });
}

const colourOf = (css: string) => (css.match(/\d+/g) ?? []).slice(0, 3).map(Number);

/** Opens the view with all the controls, in light colours. */
async function looksOf(hands: Hands, base: string, picture: string): Promise<Looks> {
  await hands.open(`${base}#/lab`);
  await eventually('the first world is drawn', async () =>
    expect(await count(hands, '.arrow .tip')).toBeGreaterThan(1),
  );
  await hands.read(() => void (document.documentElement.dataset.theme = 'light'));
  await eventually('time stands still', async () => {
    const before = await place(hands);
    await new Promise((done) => setTimeout(done, 400));
    expect(await place(hands)).toBe(before);
    expect(await count(hands, 'button.play:enabled')).toBe(1);
  });
  const looks = await hands.read(looksInPage);
  await hands.screenshot(picture);
  const { at } = readPng(readFileSync(picture));
  for (const [name, { x, y, colour }] of Object.entries(looks.spots)) {
    expect.soft(at(Math.round(x), Math.round(y)), name).toEqual(colourOf(colour));
  }
  return looks;
}

test('controls and arrows look alike in all browsers that are here', async ({ baseURL }, testInfo) => {
  const here = browsers.filter(({ missing }) => missing === '');
  test.skip(here.length < 2, 'one browser looks like itself');
  test.setTimeout(300_000);
  let first: { name: string; looks: Looks } | undefined;
  for (const { name, start } of here) {
    const downloads = mkdtempSync(join(tmpdir(), 'tcplab-looks-'));
    const hands = await start(downloads, []);
    try {
      const looks = await looksOf(hands, baseURL ?? '', testInfo.outputPath(`${name}.png`));
      expect(Object.keys(looks.spots).length, `${name} shows heads and a thumb`).toBeGreaterThan(2);
      first ??= { name, looks };
      for (const [control, style] of Object.entries(looks.controls)) {
        expect.soft(style, `${control} in ${name} as in ${first.name}`).toEqual(first.looks.controls[control]);
      }
    } finally {
      await hands.close();
      rmSync(downloads, { recursive: true, force: true });
    }
  }
});
