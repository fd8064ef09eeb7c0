/** What happens when several things are wanted at once, when the engine goes, and when there are two tabs. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { examples } from '../src/lab/scenarios/examples.ts';
import firstVisit from '../src/lab/scenarios/first-visit.json?raw';
import { api, hasEngine } from './engine.ts';

type Call = (...args: unknown[]) => Promise<unknown>;
const { client } = vi.hoisted(() => ({
  client: { generation: 0, broken: false, call: undefined as unknown, restart: undefined as unknown },
}));
vi.mock('../src/engine/client.ts', () => ({ EngineHung: class extends Error {}, engine: client }));
client.call = async (name: keyof typeof api, ...args: unknown[]) => {
  // As between threads: an answer never comes within the same task.
  await new Promise((done) => setImmediate(done));
  if (client.broken) throw new Error('no engine');
  return (api[name] as Call)(...args);
};
client.restart = () => (client.generation += 1);

// Many worlds in one test.
vi.setConfig({ testTimeout: 60_000 });

const { LabSession } = await import('../src/lab/session/session.svelte.ts');
type Session = InstanceType<typeof LabSession>;

class Kept extends Map<string, string> {
  written: string[] = [];
  getItem = (key: string) => this.get(key) ?? null;
  setItem = (key: string, value: string) => {
    this.written.push(key);
    this.set(key, value);
  };
  removeItem = (key: string) => void this.delete(key);
}
const events = new EventTarget();
vi.stubGlobal('addEventListener', events.addEventListener.bind(events));
vi.stubGlobal('removeEventListener', events.removeEventListener.bind(events));
let shared: Kept;
const inTab = (tab: Kept) => vi.stubGlobal('sessionStorage', tab);
/** What the browser tells the other tabs. */
const tell = (key: string) => events.dispatchEvent(Object.assign(new Event('storage'), { key }));

beforeEach(() => {
  shared = new Kept();
  vi.stubGlobal('localStorage', shared);
  inTab(new Kept());
  client.broken = false;
});
afterEach(() => {
  for (const session of sessions.splice(0)) session.end();
});

/** All that a test makes ends with it. */
const sessions: Session[] = [];
function made(key?: string): Session {
  const session = new LabSession(key);
  sessions.push(session);
  return session;
}

const idle = (session: Session) => session.exportText();
const handshake = examples.find(({ id }) => id === 'handshake')?.text as string;
const several = examples.find(({ id }) => id === 'ephemeral-ports-run-out')?.text as string;
const others = examples.map(({ text }) => text);

async function started(key?: string): Promise<Session> {
  const session = made(key);
  expect(await session.open(firstVisit, 1)).toBe(true);
  return session;
}

