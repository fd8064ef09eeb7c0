import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { pack } from '../src/app/packed.ts';
import firstVisit from '../src/lab/scenarios/first-visit.json?raw';
import { api, hasEngine } from './engine.ts';

type Call = (...args: unknown[]) => Promise<unknown>;
const asked = vi.hoisted((): string[] => []);
vi.mock('../src/engine/client.ts', () => ({
  EngineHung: class extends Error {},
  engine: {
    generation: 0,
    hasCome: true,
    call: (name: keyof typeof api, ...args: unknown[]) => (asked.push(name), (api[name] as Call)(...args)),
    restart: () => undefined,
  },
}));

const { CallsSeen, socketInHand } = await import('../src/lab/dock/sockets.ts');
const { LabSession } = await import('../src/lab/session/session.svelte.ts');
type Session = InstanceType<typeof LabSession>;

const kept = new Map<string, string>();
vi.stubGlobal('localStorage', {
  getItem: (key: string) => kept.get(key) ?? null,
  setItem: (key: string, value: string) => void kept.set(key, value),
  removeItem: (key: string) => void kept.delete(key),
});

async function toThirdSegment(session: Session): Promise<void> {
  while ((session.branch?.events.filter((event) => event.kind === 'segment.sent').length ?? 0) < 3) {
    expect(await session.forward()).toBe(true);
  }
}

