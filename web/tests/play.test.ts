/** Every world that the page offers plays from its start to its end, frame by frame as on the page. */
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { examples } from '../src/lab/scenarios/examples.ts';
import { freeSeed } from '../src/lab/scenarios/first-visit.ts';
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
// Many worlds in one test.
vi.setConfig({ testTimeout: 60_000 });

const { LabSession } = await import('../src/lab/session/session.svelte.ts');
type Session = InstanceType<typeof LabSession>;

const frame = 1000 / 60;
/** So many frames in which the engine has all the time it wants: more of the same is a standstill. */
const patience = 50;

/** Plays until the button would say Play again; how many frames that took. */
async function playOut(session: Session, speed: number): Promise<number> {
  session.speed = speed;
  session.play();
  let still = 0;
  let frames = 0;
  for (; session.playing; frames += 1) {
    const { t, beat, y } = session;
    session.tick(frame);
    expect(session.y, 'the reader never moves up').toBeGreaterThanOrEqual(y);
    if (session.t !== t || session.beat !== beat) {
      still = 0;
      continue;
    }
    await new Promise((done) => setImmediate(done));
    still = session.t === t && session.beat === beat ? still + 1 : 0;
    if (still > patience) throw new Error(`time stands still at ${t} µs, before event ${session.shown}`);
  }
  return frames;
}

async function expectToPlay(scenario: string, seed: number): Promise<void> {
  const session = new LabSession();
  try {
    expect(await session.open(scenario, seed), JSON.stringify(session.refused)).toBe(true);
    for (const speed of [1, 16]) {
      if (speed > 1) session.toStart();
      await playOut(session, speed);
      expect(session.failure).toBeUndefined();
      expect(session.live).toBe(true);
      expect(session.next).toBeUndefined();
      expect(session.shown).toBe(session.branch?.events.length);
    }
    // Once more from the engine, which is another way than through what is known.
    expect(await session.open(scenario, seed)).toBe(true);
    await playOut(session, 16);
    expect(session.next).toBeUndefined();
  } finally {
    session.end();
  }
}

interface Build {
  id: string;
  kind: string;
  scenario: string;
}
const folder = resolve(import.meta.dirname, '../../exercises');
const exercises = readdirSync(folder)
  .filter((name) => /^\d.*\.json$/.test(name))
  .map((name) => readFileSync(resolve(folder, name), 'utf8'));

/** A witness is a plan, or a list of plans: each with what the student does in the build's world. */
function plansOf(witness: unknown): object[][] {
  if (!Array.isArray(witness)) return [];
  return witness.every((each) => Array.isArray(each)) ? (witness as object[][]) : [witness as object[]];
}

function withPlan(scenario: string, plan: object[]): string {
  const parsed = JSON.parse(scenario) as { script?: object[] };
  return JSON.stringify({ ...parsed, script: [...(parsed.script ?? []), ...plan] });
}

describe.skipIf(!hasEngine)('played from start to end at 1x and 16x', () => {
  it('there are as many examples as files', () => {
    const files = readdirSync(resolve(folder, 'scenarios')).filter((name) => name.endsWith('.json'));
    expect(examples.length).toBe(files.length + 2);
  });

  it.each(examples.map(({ id, text }) => [id, text]))('the example %s', async (_, text) => {
    await expectToPlay(text, freeSeed);
  });

  describe.each(exercises.map((text) => [(JSON.parse(text) as { id: string }).id, text]))(
    'the exercise %s',
    (_, text) => {
      const { witness = {} } = JSON.parse(text) as { witness?: Record<string, unknown> };
      let exercise: { scenario: string; questions: Build[] };

      beforeAll(async () => {
        const answer = (await api.exercise(text, 1)) as { exercise: typeof exercise };
        exercise = answer.exercise;
      });

      it('its own world', async () => {
        await expectToPlay(exercise.scenario, 1);
      });

      it('every plan of its witness', async () => {
        for (const { id, kind, scenario } of exercise.questions) {
          if (kind !== 'build') continue;
          const plans = plansOf(witness[id]);
          expect(plans.length).toBeGreaterThan(0);
          for (const plan of plans) await expectToPlay(withPlan(scenario, plan), 1);
        }
      });
    },
  );
});
