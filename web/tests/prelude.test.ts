/** The beginning of the first world, told when the page is built: nobody can tell it from the engine's. */
import { beforeEach, describe, expect, it } from 'vitest';
import { record } from '../first-visit-plugin.ts';
import type { EngineApi } from '../src/engine/api.ts';
import { Prelude, type Recording } from '../src/engine/prelude.ts';
import type { Followed } from '../src/engine/types.ts';
import { firstVisit, freeSeed } from '../src/lab/scenarios/first-visit.ts';
import { touchHere } from '../src/lab/scenarios/touch-here.ts';
import { api, hasEngine } from './engine.ts';

type Call = (name: keyof EngineApi, ...args: unknown[]) => Promise<unknown>;
const real: Call = (name, ...args) => (api[name] as (...args: unknown[]) => Promise<unknown>)(...args);

describe.skipIf(!hasEngine)('the prelude', () => {
  let recording: Recording;
  /** What the engine itself was asked. */
  let asked: string[];
  let call: Call;

  beforeEach(async () => {
    recording = await record(api, firstVisit, touchHere);
    asked = [];
    const prelude = new Prelude(recording, (name, ...args) => (asked.push(name), real(name, ...args)));
    call = async (name, ...args) => prelude.answer(name, args) ?? real(name, ...(await prelude.translated(args)));
  });

  const open = async (how: Call) => ((await how('open', firstVisit, freeSeed)) as { session: number }).session;

  it('is of the seed that the page opens it with, and reaches to where the first world waits', () => {
    expect(recording.seed).toBe(freeSeed);
    expect(recording.steps.at(-1)?.next).toBeGreaterThan(touchHere);
    expect(recording.events).toHaveLength(recording.steps.at(-1)?.events ?? 0);
  });

  it('answers every step as the engine does, and asks it nothing', async () => {
    const [told, true_] = [await open(call), await open(real)];
    for (const count of [0, 2, ...recording.steps.slice(3).map(() => 1)]) {
      const step = await call('step', told, count);
      expect(step).toEqual(await real('step', true_, count));
      expect(await call('status', told)).toEqual(step);
      for (const since of [0, 3]) expect(await call('trace', told, since)).toEqual(await real('trace', true_, since));
    }
    expect(asked).toEqual([]);
  });

  it('is followed as the engine is', async () => {
    const [told, true_] = [await open(call), await open(real)];
    for (let steps = 1, events = 0; steps < recording.steps.length; steps++) {
      const followed = (await call('follow', told, 1, events, false)) as Followed;
      expect(followed).toEqual(await real('follow', true_, 1, events, false));
      events = followed.status.events;
    }
    expect(asked).toEqual([]);
  });

  it('goes on in the engine where the recording ends, and where something is done', async () => {
    for (const steps of [0, 2, recording.steps.length - 1]) {
      const fresh = new Prelude(recording, real as never);
      const ask: Call = async (name, ...args) =>
        fresh.answer(name, args) ?? real(name, ...(await fresh.translated(args)));
      const [told, true_] = [await open(ask), await open(real)];
      expect(await ask('step', told, steps)).toEqual(await real('step', true_, steps));
      const drop = { do: 'connect', host: 'client', to: 'server:80' };
      const now = ((await real('status', true_)) as { now: number }).now;
      expect(await ask('act', told, drop, now)).toEqual(await real('act', true_, drop, now));
      expect(await ask('step', told, 40)).toEqual(await real('step', true_, 40));
      expect(await ask('trace', told, 0)).toEqual(await real('trace', true_, 0));
    }
  });

  it('gives the names that the engine gives', async () => {
    const [told, whole] = [await call('catalogue'), await api.catalogue()];
    expect(told).toEqual({ ...whole, rules: [], mutants: [], profile_values: {} });
  });

  it('is of one use: who opens the world again opens it in the engine', async () => {
    await open(call);
    expect(await open(call)).not.toBe(2 ** 31);
  });
});
