// What a long world costs the page: opening it, the memory that its events take, one event back, a jump to any place, and
// a search for what happens last: how long until it is found, and the longest task of the main thread meanwhile. The main
// thread's processor time, as Chromium counts it, and the memory after a collection.
import { launch, median, missing, serve } from './page.mjs';

const size = { width: 1440, height: 900 };
const moves = 20;
/** Pause after a move, in ms, long enough for its deferred work to be done. */
const rest = 250;

/** Text in segments of 100 octets, as in long_run.cpp; a send makes some 4,000 events. */
function transfer(sends) {
  const hosts = ['client', 'server'].map((name, i) => ({ name, address: `10.0.0.${i + 1}`, tcp: { mss: 100 } }));
  const opening = [
    { at: '0', host: 'server', do: 'listen', port: 80 },
    { at: '1ms', host: 'client', do: 'connect', to: 'server:80' },
  ];
  const sending = Array.from({ length: sends }, (_, i) => ({
    at: `${i + 1}s`,
    host: 'client',
    do: 'send',
    socket: 'socket',
    bytes: 65_536,
  }));
  // Before a run reaches its limit of events.
  const ending = [{ at: `${Math.min(sends + 60, 217)}s`, host: 'server', do: 'crash' }];
  const script = [...opening, ...sending, ...ending];
  const limits = { events: 1_000_000 };
  return JSON.stringify({ format: 'tcplab-scenario/1', hosts, network: { delay: '10ms' }, limits, script });
}

async function metrics(devtools) {
  const { metrics } = await devtools.send('Performance.getMetrics');
  return Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
}

/** Milliseconds of the main thread for one of these moves. */
async function spent(page, devtools, move) {
  const costs = [];
  for (let i = 0; i < moves; i++) {
    const before = await metrics(devtools);
    await move(i);
    await page.waitForTimeout(rest);
    costs.push(((await metrics(devtools)).TaskDuration - before.TaskDuration) * 1000);
  }
  return costs;
}

/** The longest task of the main thread in what was traced, in ms of its processor time. */
function longestTask(trace) {
  const { traceEvents } = JSON.parse(trace.toString());
  const mains = traceEvents.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain');
  const threads = new Set(mains.map(({ pid, tid }) => `${pid}:${tid}`));
  const tasks = traceEvents.filter(({ name, pid, tid }) => /RunTask$/.test(name) && threads.has(`${pid}:${tid}`));
  return Math.max(0, ...tasks.map(({ tdur }) => tdur ?? 0)) / 1000;
}

/** Seconds until the crash is found, and the longest task of the main thread meanwhile. */
async function search(browser, page) {
  await page.locator('.timeline button').first().click();
  await page.locator('[role=tab]').last().click();
  await page.locator('.panel.events li').first().waitFor();
  await page.keyboard.press('/');
  const field = page.locator('.search input');
  await field.waitFor();
  await page.waitForTimeout(2000);
  await page.waitForTimeout(rest);
  await browser.startTracing(page, { categories: ['toplevel', '__metadata'] });
  const seconds = await page.evaluate(async () => {
    const began = performance.now();
    const input = document.querySelector('.search input');
    input.value = 'crash';
    input.dispatchEvent(new Event('input', { bubbles: true }));
    while (!/^1 hit/.test(document.querySelector('.search [role=status]')?.textContent ?? ''))
      await new Promise((done) => setTimeout(done, 5));
    return (performance.now() - began) / 1000;
  });
  return { seconds, longest: longestTask(await browser.stopTracing()) };
}

async function measure(browser, url, sends) {
  const context = await browser.newContext({ viewport: size });
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
  const saved = { version: 1, active: 0, branches: [{ scenario: transfer(sends), seed: 1, step: 1e9, t: 1e15 }] };
  await page.addInitScript((text) => {
    if (sessionStorage.getItem('tcplab.session') === null) sessionStorage.setItem('tcplab.session', text);
  }, JSON.stringify(saved));
  const started = Date.now();
  await page.goto(`${url}#/lab`);
  await page.locator('.arrow, .burst').first().waitFor({ timeout: 600_000 });
  const opened = Date.now() - started;
  await page.waitForTimeout(2000);
  const opening = (await metrics(devtools)).TaskDuration * 1000;
  await devtools.send('HeapProfiler.collectGarbage');
  const heap = (await metrics(devtools)).JSHeapUsedSize;
  const back = page.locator('.timeline button').nth(1);
  const backs = await spent(page, devtools, () => back.evaluate((button) => button.click()));
  const bar = page.locator('.timeline input[type=range]');
  const jumps = await spent(page, devtools, (i) =>
    bar.evaluate(
      (input, share) => {
        input.value = String(Math.floor(Number(input.max) * share));
        input.dispatchEvent(new Event('input', { bubbles: true }));
      },
      ((i * 7) % moves) / moves,
    ),
  );
  const beats = await bar.evaluate((input) => Number(input.max));
  const found = await search(browser, page);
  await context.close();
  return { beats, opened, opening, heap, backs, jumps, found };
}

const said = (value, digits = 1) => value.toFixed(digits).padStart(9);

const reason = missing();
if (reason) {
  console.log(`long worlds: not measured: ${reason}`);
  process.exit(0);
}
const server = await serve();
const browser = await launch();
try {
  console.log(
    'sends    moments   opened s  its CPU s  heap MB  back ms (worst)      jump ms (worst)     search s (longest task ms)',
  );
  for (const sends of [1, 8, 24, 240]) {
    const { beats, opened, opening, heap, backs, jumps, found } = await measure(browser, server.url, sends);
    const both = (costs) => `${said(median(costs))} ${said(Math.max(...costs))}`;
    console.log(
      `${String(sends).padStart(5)} ${said(beats, 0)} ${said(opened / 1000)} ${said(opening / 1000)} ${said(heap / 1e6)}  ${both(backs)}  ${both(jumps)}  ${said(found.seconds, 2)} ${said(found.longest)}`,
    );
  }
} finally {
  await browser.close();
  server.end();
}
