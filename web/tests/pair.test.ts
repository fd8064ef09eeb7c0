/** Two runs side by side: where they part, and that one moment stands at one height in both. */
import { describe, expect, it, vi } from 'vitest';
import written from '@exercises/scenarios/handshake-data-close.json?raw';
import type { TraceEvent } from '../src/engine/types.ts';
import { api, hasEngine } from './engine.ts';

type Call = (...args: unknown[]) => Promise<unknown>;
vi.mock('../src/engine/client.ts', () => ({
  EngineHung: class extends Error {},
  engine: {
    generation: 0,
    call: (name: keyof typeof api, ...args: unknown[]) => (api[name] as Call)(...args),
    restart: () => undefined,
  },
}));

const { differing, partingOf } = await import('../src/exercise/pair.ts');
const { Branch } = await import('../src/lab/session/branch.svelte.ts');
const { LabSession } = await import('../src/lab/session/session.svelte.ts');

type Event = Partial<TraceEvent> & object;

describe('what is said of two events', () => {
  const event = (more: Event) => ({ n: 3, t: 30, step: 3, host: 'client', rule: 'a_rule', ...more }) as TraceEvent;

  it('is the first thing in which two of one kind differ', () => {
    const [here, there] = ['CLOSING', 'TIME_WAIT'].map((to) => event({ kind: 'state', to } as Event));
    expect(differing(here, there)).toEqual({ name: 'to', here: 'CLOSING', there: 'TIME_WAIT' });
    expect(differing(here, event({ kind: 'call', call: 'close' } as Event))).toBeUndefined();
    expect(differing(here, undefined)).toBeUndefined();
  });
});

describe.skipIf(!hasEngine)('two runs of the real engine', () => {
  it('part at the first event that differs, which is not known while one is merely shorter', async () => {
    const [whole, some, closed] = [new LabSession(), new LabSession(), new LabSession()];
    await whole.open(written, 1);
    await whole.runOn(2_000);
    await some.open(written, 1);
    await some.runTo(8);
    expect(await partingOf(some, whole, false)).toBeUndefined();
    expect(await partingOf(some, whole, true)).toMatchObject({ n: some.branch?.events.length, here: undefined });
    await closed.open(JSON.stringify({ ...(JSON.parse(written) as object), mutant: 'no_time_wait' }), 1);
    await closed.runOn(2_000);
    const parting = await partingOf(whole, closed, true);
    expect(parting?.here).toMatchObject({ kind: 'state', to: 'TIME_WAIT' });
    expect(parting?.there).not.toMatchObject({ kind: 'state', to: 'TIME_WAIT' });
  });

  it('stand on one axis: every moment at one height in both, and the equal part as it was', async () => {
    const scenario = JSON.parse(written) as object;
    const sessions = [new LabSession(), new LabSession()] as const;
    await sessions[0].open(written, 1);
    await sessions[1].open(JSON.stringify({ ...scenario, mutant: 'fin_takes_no_number' }), 1);
    for (const session of sessions) {
      expect(session.refused).toBeUndefined();
      await session.runOn(2_000);
    }
    const [real, other] = [sessions[0].branch, sessions[1].branch] as const;
    if (!real || !other) throw new Error('not open');
    const parting = await partingOf(...sessions, true);
    expect(parting).toBeDefined();
    Branch.onOneAxis(real, other);
    expect(real.model.scale.bottom).toBe(other.model.scale.bottom);
    for (const { t } of [...real.events, ...other.events]) {
      expect(real.model.scale.y(t)).toBeCloseTo(other.model.scale.y(t), 6);
    }
    for (let n = 0; n < (parting?.n ?? 0); n++) expect(real.model.yOf(n)).toBe(other.model.yOf(n));
  });
});
