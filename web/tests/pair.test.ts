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

const { partingOf } = await import('../src/exercise/pair.ts');
const { Branch } = await import('../src/lab/session/branch.svelte.ts');
const { LabSession } = await import('../src/lab/session/session.svelte.ts');

const event = (n: number, more: object): TraceEvent =>
  ({ n, t: n * 10, step: n, kind: 'note', host: 'client', rule: 'a_rule', ...more }) as TraceEvent;

describe('where two runs part', () => {
  const start = [event(0, {}), event(1, {})];

  it('is the first event that differs in more than its rule', () => {
    const here = [...start, event(2, { rule: 'b' }), event(3, { to: 'CLOSING' })];
    const there = [...start, event(2, { rule: 'c' }), event(3, { to: 'TIME_WAIT' })];
    const parting = partingOf(here, there, true);
    expect(parting).toMatchObject({ n: 3, t: 30, values: { name: 'to', here: 'CLOSING', there: 'TIME_WAIT' } });
  });

  it('is where one of them has ended, if both are there to their ends', () => {
    expect(partingOf([...start, event(2, {})], start, true)).toMatchObject({ n: 2, there: undefined });
    expect(partingOf([...start, event(2, {})], start, false)).toBeUndefined();
    expect(partingOf(start, start, true)).toBeUndefined();
  });

  it('compares values only of events of one kind', () => {
    const parting = partingOf([event(0, { kind: 'state', to: 'A' })], [event(0, { kind: 'call', call: 'x' })], true);
    expect(parting?.values).toBeUndefined();
  });
});

describe.skipIf(!hasEngine)('one axis for two runs of the real engine', () => {
  it('has every moment at one height in both, and the equal part as it was', async () => {
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
    const parting = partingOf(real.events, other.events, true);
    expect(parting).toBeDefined();
    Branch.onOneAxis(real, other);
    expect(real.model.scale.bottom).toBe(other.model.scale.bottom);
    for (const { t } of [...real.events, ...other.events]) {
      expect(real.model.scale.y(t)).toBeCloseTo(other.model.scale.y(t), 6);
    }
    for (let n = 0; n < (parting?.n ?? 0); n++) expect(real.model.yOf(n)).toBe(other.model.yOf(n));
  });
});
