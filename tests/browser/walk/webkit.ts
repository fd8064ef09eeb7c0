/** WebKitGTK through its WebDriver, in an X server that has no screen. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { Builder, By, Capabilities, Key, type WebDriver, type WebElement } from 'selenium-webdriver';
import { findInPage, packed, type Hands, type Target } from './hands.ts';

/** WebKitGTK's own small browser lies beside the library, whose folder is named for its version. */
export function miniBrowser(): string | undefined {
  const libraries = ['/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu', '/usr/lib'];
  return libraries
    .filter((folder) => existsSync(folder))
    .flatMap((folder) =>
      readdirSync(folder)
        .filter((name) => name.startsWith('webkit2gtk-') || name.startsWith('webkitgtk-'))
        .map((name) => `${folder}/${name}/MiniBrowser`),
    )
    .filter((path) => existsSync(path))
    .sort()
    .at(-1);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as { port: number };
  await new Promise((done) => server.close(done));
  return port;
}

/** Xvfb chooses a free display itself, and says which once it is ready. */
async function startScreen(): Promise<{ screen: ChildProcess; display: string }> {
  const screen = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1600x1100x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const [number] = (await once(screen.stdio[3] as NodeJS.ReadableStream, 'data')) as [Buffer];
  return { screen, display: `:${number.toString().trim()}` };
}

async function untilItAnswers(address: string): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    if (
      await fetch(`${address}/status`).then(
        (answer) => answer.ok,
        () => false,
      )
    )
      return;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error('WebKitWebDriver does not answer');
}

export async function webkitHands(browser: string, downloads: string): Promise<Hands> {
  const { screen, display } = await startScreen();
  const port = await freePort();
  // MiniBrowser downloads to where the desktop's own settings say.
  const home = { HOME: downloads, XDG_DOWNLOAD_DIR: downloads, XDG_CONFIG_HOME: downloads };
  writeFileSync(`${downloads}/user-dirs.dirs`, `XDG_DOWNLOAD_DIR="${downloads}"\n`);
  const server = spawn('WebKitWebDriver', [`--port=${port}`, '--host=127.0.0.1'], {
    env: { ...process.env, ...home, DISPLAY: display, LIBGL_ALWAYS_SOFTWARE: '1' },
    stdio: 'ignore',
  });
  const stop = () => {
    server.kill();
    screen.kill();
  };
  try {
    const address = `http://127.0.0.1:${port}`;
    await untilItAnswers(address);
    const capabilities = new Capabilities({
      browserName: 'MiniBrowser',
      'webkitgtk:browserOptions': { binary: browser, args: ['--automation'] },
    });
    const driver = await new Builder().usingServer(address).withCapabilities(capabilities).build();
    await driver.manage().window().setRect({ x: 0, y: 0, width: 1440, height: 960 });
    return handsOn(driver, downloads, stop);
  } catch (error) {
    stop();
    throw error;
  }
}

function handsOn(driver: WebDriver, downloads: string, stop: () => void): Hands {
  const find = async (target: Target): Promise<WebElement> => {
    const found = await driver.executeScript<WebElement | null>(findInPage, ...packed(target));
    if (!found) throw new Error(`not on the page: ${target.css} ${target.name ?? ''}`);
    return found;
  };
  const keys: Record<string, string> = {
    ArrowLeft: Key.ARROW_LEFT,
    ArrowRight: Key.ARROW_RIGHT,
    Backspace: Key.BACK_SPACE,
    End: Key.END,
  };
  return {
    downloads,
    open: (address) => driver.get(address),
    reload: () => driver.navigate().refresh(),
    click: async (target) => (await find(target)).click(),
    press: async (key) =>
      driver
        .actions()
        .sendKeys(keys[key] ?? key)
        .perform(),
    choose: async (target, value) =>
      (await (await find(target)).findElement(By.css(`option[value="${value}"]`))).click(),
    upload: async (css, path) => driver.findElement(By.css(css)).sendKeys(path),
    read: (inPage, ...given) => driver.executeScript(inPage as never, ...given) as never,
    screenshot: async (path) => writeFileSync(path, Buffer.from(await driver.takeScreenshot(), 'base64')),
    close: async () => {
      await driver.quit().catch(() => undefined);
      stop();
    },
  };
}
