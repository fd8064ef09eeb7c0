/** A random user, who does the same for the same seed, and the invariants that must hold whatever they do. */
import { readdirSync, readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';

const exercises = new URL('../../../exercises/', import.meta.url);
const texts = (folder: URL): string[] =>
  readdirSync(folder)
    .filter((name) => /\.json$/.test(name) && !/schema|rules|misconceptions/.test(name))
    .map((name) => readFileSync(new URL(name, folder), 'utf8'));
const files = [
  ...texts(new URL('scenarios/', exercises)),
  ...texts(exercises),
  '',
  '{',
  'null',
  '[[[[[[',
  '{"format":"tcplab-scenario/1"}',
  '{"format":"tcplab-scenario/1","hosts":[{"name":"constructor","address":"10.0.0.1"}],"script":[{"at":"0s","host":"constructor","do":"socket","as":"toString"}]}',
  '{"format":"tcplab-answers/1","exercise":"01-handshake-states","rev":1,"seed":1,"answers":{"__proto__":1,"constructor":2}}',
];
const ids = readdirSync(exercises).flatMap((name) => /^(\d.*)\.json$/.exec(name)?.[1] ?? []);
const lessons = readdirSync(new URL('lessons/', exercises)).filter((name) => /^\d/.test(name));

/** If the clock stands still for so many milliseconds while the button says Pause, playback has stalled. */
const patience = 6000;

interface Seen {
  failure: string;
  playing: boolean;
  /** Position and time as the slider announces them; empty if there is no slider. */
  place: string;
  branches: number;
  active: number;
}

/** What the page shows, read in the page. */
function look(): Seen {
  const alerts = [...document.querySelectorAll('.failure, [role=alert] h2')].map((each) => each.textContent ?? '');
  const slider = document.querySelector<HTMLInputElement>('.timeline input[type=range]');
  const play = document.querySelector('.timeline .play')?.getAttribute('aria-label') ?? '';
  const tabs = [...document.querySelectorAll('.branches li')];
  return {
    failure: alerts.filter((text) => /engine|引擎|could not be loaded|未能载入/.test(text)).join(' '),
    playing: /Pause|暂停/.test(play),
    place: slider ? `${slider.value} of ${slider.max}, ${slider.getAttribute('aria-valuetext')}` : '',
    branches: tabs.length,
    active: tabs.findIndex((each) => each.classList.contains('active')),
  };
}

/** Uses one of the visible controls, chosen by `draw` (0 to 1). */
function touch([draw, how]: [number, number]): string {
  const all = 'button:enabled, a[href^="#"], summary, select:enabled, input:enabled, textarea:enabled, [tabindex="0"]';
  const seen = [...document.querySelectorAll<HTMLElement>(all)].filter((each) => each.checkVisibility());
  const element = seen[Math.floor(draw * seen.length)];
  if (!element) return 'touch nothing';
  const name = (element.getAttribute('aria-label') ?? element.textContent ?? '')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 50);
  element.focus();
  if (element instanceof HTMLSelectElement) {
    element.selectedIndex = Math.floor(how * element.options.length);
    element.dispatchEvent(new Event('change', { bubbles: true }));
    return `choose ${element.value} in a list`;
  }
  if (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement) {
    if (['checkbox', 'radio', 'file'].includes(element.type)) {
      if (element.type !== 'file') element.click();
      return `tick ${element.value}`;
    }
    const range = element.type === 'range';
    const texts = ['', '0', '1', '80', '4294967295', '-1', '1e99', '90s', 'hello', '你好', '\u202e', '<b>', '12:34'];
    element.value = range
      ? String(Math.floor(how * (Number((element as HTMLInputElement).max) + 1)))
      : (texts[Math.floor(how * texts.length)] as string);
    element.dispatchEvent(new Event('input', { bubbles: true }));
    element.dispatchEvent(new Event('change', { bubbles: true }));
    return `write ${element.value} into ${element.tagName}`;
  }
  if (element instanceof SVGElement) element.dispatchEvent(new MouseEvent('click', { bubbles: true }));
  else element.click();
  return `press ${element.tagName} "${name}"`;
}

const keys = [' ', 'ArrowRight', 'ArrowLeft', 'Home', 'End', 'Control+z', 'n', 'Escape', 'Enter', 'Tab', '?'];

