/** Whatever a student does while something else is still being brought on show, nothing is done in its name any more. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { hasEngine } from './engine.ts';

vi.mock('../src/engine/client.ts', () => import('./engine-client.ts'));
const kept = new Map<string, string>();
const storage = {
  getItem: (key: string) => kept.get(key) ?? null,
  setItem: (key: string, value: string) => void kept.set(key, value),
  removeItem: (key: string) => void kept.delete(key),
};
vi.stubGlobal('localStorage', storage);
vi.stubGlobal('sessionStorage', storage);
vi.stubGlobal('window', { matchMedia: () => ({ matches: false }) });

const { Practice } = await import('../src/exercise/practice.svelte.ts');
const { entryOf } = await import('../src/exercise/pack.ts');
const { glide } = await import('../src/exercise/world.ts');
const { LabSession } = await import('../src/lab/session/session.svelte.ts');
const { firstVisit } = await import('../src/lab/scenarios/first-visit.ts');
type Practice = InstanceType<typeof Practice>;

async function opened(id: string, seed = 7): Promise<Practice> {
  const practice = new Practice(entryOf(id) as NonNullable<ReturnType<typeof entryOf>>, seed);
  await practice.load();
  // Before anything is done, whether it can be done is said.
  if (practice.step?.asked.kind === 'build') practice.say('yes');
  return practice;
}

/** So many turns of the event loop: in each the engine may answer once. */
async function turns(count: number): Promise<void> {
  for (let i = 0; i < count; i++) await new Promise((done) => setTimeout(done));
}

describe.skipIf(!hasEngine)('while something else is being brought on show', () => {
  beforeEach(() => kept.clear());

  it('a reader who has gone on is not taken back by what was to be watched', async () => {
    const session = new LabSession();
    await session.open(firstVisit, 1);
    await session.runTo(8);
    for (const gone of [() => session.toStart(), () => session.back()]) {
      session.toEnd();
      const stayed = await glide(
        session,
        true,
        () => true,
        async () => {
          await session.runOn(30);
          gone();
        },
      );
      expect([stayed, session.playing]).toEqual([false, false]);
    }
    session.toStart();
    expect(
      await glide(
        session,
        true,
        () => false,
        () => session.runOn(30),
      ),
    ).toBe(false);
    expect(session.playing).toBe(false);
  });

  it('a reader who steps back while the world runs on stays there', async () => {
    const session = new LabSession();
    await session.open(firstVisit, 1);
    await session.runTo(8);
    const running = session.runOn();
    await Promise.resolve();
    await Promise.resolve();
    session.toStart();
    await running;
    expect(session.beat).toBe(0);
  });

  it('the world waits at the question that is on show, whenever the student went to it', async () => {
    const practice = await opened('01-handshake-states');
    for (let after = 0; after < 12; after++) {
      await practice.goTo(1);
      // The world has gone past the first question, so it is opened anew for it.
      void practice.goTo(0);
      for (let i = 0; i < after; i++) await Promise.resolve();
      await practice.goTo(1);
      await turns(20);
      const { session, step } = practice;
      const pause = step?.asked.pause?.step;
      expect([session?.barrier, session?.branch?.status?.step], `after ${after} turns`).toEqual([pause, pause]);
    }
    practice.dispose();
  });

  it('what the page points at takes nothing from what is picked for an answer', async () => {
    const session = new LabSession();
    await session.open(firstVisit, 1);
    let chosen: readonly number[] = [];
    session.picking = { chosen, change: (next) => (chosen = next) };
    session.marks = [1];
    session.select(2);
    expect(chosen).toEqual([2]);
    expect(session.picked).toEqual([]);
  });

  it('what was done in a build is no answer to the question to which the student goes meanwhile', async () => {
    const practice = await opened('06-explain-time-wait');
    const at = practice.steps.findIndex(({ asked }) => asked.kind === 'build');
    await practice.goTo(at);
    practice.say('yes');
    await practice.session?.forward();
    await practice.session?.forward();
    await practice.session?.forward();
    const segment = practice.session?.branch?.status?.in_flight[0]?.id;
    expect(await practice.session?.act({ do: 'drop', segment })).toBe(true);
    const handing = practice.submitBuild();
    await practice.goTo(at + 1);
    await handing;
    expect(Object.keys(practice.attempt.answers)).not.toContain(practice.steps[at + 1]?.key);
    practice.dispose();
  });

  it('another try at a build begins live, where the turn comes, and keeps the run before it', async () => {
    const practice = await opened('05-both-in-closing');
    const { session } = practice;
    const turn = session?.branch?.status?.step;
    expect([session?.live, session?.limits.earliest]).toEqual([true, turn]);
    await session?.act({ do: 'close', host: 'client', socket: 'socket' });
    await practice.submitBuild();
    expect(practice.verdict?.correct).toBe(false);
    await practice.retry();
    expect([session?.live, session?.branch?.status?.step, session?.limits.closed]).toEqual([true, turn, false]);
    expect(session?.branches.length).toBe(2);
    practice.dispose();
  });

  it('a right build is shown at the event that decides, where nobody has gone', async () => {
    const practice = await opened('05-both-in-closing');
    const { session } = practice;
    await session?.act({ do: 'close', host: 'client', socket: 'socket' });
    await session?.act({ do: 'close', host: 'server', socket: 'accepted' });
    await practice.submitBuild();
    expect(practice.verdict?.correct).toBe(true);
    expect([session?.live, session?.brought]).toEqual([false, true]);
    session?.back();
    expect(session?.brought).toBe(false);
    practice.dispose();
  });
});
