import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { defineConfig } from '@playwright/test';
import { chromiumArguments } from './walk/chromium.ts';

const web = fileURLToPath(new URL('../../web', import.meta.url));

/** The built page, from the static server that `./lab serve` uses, with the page's own security policy. */
const built = process.env.TCPLAB_PAGE ?? `${web}/dist`;

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  return typeof address === 'object' && address !== null ? address.port : 4173;
}

// Playwright's workers read this file again, and must use the same port.
process.env.TCPLAB_TEST_PORT ??= String(await freePort());
const port = process.env.TCPLAB_TEST_PORT;
const baseURL = `http://127.0.0.1:${port}/`;

export default defineConfig({
  testDir: './tests',
  // Takes screenshots for people to look at, only on request.
  testIgnore: process.env.TCPLAB_PICTURES === undefined ? 'pictures.spec.ts' : [],
  fullyParallel: true,
  forbidOnly: true,
  retries: 0,
  // One more than CI has processors, since a test spends a third of its time waiting for the page.
  workers: 3,
  // Generous, for busy machines: these tests do not measure speed.
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
    // Unless it believes that it runs in CI, Vite exits when its standard input is closed.
    env: { ...(process.env as Record<string, string>), CI: 'true' },
    url: baseURL,
    reuseExistingServer: false,
    timeout: 60_000,
  },
});