describe.skipIf(!hasEngine)('several things at once', () => {
  it('whatever is wanted in whatever order, nothing is done with a world that is gone', async () => {
    const session = await started();
    let random = 7;
    const draw = (n: number) => (random = (random * 48271) % 0x7fff_ffff) % n;
    const wants: (() => unknown)[] = [
      () => session.open(others[draw(others.length)] as string, 1),
      () => session.forward(),
      () => session.runTo(draw(30)),
      () => session.runOn(draw(60)),
      () => session.play(),
      () => session.tick(100),
      () => session.fork(),
      () => session.undo(),
      () => session.seek(draw(400_000)),
      () => session.act({ do: 'drop', segment: draw(6) }),
      () => session.closeBranch(session.branches[draw(session.branches.length)] as never),
      () => session.switchTo(session.branches[draw(session.branches.length)] as never),
      () => session.variables(draw(9)),
      () => session.statusHere(),
      () => session.back(),
      () => session.capture(''),
    ];
    for (let i = 0; i < 600; i++) {
      void wants[draw(wants.length)]?.();
      if (draw(4) === 0) await new Promise((done) => setImmediate(done));
      if (i % 50 === 49) await idle(session);
      expect(session.failure).toBeUndefined();
    }
    await idle(session);
    expect(session.failure).toBeUndefined();
    expect(session.branches).toContain(session.branch);
  });

  it('steps asked for while a file opens are not taken in its world twice and thrice', async () => {
    const session = await started();
    const opening = session.open(handshake, 1);
    const steps = [session.forward(), session.forward(), session.forward()];
    expect(await opening).toBe(true);
    await Promise.all(steps);
    expect(session.failure).toBeUndefined();
    expect(session.beat).toBeLessThanOrEqual(1);
  });

  it('a key that is held takes one step at a time, and none after Pause', async () => {
    const session = await started();
    await session.forward();
    const { beat } = session;
    for (let i = 0; i < 100; i++) void session.forward();
    await idle(session);
    expect(session.beat).toBe(beat + 1);
    for (let i = 0; i < 100; i++) void session.forward();
    session.pause();
    await idle(session);
    expect(session.beat).toBeLessThanOrEqual(beat + 2);
    const there = session.beat;
    await new Promise((done) => setTimeout(done, 20));
    expect(session.beat).toBe(there);
  });

  it('a key that is held moves on although the engine is busy with something else', async () => {
    const session = await started();
    await session.forward();
    const { beat } = session;
    void session.variables(0);
    for (let i = 0; i < 5; i++) {
      session.pause();
      void session.forward();
    }
    await idle(session);
    expect(session.beat).toBe(beat + 1);
  });

  it('a step, and the branch under it is closed', async () => {
    const session = await started();
    for (let i = 0; i < 4; i++) await session.forward();
    await session.fork();
    const [main, branch] = session.branches;
    const step = session.forward();
    await session.closeBranch(branch as never);
    await step;
    expect(session.failure).toBeUndefined();
    expect(session.branch).toBe(main);
    expect(await session.forward()).toBe(true);
  });

  it('a call that was meant for one world is not made in the next', async () => {
    const session = await started();
    for (let i = 0; i < 6; i++) await session.forward();
    const opening = session.open(firstVisit, 1, '', 6);
    const acting = session.act({ do: 'drop', segment: 1 });
    expect(await opening).toBe(true);
    expect(await acting).toBe(false);
    expect(session.branch?.status?.actions).toBe(0);
  });

  it('playing goes on when Pause and Play come while the engine computes', async () => {
    const session = await started();
    session.play();
    while (session.beat < 3) {
      session.tick(100);
      await new Promise((done) => setImmediate(done));
      session.pause();
      session.play();
    }
    expect(session.playing).toBe(true);
  });
});

describe.skipIf(!hasEngine)('the past', () => {
  it('an action that is refused there leaves no branch', async () => {
    const session = await started();
    await session.runOn();
    session.seek(138_000);
    const { beat, branch } = session;
    expect(await session.act({ do: 'explode' })).toBe(false);
    expect(session.refused?.what).toBe('explode');
    expect(session.branches).toHaveLength(1);
    expect(session.branch).toBe(branch);
    expect(session.beat).toBe(beat);
  });

  it('after a reload one stands at the same event on the same branch, of several at one time too', async () => {
    const session = made('place');
    expect(await session.open(several, 1)).toBe(true);
    await session.runOn();
    session.toStart();
    await session.forward();
    await session.fork();
    await session.runOn();
    const times = session.model?.beats.map((beat) => beat.t) ?? [];
    const twins = times.findIndex((t, i) => t === times[i + 1]);
    expect(twins).toBeGreaterThanOrEqual(0);
    for (const beat of [0, twins + 1, times.length]) {
      session.toStart();
      for (let i = 0; i < beat; i++) await session.forward();
      session.saving.saveNow();
      const again = made('place');
      expect(await again.restore()).toBe(true);
      expect(again.branches).toHaveLength(2);
      expect(again.branch).toBe(again.branches[1]);
      expect([again.beat, again.t, again.shown]).toEqual([session.beat, session.t, session.shown]);
    }
  });
});

