/** Repeats the same normal use over and over, and measures the memory after each round. */
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

/** Gives the test access to the engine's memory, which only the engine's worker has. */
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
      page
        .workers()
        .map((worker) =>
          worker.evaluate(() => (self as { engineMemory?: WebAssembly.Memory }).engineMemory?.buffer.byteLength ?? 0),
        ),
    );
    const wasm = sizes.reduce((sum, each) => sum + each, 0);
    return { at: Math.round((Date.now() - started) / 1000), heap: usedSize, wasm, nodes, listeners: jsEventListeners };
  } finally {
    await cdp.detach();
  }
}

/** Runs inside the page: browser drivers keep references to elements, which would count as leaks here. */
async function inPage([turn, way]: [number, string]): Promise<void> {
  const sleep = (time: number) => new Promise((done) => setTimeout(done, time));
  const press = async (name: RegExp) => {
    const buttons = [...document.querySelectorAll<HTMLButtonElement>('button:enabled')];
    buttons.find((each) => name.test(`${each.getAttribute('aria-label') ?? ''}|${each.textContent ?? ''}`))?.click();
    await sleep(150);
  };
  const choose = (list: HTMLSelectElement | null | undefined, index: number) => {
    if (!list) return;
    list.selectedIndex = index;
    list.dispatchEvent(new Event('change', { bubbles: true }));
  };
  location.hash = '#/lab';
  await sleep(400);
  for (let i = 0; i < 3; i++) {
    const worlds = [...document.querySelectorAll<HTMLElement>('[data-world]')];
    worlds[(turn * 3 + i) % worlds.length]?.click();
    const speeds = document.querySelector<HTMLSelectElement>('.timeline select');
    choose(speeds, (speeds?.options.length ?? 1) - 1);
    await sleep(1500);
    await press(/^(Pause|暂停)\|/);
    await press(/^(One event back|后退一个事件)\|/);
    await press(/(Branch here|从此分支)/);
    await press(/(Drop|丢弃)/);
    await press(/(Undo|撤销)/);
    await press(/^(Close branch 1|关闭分支 1)\|/);
    await press(/^(To the beginning|回到开头)\|/);
  }
  choose(document.querySelector<HTMLSelectElement>('header select'), turn % 2);
  location.hash = '#/practise';
  await sleep(500);
  location.hash = way;
  await sleep(1500);
}

/** One lesson: a few worlds played, branched, touched and taken back; an exercise looked at; both languages. */
export async function lesson(page: Page, turn: number): Promise<void> {
  const ids = ['01-handshake-states', '02-third-ack-and-first-data', '03-close-states', '04-who-holds-time-wait'];
  await page.evaluate(inPage, [turn, `#/practise/${ids[turn % ids.length]}?seed=${turn % 3}`] as [number, string]);
}
