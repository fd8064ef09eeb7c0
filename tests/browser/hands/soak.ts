/** The same honest use over and over, and what the page has kept of it each time. */
import type { Page } from '@playwright/test';

export interface Reading {
  /** Seconds since the start. */
  at: number;
  /** Bytes of the page's heap after garbage was collected, and of the engine's memory. */
  heap: number;
  wasm: number;
  nodes: number;
  listeners: number;
}

/** Lets the test see the engine's memory, which nobody but the engine's worker has. */
export async function seeEngineMemory(page: Page): Promise<void> {
  await page.context().route(/\/assets\/worker-[^/]*\.js$/, async (route) => {
    const response = await route.fetch();
    const spy = `{
      const seen = (done) => {
        const { exports } = done.instance ?? done;
        self.engineMemory = Object.values(exports).find((each) => each instanceof WebAssembly.Memory) ?? self.engineMemory;
        return done;
      };
      for (const name of ['instantiate', 'instantiateStreaming']) {
        const original = WebAssembly[name];
        WebAssembly[name] = (...given) => original.apply(WebAssembly, given).then(seen);
      }
    }\n`;
    await route.fulfill({ response, body: spy + (await response.text()) });
  });
}

export async function read(page: Page, started: number): Promise<Reading> {
  const cdp = await page.context().newCDPSession(page);
  try {
    await cdp.send('HeapProfiler.enable');
    for (let i = 0; i < 3; i++) await cdp.send('HeapProfiler.collectGarbage');
    const { usedSize } = await cdp.send('Runtime.getHeapUsage');
    const { nodes, jsEventListeners } = await cdp.send('Memory.getDOMCounters');
    const sizes = await Promise.all(
      page.workers().map((worker) =>
        worker.evaluate(() => (self as { engineMemory?: WebAssembly.Memory }).engineMemory?.buffer.byteLength ?? 0),
      ),
    );
    const wasm = sizes.reduce((sum, each) => sum + each, 0);
    return { at: Math.round((Date.now() - started) / 1000), heap: usedSize, wasm, nodes, listeners: jsEventListeners };
  } finally {
    await cdp.detach();
  }
}

const use = async (page: Page, name: RegExp) => {
  const button = page.getByRole('button', { name }).first();
  if (await button.isEnabled()) await button.click();
};

/** One lesson: a few worlds played, branched, taken back; an exercise looked at; both languages. */
export async function lesson(page: Page, turn: number): Promise<void> {
  await page.evaluate(() => (location.hash = '#/lab'));
  const examples = page.getByRole('combobox', { name: /Open an example|打开示例/ }).first();
  const count = await examples.locator('option').count();
  for (let i = 0; i < 3; i++) {
    await examples.selectOption({ index: 1 + ((turn * 3 + i) % (count - 1)) });
    await page.getByRole('combobox', { name: /^(Speed|速度)$/ }).selectOption('16');
    await page.waitForTimeout(1500);
    await use(page, /^(Pause|暂停)$/);
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    await use(page, /^(Branch here|从此分支)/);
    await page.waitForTimeout(200);
    await use(page, /^(Close branch 1|关闭分支 1)$/);
    await page.keyboard.press('Control+z');
    await page.getByRole('slider').fill('0');
  }
  await page.locator('header select').selectOption(turn % 2 === 0 ? 'zh' : 'en');
  await page.evaluate((hash) => (location.hash = hash), `#/practise/0${(turn % 4) + 1}-nowhere`);
  await page.waitForTimeout(150);
  await page.evaluate((hash) => (location.hash = hash), '#/practise');
  await page.locator('#main a[href*="practise/"]').nth(turn % 6).click();
  await page.getByRole('slider').waitFor();
  await page.waitForTimeout(600);
}
