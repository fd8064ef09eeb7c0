/** Whatever a build's answer came from, the world beside its verdict is the run that was judged. */
import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import closing from '@exercises/05-both-in-closing.json?raw';
import type { Action, TraceEvent } from '../src/engine/types.ts';
import { api, hasEngine } from './engine.ts';
import { memoryStorage } from './memory-storage.ts';

vi.mock('../src/engine/client.ts', () => import('./engine-client.ts'));
const [shared, ofTab] = [memoryStorage(), memoryStorage()];
vi.stubGlobal('localStorage', shared);
vi.stubGlobal('sessionStorage', ofTab);
vi.stubGlobal('window', { matchMedia: () => ({ matches: true }) });

const { Practice } = await import('../src/exercise/practice.svelte.ts');
const { entryOf } = await import('../src/exercise/pack.ts');
const { readAnswers, answersText } = await import('../src/exercise/answers-file.ts');
type Practice = InstanceType<typeof Practice>;

const seed = 7;
type Build = Extract<NonNullable<Practice['step']>['asked'], { kind: 'build' }>;

async function opened(id: string): Promise<Practice> {
  const practice = new Practice(entryOf(id) as NonNullable<ReturnType<typeof entryOf>>, seed);
  await practice.load();
  // Before anything is done, whether it can be done is said.
  if (practice.step?.asked.kind === 'build' && !practice.verdict) practice.say('yes');
  return practice;
}

/** Every event of the run that the engine grades. */
async function judged({ scenario }: Build, actions: readonly Action[]): Promise<TraceEvent[]> {
  const whole = JSON.parse(scenario) as { script?: Action[] };
  const answer = await api.open(JSON.stringify({ ...whole, script: [...(whole.script ?? []), ...actions] }), seed);
  if ('problems' in answer) throw new Error(JSON.stringify(answer.problems));
  await api.step(answer.session, 5_000);
  const events: TraceEvent[] = [];
  for (;;) {
    const slice = await api.trace(answer.session, events.length);
    if (slice.length === 0) break;
    events.push(...slice);
  }
  await api.close(answer.session);
  return events;
}

const fileOf = (id: string, rev: number, answers: Record<string, unknown>) => {
  const file = readAnswers(answersText({ exercise: id, rev, seed, answers }));
  if (!file) throw new Error('no file of answers');
  return file;
};

async function expectRun(practice: Practice, actions: readonly Action[]): Promise<void> {
  expect(practice.failure).toBe('');
  expect(practice.session?.failure).toBeUndefined();
  expect(practice.verdict).toBeDefined();
  const run = await judged(practice.step?.asked as Build, actions);
  expect(practice.session?.branch?.events).toEqual(run);
  expect(practice.session?.limits.closed).toBe(true);
}

const close = (host: string): Action => ({ do: 'close', host, socket: host === 'client' ? 'socket' : 'accepted' });

/** Both ends close before either has heard of the other. */
async function playLive(): Promise<{ practice: Practice; actions: Action[] }> {
  const practice = await opened('05-both-in-closing');
  for (const host of ['client', 'server']) expect(await practice.session?.act(close(host))).toBe(true);
  const actions = (await practice.session?.recordedActions()) ?? [];
  expect(await practice.submitBuild()).toBe(true);
  await expectRun(practice, actions);
  expect(practice.verdict?.correct).toBe(true);
  return { practice, actions };
}

// The page's own copy is without the answers.
const timeWait = readFileSync(new URL('../../exercises/06-explain-time-wait.json', import.meta.url), 'utf8');
const rev = (text: string) => (JSON.parse(text) as { rev: number }).rev;

