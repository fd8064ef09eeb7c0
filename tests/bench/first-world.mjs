// From the start of the navigation to the first world that lives, and to the engine behind it, in Chromium: the page marks
// both moments. Once as it is, and once on a slow line (slow-line.mjs) with a main thread that is slowed down.
import { launch, median, missing, serve } from './page.mjs';
import { slowLine } from './slow-line.mjs';

const rounds = 5;
const slow = { rate: 1_600_000 / 8, roundTrip: 150 };
const slowedDown = 4;

async function measure(context, url, slowness = 1) {
  const page = await context.newPage();
  if (slowness > 1) {
    const devtools = await context.newCDPSession(page);
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: slowness });
  }
  await page.goto(url, { waitUntil: 'commit' });
  const marked = (name) => performance.getEntriesByName(name)[0] !== undefined;
  await page.waitForFunction(marked, 'tcplab:engine', { timeout: 60_000 });
  const found = await page.evaluate(() => {
    const at = (name) => performance.getEntriesByName(name)[0]?.startTime;
    const painted = performance.getEntriesByName('first-contentful-paint')[0]?.startTime;
    return { world: at('tcplab:first-world'), engine: at('tcplab:engine'), origin: performance.timeOrigin, painted };
  });
  await page.close();
  return found;
}

const said = (of, runs) =>
  `${median(runs.map((run) => run[of]))
    .toFixed(0)
    .padStart(6)} ms`;
const row = (what, runs) => console.log(`  ${what.padEnd(42)} ${said('world', runs)} ${said('engine', runs)}`);

const reason = missing();
if (reason) {
  console.log(`first world: not measured: ${reason}`);
  process.exit(0);
}
const server = await serve();
const browser = await launch();
try {
  const first = [];
  const again = [];
  for (let round = 0; round < rounds; ++round) {
    // First a new visitor, then the same one on a second visit.
    const context = await browser.newContext();
    first.push(await measure(context, server.url));
    again.push(await measure(context, server.url));
    await context.close();
  }
  const slowed = [];
  for (let round = 0; round < rounds; ++round) {
    const line = await slowLine(Number(new URL(server.url).port), slow);
    const context = await browser.newContext();
    const found = await measure(context, `http://127.0.0.1:${line.port}/`, slowedDown);
    const before = line.sent.filter(({ at }) => at <= found.origin + found.world);
    slowed.push({ ...found, bytes: before.reduce((sum, { bytes }) => sum + bytes, 0) });
    await context.close();
    line.end();
  }
  console.log(`median of ${rounds}:`.padEnd(44), 'first world    engine');
  row('first visit', first);
  row('next visit', again);
  row(`1.6 Mbit/s, ${slow.roundTrip} ms, main thread ${slowedDown}x slower`, slowed);
  console.log(
    `  bytes before the first world there: ${(median(slowed.map(({ bytes }) => bytes)) / 1000).toFixed(0)} KB`,
  );
} finally {
  await browser.close();
  server.end();
}