describe.skipIf(!hasEngine)('a session on the real engine', () => {
  let session: Session;

  beforeAll(() => kept.clear());
  beforeEach(async () => {
    session = new LabSession('test');
    expect(await session.open(firstVisit, 1)).toBe(true);
    expect(session.failure).toBeUndefined();
  });

  it('runs the whole life of a connection, with every event as the page expects it', async () => {
    await session.loadCatalogue();
    expect(session.failure).toBeUndefined();
    await session.runOn();
    expect(session.failure).toBeUndefined();
    const changes = session.model?.changes ?? [];
    expect(changes.map((change) => change.to)).toEqual(
      expect.arrayContaining(['ESTABLISHED', 'FIN_WAIT_1', 'CLOSE_WAIT', 'LAST_ACK', 'TIME_WAIT']),
    );
    const edges = new Set(session.catalogue?.transitions.map((each) => each.id));
    for (const change of changes) expect(edges.has(change.edge ?? '')).toBe(true);
    expect(session.model?.flying.size).toBe(0);
  });

  it('looks back without changing anything', async () => {
    await session.runOn();
    const before = session.branch?.events.length;
    session.seek(60_000);
    expect(session.live).toBe(false);
    expect(session.beat).toBeGreaterThan(0);
    session.back();
    await session.forward();
    session.toEnd();
    expect(session.live).toBe(true);
    expect(session.branch?.events.length).toBe(before);
  });

  it('drops a flying segment, takes it back, and saves what replays to the same', async () => {
    await toThirdSegment(session);
    const flying = session.branch?.status?.in_flight.at(-1);
    session.t += 20_000;
    expect(await session.act({ do: 'drop', segment: flying?.id })).toBe(true);
    expect(session.refused).toBeUndefined();
    expect(session.branch?.events.at(-1)?.kind).toBe('segment.dropped');
    await session.runOn();
    const events = structuredClone(session.branch?.events);

    const again = new LabSession();
    expect(await again.open((await session.exportText()) ?? '', 1)).toBe(true);
    await again.runOn();
    expect(again.branch?.events).toEqual(events);

    expect(await session.undo()).toBe(true);
    expect(session.branch?.events.some((event) => event.kind === 'segment.dropped')).toBe(false);
    expect(session.branch?.status?.actions).toBe(0);
  });

  it('forks when something is done in the past, and keeps the old branch', async () => {
    await session.runOn();
    const old = session.branch;
    const length = old?.events.length;
    session.seek(138_000);
    const flying = session.model?.flyingAt(session.shown, session.y) ?? [];
    expect(flying).toHaveLength(1);
    expect(await session.act({ do: 'drop', segment: flying[0]?.segment.id })).toBe(true);
    expect(session.branches).toHaveLength(2);
    expect(session.branch).not.toBe(old);
    expect(old?.events.length).toBe(length);
    expect(session.branch?.events.slice(0, 5)).toEqual(old?.events.slice(0, 5));
    await session.closeBranch(session.branches[1] as (typeof session.branches)[1]);
    expect(session.branch).toBe(old);
  });

  it('gives a branch that begins with an action the places of its calls at once', async () => {
    await session.loadCatalogue();
    const places = (of: Session) => {
      const host = of.branch?.status?.hosts.find(({ name }) => name === 'client');
      const socket = host && socketInHand(host, undefined);
      return socket ? CallsSeen.in(of.branches).of('client', socket, of.catalogue?.calls ?? []) : [];
    };
    await toThirdSegment(session);
    const before = places(session);
    expect(before).toContain('close');
    const { t } = session;
    await session.runOn();
    session.seek(t);
    expect(await session.act({ do: 'close', host: 'client', socket: 'socket' })).toBe(true);
    expect(session.branches).toHaveLength(2);
    expect(places(session)).toEqual(before);
    await session.runOn();
    expect(places(session)).toEqual(before);
    // Of another world nothing is known.
    expect(await session.open(firstVisit, 2)).toBe(true);
    expect(places(session)).toEqual([]);
  });

  it('restores its work, and what was done can still be undone', async () => {
    await toThirdSegment(session);
    session.t += 5000;
    await session.act({ do: 'hold', segment: session.branch?.status?.in_flight.at(-1)?.id });
    const events = structuredClone(session.branch?.events);
    const restored = new LabSession('test');
    expect(await restored.restore()).toBe(true);
    expect(restored.branch?.events).toEqual(events);
    expect(restored.branch?.status?.actions).toBe(1);
    expect(await restored.undo()).toBe(true);
    expect(restored.branch?.status?.actions).toBe(0);
  });

  it('opens a link as it was left by whoever made it, and what was done can be undone', async () => {
    await toThirdSegment(session);
    session.t += 5000;
    await session.act({ do: 'hold', segment: session.branch?.status?.in_flight.at(-1)?.id });
    const { t } = session;
    const events = structuredClone(session.branch?.events);
    const code = await session.link();
    const other = new LabSession('other');
    expect(await other.openLink(code ?? '')).toBe('opened');
    expect(other.branch?.events).toEqual(events);
    expect(other.t).toBe(t);
    expect(other.saving.aside).toBeUndefined();
    expect(await other.undo()).toBe(true);
  });

  it('sets aside what was done before a link was opened, also over a reload, until it is taken back', async () => {
    const code = await session.link();
    await toThirdSegment(session);
    await session.act({ do: 'hold', segment: session.branch?.status?.in_flight.at(-1)?.id });
    const mine = session.branch?.scenario;
    expect(await session.openLink(code ?? '')).toBe('opened');
    expect(session.branch?.scenario).not.toBe(mine);
    const reloaded = new LabSession('test');
    expect(await reloaded.restore()).toBe(true);
    await reloaded.takeBack();
    expect(reloaded.branch?.scenario).toBe(mine);
    expect(new LabSession('test').saving.aside).toBeUndefined();
  });

  const linkOf = (change: object) =>
    pack(JSON.stringify({ version: 1, scenario: firstVisit, seed: 1, step: 2, t: 0, shown: 1, ...change }));

  it.each([
    [{ version: 2 }, 'unreadable'],
    [{ seed: -1 }, 'unreadable'],
    [{ step: 1e9 }, 'unreadable'],
    [{ step: 1.5 }, 'unreadable'],
    [{ t: '0' }, 'unreadable'],
    [{ more: 1 }, 'unreadable'],
    [{ scenario: 7 }, 'unreadable'],
    [{ scenario: '{"format":"tcplab-scenario/1","hosts":[]}' }, 'refused'],
    [{ shown: 900, t: 9e15 }, 'opened'],
  ])('a link with %j is %s; the work stays', async (change, how) => {
    const before = session.branch;
    expect(await session.openLink(await linkOf(change))).toBe(how);
    if (how === 'refused') expect(session.refused?.problems.length).toBeGreaterThan(0);
    if (how !== 'opened') expect(session.branch).toBe(before);
    expect(session.failure).toBeUndefined();
  });

  it('keeps the work when a file or an action is refused', async () => {
    await toThirdSegment(session);
    const before = session.branch;
    for (const text of ['', '{', '[]', '{"format":"tcplab-scenario/1","hosts":[]}', '\u0000']) {
      expect(await session.open(text, 1, 'file:x')).toBe(false);
      expect(session.refused?.problems.length).toBeGreaterThan(0);
    }
    expect(await session.act({ do: 'explode' })).toBe(false);
    expect(session.branch).toBe(before);
    expect(session.failure).toBeUndefined();
  });

  it('stops before the step at which a question waits', async () => {
    session.barrier = 3;
    await session.runTo(3);
    expect(session.held).toBe(true);
    expect(session.next).toBeUndefined();
    expect(await session.forward()).toBe(false);
    session.barrier = undefined;
    expect(await session.forward()).toBe(true);
  });

  it('captures what the world has lived, and says which host there is not', async () => {
    const before = (await session.capture('')) ?? new Uint8Array();
    expect([...before.subarray(0, 4)]).toEqual([0x0a, 0x0d, 0x0d, 0x0a]);
    await toThirdSegment(session);
    const after = (await session.capture('')) ?? new Uint8Array();
    expect(after.length).toBeGreaterThan(before.length);
    expect([...after.subarray(0, before.length)]).toEqual([...before]);
    expect(await session.capture('client')).not.toEqual(after);
    expect(session.refused).toBeUndefined();
    expect(await session.capture('nobody')).toBeUndefined();
    expect(session.refused?.what).toBe('capture');
    expect(session.refused?.problems[0]?.message.zh).toContain('"nobody"');
  });

  it('shows the world as it was in the past', async () => {
    await session.runOn();
    session.seek(0);
    const status = await session.statusHere();
    expect(status?.now).toBeLessThan(10_000);
  });

  describe('shows with each step forward what the control block was', () => {
    beforeEach(() => {
      session.details = 1;
    });

    it('which comes with the step, asked for once', async () => {
      asked.length = 0;
      for (let steps = 1; steps <= 6; steps++) {
        expect(await session.forward()).toBe(true);
        expect(asked).toHaveLength(steps);
        const { focus } = session;
        const told = session.variablesWith(focus);
        expect(told).toEqual(
          focus?.conn === undefined
            ? undefined
            : await api.glance(session.branch?.handle ?? 0, null, focus.n).then(({ variables }) => variables),
        );
      }
    });

    it('and in the past what the world was, too', async () => {
      await session.runOn();
      session.toStart();
      while (session.beat < 6) {
        asked.length = 0;
        expect(await session.forward()).toBe(true);
        expect(asked).toEqual(['glance']);
        const known = [session.statusWith(), session.variablesWith(session.focus)];
        expect(known).toEqual([await session.statusHere(), await session.variables(session.focus?.n ?? 0)]);
      }
    });

    it('for which nobody waits who moves on', async () => {
      await session.runOn();
      session.toStart();
      const steps = [session.forward(), session.forward(), session.forward()];
      expect(session.beat).toBe(2);
      session.pause();
      expect(session.beat).toBe(3);
      session.back();
      expect(await Promise.all(steps)).toEqual([true, true, true]);
      expect(session.beat).toBe(2);
      void session.forward();
      session.toStart();
      expect(session.beat).toBe(0);
      await session.statusHere();
      expect([session.beat, session.statusWith()]).toEqual([0, undefined]);
    });

    it('and no longer than the engine needs, or is given', async () => {
      await session.runOn();
      session.toStart();
      vi.useFakeTimers();
      const slow = vi.spyOn(api, 'glance').mockReturnValue(new Promise(() => undefined));
      const step = session.forward();
      expect(session.beat).toBe(0);
      vi.advanceTimersByTime(100);
      expect(await step).toBe(true);
      expect(session.beat).toBe(1);
      slow.mockRestore();
      vi.useRealTimers();
    });
  });
});