describe.skipIf(!hasEngine)('beside the verdict on a build', () => {
  beforeEach(() => {
    shared.clear();
    ofTab.clear();
  });

  for (const steps of ['with', 'without'] as const) {
    it(`stands the run of an answers file ${steps} its steps, also after a reload`, async () => {
      const live = await playLive();
      const told = live.actions.map(
        ({ step, ...action }) => (steps === 'with' ? { ...action, step } : { ...action, at: '1s' }) as Action,
      );
      live.practice.dispose();
      shared.clear();
      ofTab.clear();
      const fresh = await opened('05-both-in-closing');
      fresh.takeOver(fileOf('05-both-in-closing', rev(closing), { closing: { can: 'yes', plan: told } }), 'mine.json');
      fresh.dispose();
      for (let reload = 0; reload < 2; reload++) {
        const practice = await opened('05-both-in-closing');
        await expectRun(practice, told);
        expect(practice.verdict?.correct).toBe(true);
        expect(practice.evidence.map(({ n }) => n)).toEqual(practice.verdict?.goals.map(({ n }) => n));
        practice.dispose();
      }
    });
  }

  it('stands the run of the file, not of what was built here before', async () => {
    const { practice, actions } = await playLive();
    const one = actions.slice(0, 1);
    practice.takeOver(fileOf('05-both-in-closing', rev(closing), { closing: one }), 'other.json');
    practice.dispose();
    const again = await opened('05-both-in-closing');
    expect(again.verdict?.correct).toBe(false);
    await expectRun(again, one);
    again.takeOver(fileOf('05-both-in-closing', rev(closing), { closing: [] }), 'nothing.json');
    again.dispose();
    await expectRun(await opened('05-both-in-closing'), []);
  });

  it('nothing is done or taken back until another try, which goes on from there', async () => {
    const fresh = await opened('05-both-in-closing');
    const one = { ...close('client'), at: '1s' };
    fresh.takeOver(fileOf('05-both-in-closing', rev(closing), { closing: { can: 'yes', plan: [one] } }), 'mine.json');
    fresh.dispose();
    const practice = await opened('05-both-in-closing');
    expect(await practice.session?.undo()).toBe(false);
    expect(await practice.session?.act(close('server'))).toBe(false);
    await expectRun(practice, [one]);
    // What is handed in then is what was seen: the script of the file could not be taken back.
    await practice.retry();
    for (const host of ['client', 'server']) expect(await practice.session?.act(close(host))).toBe(true);
    const actions = (await practice.session?.recordedActions()) ?? [];
    expect(await practice.submitBuild()).toBe(true);
    expect(practice.verdict?.correct).toBe(true);
    await expectRun(practice, actions);
    practice.dispose();
  });

  it('stands the run at the result too, after a reload there', async () => {
    const { practice, actions } = await playLive();
    const run = await judged(practice.step?.asked as Build, actions);
    await practice.next();
    practice.dispose();
    const again = await opened('05-both-in-closing');
    expect(again.step).toBeUndefined();
    expect(again.session?.branch?.events).toEqual(run);
    again.dispose();
  });

  it('is told apart from another try that was begun, which goes on after a reload', async () => {
    const practice = await opened('05-both-in-closing');
    // A run without actions is no answer here; a file may hold it.
    expect(await practice.submitBuild()).toBe(false);
    expect(practice.untouched).toBe(true);
    expect(practice.verdict).toBeUndefined();
    expect(await practice.submit([])).toBe(true);
    await practice.retry();
    expect(await practice.session?.act(close('client'))).toBe(true);
    practice.dispose();
    const again = await opened('05-both-in-closing');
    expect(again.verdict).toBeUndefined();
    expect(await again.session?.recordedActions()).toHaveLength(1);
    again.dispose();
  });

  it('stands each witness of either build of one exercise, by turns', { timeout: 60_000 }, async () => {
    const id = '06-explain-time-wait';
    const { witness } = JSON.parse(timeWait) as { witness: { explain: Record<string, Action[][]> } };
    const first = await opened(id);
    first.dispose();
    // Which end closes first in this variant.
    const script = (JSON.parse(first.exercise?.scenario ?? '{}') as { script: Action[] }).script;
    const ends = script.filter((each) => each.do === 'close').map(({ host }) => String(host));
    const told = (actions: unknown) =>
      JSON.parse(
        JSON.stringify(actions)
          .replaceAll('${first}', ends[0] ?? '')
          .replaceAll('${other}', ends[1] ?? ''),
      ) as Action[];
    const [lost, old] = [witness.explain['lost-ack'] ?? [], witness.explain['old-data'] ?? []];
    for (let i = 0; i < Math.max(lost.length, old.length); i++) {
      const answers = { 'lost-ack': told(lost[i % lost.length]), 'old-data': told(old[i % old.length]) };
      const before = await opened(id);
      const said = Object.fromEntries(Object.entries(answers).map(([part, plan]) => [part, { can: 'yes', plan }]));
      before.takeOver(fileOf(id, rev(timeWait), { explain: said }), 'mine.json');
      before.dispose();
      const practice = await opened(id);
      for (const part of ['lost-ack', 'old-data', 'lost-ack'] as const) {
        await practice.goTo(practice.steps.findIndex((step) => step.part === part));
        expect(practice.verdict?.correct, `${part} ${i}`).toBe(true);
        await expectRun(practice, answers[part]);
      }
      practice.dispose();
    }
  });
});