export class RandomUser {
  readonly did: string[] = [];
  readonly #page: Page;
  readonly #heard: string[] = [];
  #state: number;
  #place = '';
  #since = Date.now();

  constructor(page: Page, seed: number) {
    this.#page = page;
    this.#state = (seed * 2654435761 + 1) % 0x7fff_ffff || 1;
    page.on('pageerror', (error) => this.#heard.push(`error: ${error.message}`));
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) this.#heard.push(`console: ${message.text()}`);
    });
  }

  /** Does one random thing; throws if an invariant fails. */
  async act(): Promise<void> {
    const acts: [number, () => Promise<string>][] = [
      [30, () => this.#page.evaluate(touch, [this.#draw(), this.#draw()] as [number, number])],
      [8, () => this.#manyAtOnce()],
      [12, () => this.#key()],
      [6, () => this.#world()],
      [6, () => this.#scrub()],
      [4, () => this.#choose('.timeline select', 'speed')],
      [4, () => this.#file()],
      [3, () => this.#choose('header select', 'language')],
      [2, () => this.#reload()],
      [2, () => this.#detour()],
      [2, () => this.#history()],
      [3, () => this.#watch()],
      [4, () => this.#wait()],
    ];
    let left = this.#draw() * acts.reduce((sum, [weight]) => sum + weight, 0);
    const chosen = acts.find(([weight]) => (left -= weight) < 0) ?? (acts[0] as (typeof acts)[0]);
    this.did.push(await chosen[1]());
    await this.#check();
  }

  /** A number from 0 to below 1. */
  #draw(): number {
    this.#state = (this.#state * 48271) % 0x7fff_ffff;
    return this.#state / 0x7fff_ffff;
  }

  #one<Item>(items: readonly Item[]): Item {
    return items[Math.floor(this.#draw() * items.length)] as Item;
  }

  async #check(): Promise<Seen> {
    if (this.#heard.length > 0) throw new Error(this.#heard.join('\n'));
    const seen = await this.#page.evaluate(look);
    if (seen.failure !== '') throw new Error(`the page says: ${seen.failure}`);
    if (!seen.playing || seen.place !== this.#place) {
      this.#place = seen.place;
      this.#since = Date.now();
    } else if (Date.now() - this.#since > patience) {
      throw new Error(`the clock stands at ${seen.place} while the button says Pause`);
    }
    return seen;
  }

  async #manyAtOnce(): Promise<string> {
    const draws = Array.from({ length: 2 + Math.floor(this.#draw() * 4) }, (): [number, number] => [
      this.#draw(),
      this.#draw(),
    ]);
    const done = [];
    for (const draw of draws) done.push(await this.#page.evaluate(touch, draw));
    return done.join(' + ');
  }

  async #key(): Promise<string> {
    const key = this.#one(keys);
    const times = this.#draw() < 0.3 ? 1 + Math.floor(this.#draw() * 30) : 1;
    for (let i = 0; i < times; i++) await this.#page.keyboard.press(key);
    return `key ${key} ${times} times`;
  }

  async #world(): Promise<string> {
    return this.#page.evaluate((share) => {
      const all = [...document.querySelectorAll<HTMLElement>('[data-world]')];
      const world = all[Math.floor(share * all.length)];
      world?.click();
      return world ? `world ${world.dataset.world}` : 'no worlds';
    }, this.#draw());
  }

  async #choose(selector: string, what: string): Promise<string> {
    const draw = this.#draw();
    return this.#page.evaluate(
      ([css, name, share]) => {
        const list = document.querySelector<HTMLSelectElement>(css);
        if (!list) return `no ${name}`;
        list.selectedIndex = Math.floor(share * list.options.length);
        const { value } = list;
        list.dispatchEvent(new Event('change', { bubbles: true }));
        return `${name} ${value}`;
      },
      [selector, what, draw] as const,
    );
  }

  async #scrub(): Promise<string> {
    const draw = this.#draw();
    return this.#page.evaluate((share) => {
      const slider = document.querySelector<HTMLInputElement>('.timeline input[type=range]');
      if (!slider) return 'no slider';
      slider.value = String(Math.floor(share * (Number(slider.max) + 1)));
      slider.dispatchEvent(new Event('input', { bubbles: true }));
      return `scrub to ${slider.value}`;
    }, draw);
  }

  async #file(): Promise<string> {
    const text = this.#one(files);
    const input = this.#page.locator('input[type=file]').first();
    if ((await input.count()) === 0) return 'no place for a file';
    await input.setInputFiles({ name: 'mine.json', mimeType: 'application/json', buffer: Buffer.from(text) });
    return `file ${text.slice(0, 60).replace(/\s+/g, ' ')}`;
  }

  /** Until the lab shows a world, another view its title, or either why there is none; and that stands still. */
  async #still(): Promise<Seen> {
    const there = this.#inLab() ? '.diagram .host, [role=alert]' : '#main h1, [role=alert]';
    await this.#page.waitForFunction((selector) => document.querySelector(selector) !== null, there);
    let before: Seen | undefined;
    for (let i = 0; i < 60; i++) {
      const now = await this.#page.evaluate(look);
      if (before && JSON.stringify(before) === JSON.stringify(now)) return now;
      before = now;
      await this.#page.waitForTimeout(120);
      await this.#page.evaluate(() => {
        const play = document.querySelector<HTMLElement>('.timeline .play');
        if (/Pause|暂停/.test(play?.getAttribute('aria-label') ?? '')) play?.click();
      });
    }
    throw new Error(`the page does not come to rest: ${JSON.stringify(before)}`);
  }

  #inLab(): boolean {
    return /#\/(lab)?$|^[^#]*$/.test(this.#page.url());
  }

  #expectSame(before: Seen, after: Seen, way: string): void {
    const of = ({ place, branches, active }: Seen) => `${place}; branch ${active} of ${branches}`;
    // The language may have changed in between, and so the words; the numbers have not.
    const digits = (seen: Seen) => of(seen).replace(/[^\d.]+/g, ' ');
    if (digits(before) !== digits(after)) throw new Error(`${way} lost work: before ${of(before)}, after ${of(after)}`);
  }

  async #reload(): Promise<string> {
    const before = await this.#still();
    const lab = this.#inLab();
    await this.#page.reload();
    const after = await this.#still();
    if (lab) this.#expectSame(before, after, 'a reload');
    return `reload at ${before.place}`;
  }

  /** Goes to another view and back. */
  async #detour(): Promise<string> {
    const there = this.#one([
      '#/practise',
      `#/practise/${this.#one(ids)}?seed=${Math.floor(this.#draw() * 50)}`,
      '#/learn',
      `#/learn/${this.#one(lessons)}`,
    ]);
    if (!this.#inLab()) {
      await this.#goTo('#/lab');
      return 'to the lab';
    }
    const before = await this.#still();
    await this.#goTo(there);
    if (this.#draw() < 0.5) return `to ${there}`;
    await this.#still();
    await this.#goTo('#/lab');
    this.#expectSame(before, await this.#still(), 'a visit to another view');
    return `to ${there} and back`;
  }

  async #goTo(hash: string): Promise<void> {
    await this.#page.evaluate((to) => (location.hash = to), hash);
  }

  /** Never beyond the page itself. */
  async #history(): Promise<string> {
    const back = this.#draw() < 0.7;
    const moved = await this.#page.evaluate((b) => {
      const { navigation } = window as unknown as {
        navigation: { canGoBack: boolean; canGoForward: boolean; currentEntry: { index: number } };
      };
      const can = b ? navigation.canGoBack && navigation.currentEntry.index > 1 : navigation.canGoForward;
      if (can) history.go(b ? -1 : 1);
      return can;
    }, back);
    await this.#page.waitForTimeout(50);
    return `history ${back ? 'back' : 'forward'}${moved ? '' : ', which there is not'}`;
  }

  /** Plays, and looks on. */
  async #watch(): Promise<string> {
    await this.#page.evaluate(() => {
      const play = document.querySelector<HTMLButtonElement>('.timeline .play:enabled');
      if (/Play|播放/.test(play?.getAttribute('aria-label') ?? '')) play?.click();
    });
    for (let i = 0; i < 10; i++) {
      await this.#page.waitForTimeout(150);
      await this.#check();
    }
    return 'watch';
  }

  async #wait(): Promise<string> {
    const time = Math.floor(this.#draw() * 300);
    await this.#page.waitForTimeout(time);
    return `wait ${time} ms`;
  }
}
