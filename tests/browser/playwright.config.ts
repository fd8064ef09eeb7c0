import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { defineConfig } from '@playwright/test';
import { chromiumArguments } from './walk/chromium.ts';

const web = fileURLToPath(new URL('../../web', import.meta.url));

/** The page as it is built, from the static server that `./lab serve` uses, with the policy of the page. */
const built = process.env.TCPLAB_PAGE ?? `${web}/dist`;

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  return typeof address === 'object' && address !== null ? address.port : 4173;
}

// The workers read this file again and must come to the same port.
process.env.TCPLAB_TEST_PORT ??= String(await freePort());
const port = process.env.TCPLAB_TEST_PORT;
const baseURL = `http://127.0.0.1:${port}/`;

export default defineConfig({
  testDir: './tests',
  // To be looked at, where someone wants to.
  testIgnore: process.env.TCPLAB_PICTURES === undefined ? 'pictures.spec.ts' : [],
  fullyParallel: true,
  forbidOnly: true,
  retries: 0,
  // One more than CI has processors: a test waits for the page a third of its time.
  workers: 3,
  // On a busy machine, too: nothing here asks how fast the page is.
  timeout: 120_000,
  expect: { timeout: 20_000 },
  reporter: 'list',
  outputDir: './test-results',
  use: {
    baseURL,
    browserName: 'chromium',
    locale: 'en-US',
    colorScheme: 'light',
    viewport: { width: 1440, height: 900 },
    actionTimeout: 20_000,
    screenshot: 'only-on-failure',
    contextOptions: { reducedMotion: 'reduce' },
    launchOptions: {
      executablePath: process.env.TCPLAB_CHROMIUM ?? '/usr/bin/chromium',
      args: chromiumArguments,
    },
  },
  webServer: {
    command: `node node_modules/vite/bin/vite.js preview --host 127.0.0.1 --port ${port} --strictPort --outDir "${built}"`,
    cwd: web,
    // Vite ends with its parent's standard input unless it believes to be in CI.
    env: { ...(process.env as Record<string, string>), CI: 'true' },
    url: baseURL,
    reuseExistingServer: false,
    timeout: 60_000,
  },
});
