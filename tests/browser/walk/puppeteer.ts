/** Chromium through its own protocol, Firefox through WebDriver BiDi. */
import puppeteer, { type ElementHandle, type KeyInput, type Page, type Viewport } from 'puppeteer-core';
import { chromiumArguments } from './chromium.ts';
import { findInPage, packed, type Hands, type Target } from './hands.ts';

export async function puppeteerHands(
  browser: 'chrome' | 'firefox',
  executablePath: string,
  downloads: string,
  heard: string[],
): Promise<Hands> {
  const launched = await puppeteer.launch({
    browser,
    executablePath,
    headless: true,
    args: browser === 'chrome' ? chromiumArguments : [],
    extraPrefsFirefox: {
      'browser.download.folderList': 2,
      'browser.download.dir': downloads,
      'browser.download.useDownloadDir': true,
      'intl.accept_languages': 'en-US',
    },
    downloadBehavior: browser === 'chrome' ? { policy: 'allow', downloadPath: downloads } : undefined,
    timeout: 60_000,
  });
  const page = await launched.newPage();
  await resize(page, { width: 1440, height: 900 });
  page.on('console', (message) => {
    if (['error', 'warn'].includes(message.type())) heard.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => heard.push(`error: ${String(error)}`));
  return handsOn(page, downloads, () => launched.close());
}

/** Firefox ESR 140 takes the size, but not the orientation that Puppeteer asks for beside it. */
async function resize(page: Page, size: Viewport): Promise<void> {
  await page.setViewport(size).catch((error: unknown) => {
    if (!/unknown command/.test(String(error))) throw error;
  });
  await page.waitForFunction(({ width, height }) => innerWidth === width && innerHeight === height, {}, size);
}

function handsOn(page: Page, downloads: string, close: () => Promise<void>): Hands {
  const find = async (target: Target): Promise<ElementHandle<Element>> => {
    const found = (await page.evaluateHandle(findInPage, ...packed(target))).asElement();
    if (!found) throw new Error(`not on the page: ${target.css} ${target.name ?? ''}`);
    return found as ElementHandle<Element>;
  };
  return {
    downloads,
    open: async (address) => void (await page.goto(address)),
    reload: async () => void (await page.reload()),
    click: async (target) => (await find(target)).click(),
    press: (key) => page.keyboard.press(key as KeyInput),
    choose: async (target, value) => void (await (await find(target)).select(value)),
    upload: async (css, path) => {
      const input = (await page.$(css)) as ElementHandle<HTMLInputElement> | null;
      if (!input) throw new Error(`not on the page: ${css}`);
      await input.uploadFile(path);
    },
    // What Puppeteer makes of handles among the arguments is nothing that hands give.
    read: (inPage, ...given) => page.evaluate(inPage as never, ...given),
    screenshot: async (path) => void (await page.screenshot({ path: path as `${string}.png` })),
    close,
  };
}
