/** A student at what is done in a world: what is said before, what may be done then, and what stands beside it. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Action } from '../src/engine/types.ts';
import { hasEngine } from './engine.ts';
import { memoryStorage } from './memory-storage.ts';

vi.mock('../src/engine/client.ts', () => import('./engine-client.ts'));
const [shared, ofTab] = [memoryStorage(), memoryStorage()];
vi.stubGlobal('localStorage', shared);
vi.stubGlobal('sessionStorage', ofTab);
vi.stubGlobal('window', { matchMedia: () => ({ matches: true }) });

const { Practice } = await import('../src/exercise/practice.svelte.ts');
const { entryOf } = await import('../src/exercise/pack.ts');
type Practice = InstanceType<typeof Practice>;

async function opened(id: string): Promise<Practice> {
  const practice = new Practice(entryOf(id) as NonNullable<ReturnType<typeof entryOf>>, 3);
  await practice.load();
  return practice;
}

const request: Action = { do: 'send', host: 'client', socket: 'socket', text: 'GET' };
const close: Action = { do: 'close', host: 'client', socket: 'socket' };
const late: Action = { do: 'send', host: 'server', socket: 'accepted', text: 'late' };

/** The client is ESTABLISHED then, and the server has not repeated its SYN,ACK. */
async function untilEstablished({ world }: Practice): Promise<void> {
  const isThere = () => world?.branch?.events.some((event) => event.kind === 'state' && event.to === 'ESTABLISHED');
  for (let step = 1; step < 12 && !isThere(); step += 1) await world?.runTo(step);
}

describe.skipIf(!hasEngine)('what is said before', () => {
  beforeEach(() => {
    shared.clear();
    ofTab.clear();
  });

  it('comes first, is said once, survives a reload, and is handed in beside the plan', async () => {
    const practice = await opened('2e-without-the-third');
    expect(practice.world?.limits.mayCall('client', 'send'), 'nothing is done before').toBe(false);
    expect(await practice.world?.undo()).toBe(false);
    practice.say('nonsense');
    expect(practice.world?.limits.waiting).toBe(true);
    practice.say('pure');
    expect(practice.world?.limits.waiting).toBe(false);
    practice.say('yes');
    practice.dispose();

    const again = await opened('2e-without-the-third');
    expect(again.world?.limits.waiting).toBe(false);
    await untilEstablished(again);
    expect(await again.world?.act(request)).toBe(true);
    await again.judgeLive();
    expect(again.live?.goals.map(({ holds }) => holds)).toEqual([true, true]);
    expect(await again.submitBuild()).toBe(true);
    const { answers } = again.attempt;
    expect(answers.up).toMatchObject({ can: 'pure', plan: [request] });
    expect(again.verdict?.diagnoses.map(({ misconception }) => misconception)).toEqual(['M11']);
    // All is done, though it was denied: there is nothing left to try, and it is not passed.
    expect(again.step && again.stageOf(again.step)).toBe('done');
    expect(again.outcome).toBe('finished');
    await again.compare();
    expect(again.pair?.diagnosis.misconception).toBe('M11');
    again.closePair();
    again.dispose();
  });

  it('lets who said yes and did it pass', async () => {
    const practice = await opened('2e-without-the-third');
    practice.say('yes');
    await untilEstablished(practice);
    await practice.world?.act(request);
    expect(await practice.submitBuild()).toBe(true);
    expect(practice.outcome).toBe('passed');
    expect(practice.score).toEqual({ halves: 6, max: 3 });
    practice.dispose();
  });
});

describe.skipIf(!hasEngine)('a break', () => {
  beforeEach(() => {
    shared.clear();
    ofTab.clear();
  });

  it('is judged while it goes on, and stands beside the wrong engine from where they part', async () => {
    const practice = await opened('6f-data-after-close');
    practice.say('yes');
    expect(await practice.submitBuild()).toBe(false);
    expect(practice.untouched).toBe(true);
    expect(await practice.world?.act(close)).toBe(true);
    await practice.judgeLive();
    expect(practice.live?.differs).toBeNull();
    expect(practice.live?.others.map(({ misconception }) => misconception)).toContain('M22');
    await practice.compare();
    expect(practice.pair, 'there is nothing to see yet').toBeUndefined();

    await practice.world?.runOn(20);
    expect(await practice.world?.act(late)).toBe(true);
    await practice.judgeLive();
    expect(practice.live?.differs).toBeTruthy();
    await practice.compare();
    expect(practice.pair?.diagnosis.mutants).toEqual(['close_is_shutdown']);
    expect(practice.pair?.parting.n).toBe(practice.live?.differs?.n);
    // What is handed in is what was done, whatever is on show.
    expect(await practice.submitBuild()).toBe(true);
    expect(practice.verdict?.correct).toBe(true);
    expect(practice.verdict?.actions).toBe(2);
    expect(practice.pair?.parting.n).toBe(practice.verdict?.differs?.n);
    practice.dispose();
  });
});
