// From the start of the navigation to the first usable world, in Chromium: the page marks the moment
// with performance.mark('tcplab:first-world'); without a mark it is when the first arrow is drawn.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { join } from 'node:path';

const root = new URL('../..', import.meta.url).pathname;
const rounds = 5;

/** Why it cannot be measured here, if so. */
function missing() {
  if (!existsSync(join(root, 'tests/browser/node_modules/playwright-core'))) return 'tests/browser is not installed';
  if (!existsSync(join(root, 'web/dist/index.html'))) return 'the page is not built';
  if (!existsSync(chromium)) return `there is no Chromium (${chromium})`;
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}

/** The static server of ./lab serve. */
async function serve(port) {
  const vite = ['node_modules/vite/bin/vite.js', 'preview', '--host', '127.0.0.1', '--port', `${port}`, '--strictPort'];
  const server = spawn('node', vite, { cwd: join(root, 'web'), env: { ...process.env, CI: 'true' }, stdio: 'ignore' });
  for (let tries = 0; tries < 100; ++tries) {
    await new Promise((done) => setTimeout(done, 100));
    if (await fetch(`http://127.0.0.1:${port}/`).then((r) => r.ok, () => false)) return server;
  }
  server.kill();
  throw new Error('the static server does not answer');
}

/** In the page, before anything of it: notes when the first arrow is there. */
function watchForArrow() {
  const watch = new MutationObserver(() => {
    if (document.querySelector('.arrow') === null) return;
    watch.disconnect();
    globalThis.firstArrow = performance.now();
  });
  watch.observe(document, { childList: true, subtree: true });
}

async function measure(context, url) {
  const page = await context.newPage();
  await page.addInitScript(watchForArrow);
  await page.goto(url);
  await page.waitForFunction(() => globalThis.firstArrow !== undefined, undefined, { timeout: 30_000 });
  const found = await page.evaluate(() => ({
    mark: performance.getEntriesByName('tcplab:first-world')[0]?.startTime,
    arrow: globalThis.firstArrow,
  }));
  await page.close();
  return found;
}

const chromium = process.env.TCPLAB_CHROMIUM ?? '/usr/bin/chromium';
const reason = missing();
if (reason) {
  console.log(`first world: not measured: ${reason}`);
  process.exit(0);
}
const playwright = createRequire(join(root, 'tests/browser/package.json'))('playwright-core');
const port = await freePort();
const server = await serve(port);
const browser = await playwright.chromium.launch({
  executablePath: chromium,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync'],
});
try {
  const first = [];
  const again = [];
  for (let round = 0; round < rounds; ++round) {
    // A visitor who was never here, and the same one who comes back.
    const context = await browser.newContext();
    first.push(await measure(context, `http://127.0.0.1:${port}/`));
    again.push(await measure(context, `http://127.0.0.1:${port}/`));
    await context.close();
  }
  const median = (times) => times.sort((a, b) => a - b)[Math.floor(times.length / 2)];
  const by = first.every(({ mark }) => mark !== undefined) ? 'mark' : 'arrow';
  console.log(`first world (${by === 'mark' ? 'the page marks it' : 'first arrow drawn'}), median of ${rounds}:`);
  console.log(`  first visit  ${median(first.map((f) => f[by])).toFixed(0).padStart(5)} ms`);
  console.log(`  next visit   ${median(again.map((f) => f[by] ?? f.arrow)).toFixed(0).padStart(5)} ms`);
} finally {
  await browser.close();
  server.kill();
}
