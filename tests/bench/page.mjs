// Shared by the benchmarks of the page: the built page from the static server of ./lab serve, and Chromium.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';

const root = new URL('../..', import.meta.url).pathname;
const chromium = process.env.TCPLAB_CHROMIUM ?? '/usr/bin/chromium';
const built = resolve(process.env.TCPLAB_PAGE ?? join(root, 'web/dist'));

/** The reason why nothing can be measured on this machine, if there is one. */
export function missing() {
  if (!existsSync(join(root, 'tests/browser/node_modules/playwright-core'))) return 'tests/browser is not installed';
  if (!existsSync(join(built, 'index.html'))) return 'the page is not built';
  if (!existsSync(chromium)) return `there is no Chromium (${chromium})`;
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}

/** Starts the static server of ./lab serve; returns its address and a function that stops it. */
export async function serve() {
  const port = await freePort();
  const vite = ['node_modules/vite/bin/vite.js', 'preview', '--host', '127.0.0.1', '--strictPort'];
  const server = spawn('node', [...vite, '--port', `${port}`, '--outDir', built], {
    cwd: join(root, 'web'),
    env: { ...process.env, CI: 'true' },
    stdio: 'ignore',
  });
  const url = `http://127.0.0.1:${port}/`;
  const answers = () =>
    fetch(url).then(
      (response) => response.ok,
      () => false,
    );
  for (let tries = 0; tries < 100; ++tries) {
    await new Promise((done) => setTimeout(done, 100));
    if (await answers()) return { url, end: () => server.kill() };
  }
  server.kill();
  throw new Error('the static server does not answer');
}

export function launch() {
  const playwright = createRequire(join(root, 'tests/browser/package.json'))('playwright-core');
  const quiet = ['quic', 'background-networking', 'component-update', 'sync'].map((what) => `--disable-${what}`);
  const args = ['--no-sandbox', '--disable-gpu', '--no-first-run', ...quiet];
  return playwright.chromium.launch({ executablePath: chromium, args });
}

/** The value that a `share` of all values do not exceed. */
export function quantile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
}
export const median = (values) => quantile(values, 0.5);
