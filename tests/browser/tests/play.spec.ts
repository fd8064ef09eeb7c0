/** The Play button: every example, from its start to its end. */
import { expect, slider, test, worlds } from './page.ts';

/** The longest frame that playback counts in full, in ms. */
const frame = 100;

/**
 * Fakes animation frames: they come as fast as the page can draw, but each one claims that so many milliseconds have
 * passed. So the page plays as usual, without the waiting.
 */
function quickFrames(milliseconds: number): void {
  let now = performance.now();
  const waiting = new Map<number, FrameRequestCallback>();
  let last = 0;
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    now += milliseconds;
    const due = [...waiting.values()];
    waiting.clear();
    for (const call of due) call(now);
  };
  window.requestAnimationFrame = (call) => {
    if (waiting.size === 0) port2.postMessage(0);
    waiting.set(++last, call);
    return last;
  };
  window.cancelAnimationFrame = (id) => void waiting.delete(id);
}

/** Chooses an example, which then plays by itself. Returns what the slider says when there is nothing more to play. */
async function playOut([id, patience]: [string, number]): Promise<string> {
  const bar = document.querySelector<HTMLInputElement>('.timeline input[type=range]');
  const play = document.querySelector<HTMLButtonElement>('.timeline .play');
  const world = document.querySelector<HTMLElement>(`[data-world="${id}"]`);
  if (!bar || !play || !world) return 'the lab is not there';
  let opened = false;
  const watch = new MutationObserver(() => (opened ||= bar.value === '0'));
  watch.observe(bar, { attributes: true });
  world.click();
  const end = performance.now() + patience;
  while (!(opened && play.disabled) && performance.now() < end) await new Promise((done) => setTimeout(done, 5));
  watch.disconnect();
  return `${play.disabled ? 'the end' : 'no end'}: ${bar.value} of ${bar.max}`;
}

/** Worlds with moments that are high in the diagram, as many things happen at one host at one time. */
const high = [
  'crash-and-half-open',
  'handshake',
  'accept-queue-full-linux',
  'two-clients',
  'lost-syn-ack',
  'zero-window',
];

// All of them at both speeds, frame by frame, are played by web/tests/play.test.ts on the same engine, without a picture.
for (const [which, speed] of [
  ['every example', '16'],
  ['an example with high moments', '1'],
] as const) {
  test(`${which} plays to its end at ${speed}x`, async ({ page }) => {
    test.setTimeout(600_000);
    await page.addInitScript(quickFrames, frame);
    await page.goto('#/lab');
    await expect(slider(page)).toBeVisible();
    await page.getByRole('combobox', { name: 'Speed' }).selectOption(speed);
    const ids = await worlds(page);
    expect(ids.length).toBeGreaterThan(70);
    for (const id of speed === '16' ? ids : high) {
      const played = await page.evaluate(playOut, [id, 60_000] as [string, number]);
      const [, value, most] = /^the end: ([1-9]\d*) of (\d+)$/.exec(played) ?? [];
      expect(value, `${id}: ${played}`).toBeDefined();
      expect(value, `${id} was seen whole`).toBe(most);
    }
  });
}
