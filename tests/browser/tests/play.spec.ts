/** The Play button: every example, from its start to its end. */
import { expect, slider, test } from './page.ts';

/**
 * Frames come as fast as the page can draw them, and each says that so many milliseconds have passed: the page plays
 * as it always does, and nobody waits.
 */
async function quickFrames(milliseconds: number): Promise<void> {
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

for (const [speed, frame] of [
  ['1', 100],
  ['16', 17],
] as const) {
  test(`every example plays to its end at ${speed}x`, async ({ page }) => {
    test.setTimeout(600_000);
    await page.addInitScript(quickFrames, frame);
    await page.goto('#/lab');
    await expect(slider(page)).toBeVisible();
    await page.getByRole('combobox', { name: 'Speed' }).selectOption(speed);
    const examples = page.getByRole('combobox', { name: 'Open an example' });
    const ids = await examples.locator('option').evaluateAll((options) => options.map((each) => (each as HTMLOptionElement).value).filter(Boolean));
    expect(ids.length).toBeGreaterThan(70);
    for (const id of ids) {
      await examples.selectOption(id);
      // It plays by itself; at the end there is nothing more to play.
      const play = page.locator('.timeline .play');
      await expect(play, `${id} ends`).toBeDisabled({ timeout: 60_000 });
      await expect(play).toHaveAccessibleName('Play');
      const [value, most] = await slider(page).evaluate((input: HTMLInputElement) => [input.value, input.max]);
      expect(value, `${id} was seen whole`).toBe(most);
      expect(Number(most)).toBeGreaterThan(0);
    }
  });
}