describe.skipIf(!hasEngine)('an engine that goes', () => {
  it('the first world opens when the engine that was not there has been started again', async () => {
    const session = made();
    client.broken = true;
    await session.begin(async () => (await session.restore()) || session.open(firstVisit, 1));
    expect(session.failure?.kind).toBe('failed');
    await session.restart();
    expect(session.failure?.kind).toBe('failed');
    client.broken = false;
    await session.restart();
    expect(session.failure).toBeUndefined();
    expect(session.catalogue).toBeDefined();
    expect(await session.forward()).toBe(true);
  });

  it('without an owner that begins, what could not be opened is opened', async () => {
    const session = made();
    client.broken = true;
    expect(await session.open(handshake, 1)).toBe(false);
    client.broken = false;
    await session.restart();
    expect(session.branch?.scenario).toBe(handshake);
  });

  it('what fails settles, and what waits behind it is not begun', async () => {
    const session = await started();
    client.broken = true;
    expect(await session.forward()).toBe(false);
    client.broken = false;
    const { beat } = session;
    expect(await session.forward()).toBe(false);
    expect(session.beat).toBe(beat);
    await session.restart();
    expect(await session.forward()).toBe(true);
  });

  it('a worker that somebody else has restarted has lost this world, so it is opened anew', async () => {
    const session = await started();
    for (let i = 0; i < 6; i++) await session.forward();
    expect(await session.act({ do: 'drop', segment: session.branch?.status?.in_flight.at(-1)?.id })).toBe(true);
    const { branch, beat } = session;
    for (const each of session.branches) await api.close(each.handle);
    client.generation += 1;
    expect(await session.forward()).toBe(true);
    expect(session.failure).toBeUndefined();
    expect(session.branch).not.toBe(branch);
    expect(session.beat).toBe(beat + 1);
    expect(session.branch?.status?.actions).toBe(1);
  });
});

describe.skipIf(!hasEngine)('two tabs', () => {
  const drop = async (session: Session) => {
    for (let i = 0; i < 6; i++) await session.forward();
    expect(await session.act({ do: 'drop', segment: session.branch?.status?.in_flight.at(-1)?.id })).toBe(true);
  };
  let tabs: [Kept, Kept];
  let a: Session;
  let b: Session;

  beforeEach(async () => {
    tabs = [new Kept(), new Kept()];
    inTab(tabs[0]);
    a = await started('lab');
    a.saving.saveNow();
    inTab(tabs[1]);
    b = made('lab');
    expect(await b.restore()).toBe(true);
  });

  it('a tab that changed nothing writes nothing', () => {
    shared.written = [];
    b.saving.saveNow();
    b.saving.saveNow();
    expect(shared.written).toEqual([]);
  });

  it('work is not written over by a tab that only looked, which is told', async () => {
    inTab(tabs[0]);
    await drop(a);
    const work = shared.get('tcplab.lab');
    inTab(tabs[1]);
    tell('tcplab.lab');
    expect(b.saving.elsewhere).toBe(true);
    await b.forward();
    b.saving.saveNow();
    expect(shared.get('tcplab.lab')).toBe(work);
    expect(await b.takeOther()).toBe(true);
    expect(b.saving.elsewhere).toBe(false);
    expect(b.branch?.status?.actions).toBe(1);
  });

  it('both work: the second says so, and each has its own after a reload', async () => {
    inTab(tabs[0]);
    await drop(a);
    inTab(tabs[1]);
    expect(await b.open(handshake, 1)).toBe(true);
    expect(b.saving.elsewhere).toBe(true);
    expect(shared.get('tcplab.lab')).toContain('drop');
    const again = made('lab');
    expect(await again.restore()).toBe(true);
    expect(again.branch?.scenario).toBe(handshake);
    expect(again.saving.elsewhere).toBe(true);
    again.saving.keepMine();
    expect(again.saving.elsewhere).toBe(false);
    expect(shared.get('tcplab.lab')).not.toContain('drop');
    inTab(tabs[0]);
    tell('tcplab.lab');
    expect(a.saving.elsewhere).toBe(true);
    const first = made('lab');
    expect(await first.restore()).toBe(true);
    expect(first.branch?.status?.actions).toBe(1);
  });

  it('standing elsewhere in the same work is no conflict', async () => {
    inTab(tabs[0]);
    await a.forward();
    a.saving.saveNow();
    inTab(tabs[1]);
    tell('tcplab.lab');
    expect(b.saving.elsewhere).toBe(false);
    await b.forward();
    b.saving.saveNow();
    expect(b.saving.elsewhere).toBe(false);
  });
});
