// What one event forward, and playing, cost the page's main thread: processor time of its tasks, as Chromium's trace
// has it, so that whatever else the machine does counts as little as it can. Nothing is throttled.
import { launch, median, missing, quantile, serve } from './page.mjs';

const size = { width: 1440, height: 900 };
const steps = 40;
/** Pause between two steps, in ms, long enough for a step's deferred work to be done. */
const rest = 150;
const longFrame = 50;
const playFor = 10_000;

/** 65,000 bytes every 300 ms: a burst of 45 segments, and 45 ACKs. */
const perBurst = 90;
function bursts(count) {
  const hosts = ['client', 'server'].map((name, i) => ({ name, address: `10.0.0.${i + 1}` }));
  const opening = [
    { at: '0', host: 'server', do: 'listen', port: 80 },
    { at: '10ms', host: 'client', do: 'connect', to: 'server:80' },
  ];
  const data = Array.from({ length: count }, (_, i) => [
    { at: `${200 + 300 * i}ms`, host: 'client', do: 'send', socket: 'socket', bytes: 65_000 },
    { at: `${498 + 300 * i}ms`, host: 'server', do: 'recv', socket: 'accepted', bytes: 65_536 },
  ]);
  const network = { delay: '20ms' };
  return JSON.stringify({ format: 'tcplab-scenario/1', hosts, network, script: [...opening, ...data.flat()] });
}

/** Opens the page with a saved world at this point, as if a reader had left it there. */
async function openAt(browser, url, world) {
  const context = await browser.newContext({ viewport: size, reducedMotion: 'no-preference' });
  const page = await context.newPage();
  if (world) {
    const saved = { version: 1, active: 0, branches: [{ seed: 1, t: 1e12, ...world }] };
    await page.addInitScript((text) => {
      if (sessionStorage.getItem('tcplab.session') === null) sessionStorage.setItem('tcplab.session', text);
    }, JSON.stringify(saved));
  }
  await page.goto(`${url}#/lab`);
  await page.locator('.arrow, .burst').first().waitFor({ timeout: 120_000 });
  await page.waitForTimeout(1500);
  return page;
}

/** The tasks of the page's main thread while `work` goes on, in ms of processor time. */
async function tasksDuring(browser, page, work) {
  await browser.startTracing(page, { categories: ['toplevel', 'devtools.timeline', 'blink.user_timing'] });
  await work();
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString());
  const main = traceEvents.find(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain');
  const ours = traceEvents.filter(({ pid, tid }) => pid === main.pid && tid === main.tid);
  const marks = ours.filter(({ name }) => name === 'step').map(({ ts }) => ts);
  const tasks = ours
    .filter(({ name, tdur }) => name.endsWith('RunTask') && tdur !== undefined)
    .map(({ ts, tdur, dur }) => ({ ts, spent: tdur / 1000, lasted: dur / 1000 }));
  return { marks, tasks };
}

const sum = (values) => values.reduce((all, value) => all + value, 0);
const said = (value) => value.toFixed(1).padStart(6);

async function stepping(browser, page, what) {
  const forward = page.locator('.timeline button').nth(3);
  const idle = await tasksDuring(browser, page, () => page.waitForTimeout(1500));
  const perRest = (sum(idle.tasks.map(({ spent }) => spent)) * rest) / 1500;
  const { marks, tasks } = await tasksDuring(browser, page, () =>
    forward.evaluate(
      async (button, [count, pause]) => {
        for (let i = 0; i < count && !button.disabled; i++) {
          performance.mark('step');
          button.click();
          await new Promise((done) => setTimeout(done, pause));
        }
      },
      [steps, rest],
    ),
  );
  const of = marks.map((from, i) => tasks.filter(({ ts }) => ts >= from && ts < (marks[i + 1] ?? from + rest * 1000)));
  const whole = of.map((each) => sum(each.map(({ spent }) => spent)) - perRest);
  const largest = of.map((each) => Math.max(0, ...each.map(({ spent }) => spent)));
  console.log(
    `${what.padEnd(34)} ${said(median(whole))} ${said(quantile(whole, 0.95))}   ${said(median(largest))} ${said(Math.max(...largest))}   ${marks.length}`,
  );
}

async function playing(browser, page, what) {
  const frames = () =>
    page.evaluate(
      (time) =>
        new Promise((done) => {
          let count = 0;
          const until = performance.now() + time;
          const next = (now) => (now < until ? (count++, requestAnimationFrame(next)) : done(count));
          requestAnimationFrame(next);
        }),
      playFor,
    );
  let count = 0;
  const { tasks } = await tasksDuring(browser, page, async () => {
    await page.locator('.timeline .play').click();
    count = await frames();
  });
  const spent = tasks.map((task) => task.spent);
  const long = spent.filter((each) => each > longFrame).length;
  console.log(
    `${what.padEnd(34)} ${said((count * 1000) / playFor)} frames/s, longest task ${said(Math.max(...spent))} ms, ${long} of more than ${longFrame} ms, busy ${((sum(spent) / playFor) * 100).toFixed(0)} %`,
  );
}

const reason = missing();
if (reason) {
  console.log(`steps: not measured: ${reason}`);
  process.exit(0);
}
const server = await serve();
const browser = await launch();
try {
  console.log(
    `one event forward, ms of the main thread's processor time (${size.width} x ${size.height}, not throttled)`,
  );
  console.log(`${''.padEnd(34)}  whole    95 %     task     max   steps`);
  const first = await openAt(browser, server.url);
  await first.locator('.timeline button').first().click();
  await first.waitForTimeout(500);
  await stepping(browser, first, 'the default world');
  await first.context().close();
  for (const segments of [675, 5000]) {
    const count = Math.ceil(segments / perBurst) + 1;
    const step = Math.round((segments / perBurst) * 92);
    const page = await openAt(browser, server.url, { scenario: bursts(count), step });
    await stepping(browser, page, `after ${segments} segments in bursts`);
    await page.context().close();
  }
  console.log(`playing for ${playFor / 1000} s`);
  for (const [segments, speed] of [
    [0, 1],
    [675, 1],
    [675, 16],
  ]) {
    const world = {
      scenario: bursts(Math.ceil(segments / perBurst) + 60),
      step: Math.round((segments / perBurst) * 92),
    };
    const page = await openAt(browser, server.url, segments > 0 ? world : undefined);
    await page.locator('.timeline select').selectOption(String(speed));
    await playing(browser, page, segments > 0 ? `from ${segments} segments on, ${speed}x` : 'the default world');
    await page.context().close();
  }
} finally {
  await browser.close();
  server.end();
}
