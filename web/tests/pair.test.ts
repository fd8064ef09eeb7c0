/** Two runs side by side: where they part, and that one moment stands at one height in both. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import written from '@exercises/scenarios/handshake-data-close.json?raw';
import type { TraceEvent } from '../src/engine/types.ts';
import type { Exercise } from '../src/exercise/types.ts';
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

const { differing, firstTold, openPair, partingOf } = await import('../src/exercise/pair.ts');
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

describe('where two runs part for a reader', () => {
  const at = (n: number, more: Event) => ({ n, t: 80, step: n, host: 'server', rule: 'a_rule', ...more }) as TraceEvent;
  const state = (n: number, to: string) => at(n, { kind: 'state', from: 'LISTEN', to } as Event);
  const same = (rule: string) => at(0, { kind: 'queue', length: 1, limit: 2, rule } as Event);

  it('is the first event that reads otherwise, not one that only a rule tells apart', () => {
    const [ours, theirs] = [
      [same('one'), state(1, 'SYN_RCVD')],
      [same('other'), state(1, 'CLOSED')],
    ];
    expect(firstTold(ours, theirs, { n: 0, other: 0 })).toMatchObject({ n: 1, here: ours[1], there: theirs[1] });
    expect(firstTold(ours, theirs.slice(0, 1), { n: 0, other: 0 })).toMatchObject({ n: 1, there: undefined });
  });

  it('tells what is done at that moment rather than a remark on it', () => {
    const remark = at(1, { kind: 'note' } as Event);
    const ours = [same('one'), remark, state(2, 'SYN_RCVD')];
    const theirs = [same('other'), state(1, 'CLOSED')];
    expect(firstTold(ours, theirs, { n: 0, other: 0 })).toMatchObject({ here: ours[2], there: theirs[1] });
  });

  it('is what the engine says where nothing reads otherwise', () => {
    expect(firstTold([same('one')], [same('other')], { n: 0, other: 0 })).toMatchObject({ n: 0, t: 80 });
    expect(firstTold([], [], { n: 0, other: 0 })).toBeUndefined();
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

  const lessons = resolve(import.meta.dirname, '../../exercises/lessons');
  const beats = readdirSync(lessons, { recursive: true, encoding: 'utf8' })
    .filter((file) => /beats.[^.]+\.json$/.test(file))
    .map((file) => resolve(lessons, file));
  it.each(beats.map((file) => [basename(file), file] as const))(
    'the contrast of %s opens where something first happens in only one of them',
    async (_, file) => {
      const text = readFileSync(file, 'utf8');
      const { teaches } = JSON.parse(text) as { teaches: string[] };
      const { mutants } = await api.catalogue();
      const { exercise } = (await api.exercise(text, 1)) as { exercise: Exercise };
      for (const { id, misconception } of mutants) {
        if (!misconception || !teaches.includes(misconception)) continue;
        const diagnosis = { misconception, mutants: [id], fields: [] };
        const pair = await openPair({ exercise, diagnosis, evidence: [], end: undefined });
        if (!pair) continue;
        const { n, t, here, there } = pair.parting;
        const runs = [pair.real.branch?.events ?? [], pair.other.branch?.events ?? []];
        // As many events before that moment in both, and at it one more in at least one of them.
        expect(runs.map((events) => events.filter((each) => each.t < t).length <= n)).toEqual([true, true]);
        expect(Math.min(...runs.map((events) => events[n]?.t ?? Infinity))).toBe(t);
        // Of each run its own event at that moment, and of one of them at least.
        expect([here ?? there, there ?? here]).not.toContain(undefined);
        for (const [i, event] of [here, there].entries()) if (event) expect(event).toBe(runs[i]?.[n]);
        expect([pair.real.t, pair.other.t]).toEqual([t, t]);
      }
    },
  );

  it('part early where the real run does nothing for five weeks', async () => {
    const file = beats.find((each) => basename(each) === 'five-weeks.json') ?? '';
    const { exercise } = (await api.exercise(readFileSync(file, 'utf8'), 1)) as { exercise: Exercise };
    const diagnosis = { misconception: 'M46', mutants: ['keep_alive_by_default'], fields: [] };
    const pair = await openPair({ exercise, diagnosis, evidence: [], end: undefined });
    // The client is ESTABLISHED at 10 ms + 2 * 50 ms; there it arms the timer.
    expect(pair?.parting).toMatchObject({ t: 110_000, here: undefined, there: { kind: 'timer.armed' } });
  });
});
