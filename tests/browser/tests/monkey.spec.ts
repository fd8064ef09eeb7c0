/** What `./lab monkey` does, and `./lab test` for a minute: a random user, or (--soak) the same lesson over and over. */
import { RandomUser } from '../hands/random-user.ts';
import { lesson, read, seeEngineMemory, type Reading } from '../hands/soak.ts';
import { expect, test } from './page.ts';

const seed = Number(process.env.TCPLAB_MONKEY_SEED ?? 1);
const seconds = Number(process.env.TCPLAB_MONKEY_TIME ?? 60);
const soaking = process.env.TCPLAB_MONKEY_SOAK === 'true';
/** How many of the last actions a failure reports. */
const told = 30;

/** How much memory may grow from the second third of the readings (the first is warm-up) to the last third. */
const slack = { share: 0.1, bytes: 1_500_000 };

function median(readings: readonly Reading[], of: keyof Reading): number {
  const sorted = readings.map((each) => each[of]).sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 0;
}

test.describe.configure({ mode: 'serial' });
test.use({ kept: true });
test.setTimeout((seconds + 120) * 1000);

if (!soaking) {
  test(`a random user of seed ${seed} breaks nothing in ${seconds} s`, async ({ page }) => {
    const user = new RandomUser(page, seed);
    await page.goto('./');
    const end = Date.now() + seconds * 1000;
    try {
      while (Date.now() < end) await user.act();
    } catch (error) {
      const last = user.did.slice(-told).map((what) => `  ${what}`);
      throw new Error(
        `seed ${seed}, after ${user.did.length} actions: ${error instanceof Error ? error.message : String(error)}\n` +
          `replay it with: ./lab monkey --seed ${seed}\nthe last actions:\n${last.join('\n')}`,
      );
    }
    console.log(`monkey: ${user.did.length} actions of seed ${seed} in ${seconds} s`);
  });
} else {
  test(`${seconds} s of lessons leave no more memory behind than the first ones`, async ({ page }) => {
    await seeEngineMemory(page);
    await page.goto('./');
    const readings: Reading[] = [];
    const started = Date.now();
    for (let turn = 0; Date.now() < started + seconds * 1000; turn++) {
      await lesson(page, turn);
      const now = await read(page, started);
      readings.push(now);
      console.log(
        `soak: ${now.at} s, heap ${(now.heap / 1e6).toFixed(2)} MB, engine ${(now.wasm / 1e6).toFixed(2)} MB, ` +
          `${now.nodes} nodes, ${now.listeners} listeners`,
      );
    }
    const third = Math.floor(readings.length / 3);
    const [early, late] = [readings.slice(third, 2 * third), readings.slice(-third)];
    for (const what of ['heap', 'wasm'] as const) {
      const before = median(early, what);
      expect(median(late, what), what).toBeLessThanOrEqual(before * (1 + slack.share) + slack.bytes);
    }
    expect(median(late, 'nodes'), 'nodes').toBeLessThanOrEqual(median(early, 'nodes') * 1.25 + 500);
    expect(median(late, 'listeners'), 'listeners').toBeLessThanOrEqual(median(early, 'listeners') * 1.25 + 200);
  });
}
