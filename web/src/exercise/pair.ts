/** Two runs of one scenario: the real one, and the one in which the student's answer would be right. */
import { segmentOf, type TraceEvent } from '../engine/types.ts';
import { firstDifference, type Difference } from '../lab/model/difference.ts';
import { Branch } from '../lab/session/branch.svelte.ts';
import { LabSession } from '../lab/session/session.svelte.ts';
import type { Step } from './steps.ts';
import type { Diagnosis, Exercise } from './types.ts';
import { letGo, mostSteps, runUntilSeen } from './world.ts';

export interface Pair {
  real: LabSession;
  other: LabSession;
  diagnosis: Diagnosis;
  parting: Parting;
  /** Whether both runs are there to their ends. */
  whole: boolean;
}

/** Where the runs part: the events before number `n` are the same in both. */
export interface Parting extends Difference {
  n: number;
  t: number;
  /** What is said of the two, where they differ in one thing. */
  values: { name: string; here: string; there: string } | undefined;
}

interface Wanted {
  exercise: Exercise;
  step: Step;
  diagnosis: Diagnosis;
  evidence: readonly TraceEvent[];
  /** How far the runs may be seen, in steps of the real one: until `last`, and whole arrows, but never to `limit`. */
  end: { last: number; limit: number } | undefined;
}

/** Undefined where the runs do not differ as far as they may be seen. */
export async function openPair({ exercise, step, diagnosis, evidence, end }: Wanted): Promise<Pair | undefined> {
  const base = step.asked.kind === 'build' ? step.asked.scenario : exercise.scenario;
  const real = new LabSession();
  const other = new LabSession();
  const give = (): undefined => {
    letGo(real);
    letGo(other);
  };
  if (!(await real.open(base, exercise.seed))) return give();
  if (!(await other.open(mutated(base, diagnosis.mutants), exercise.seed))) return give();
  if (end) {
    real.barrier = Math.min(end.last, end.limit);
    await runUntilSeen(real, evidence, end.limit);
    await runToTime(other, real.branch?.status?.now ?? 0);
  } else {
    await real.runOn(mostSteps);
    await other.runOn(mostSteps);
  }
  if (!real.branch || !other.branch) return give();
  const parting = partingOf(real.branch.events, other.branch.events, end === undefined);
  if (!parting) return give();
  Branch.onOneAxis(real.branch, other.branch);
  for (const session of [real, other]) session.seekEvent(parting.n);
  return { real, other, diagnosis, parting, whole: end === undefined };
}

function mutated(scenario: string, mutants: readonly string[]): string {
  const mutant = mutants.length === 1 ? mutants[0] : mutants;
  return JSON.stringify({ ...(JSON.parse(scenario) as object), mutant });
}

/** Runs a world through everything that happens until `t`, and holds it there. */
async function runToTime(session: LabSession, t: number): Promise<void> {
  for (let i = 0; i < mostSteps; i++) {
    const status = session.branch?.status;
    if (!status || status.ended || status.next === null || status.next === undefined || status.next > t) break;
    await session.runTo(status.step + 1);
  }
  session.barrier = session.branch?.status?.step ?? 0;
}

export function partingOf(
  here: readonly TraceEvent[],
  there: readonly TraceEvent[],
  whole: boolean,
): Parting | undefined {
  const length = Math.min(here.length, there.length);
  // One that is merely shorter differs only if it is at its end.
  const shorter = whole && here.length !== there.length ? { here: here[length], there: there[length] } : undefined;
  const found = firstDifference(here, there, 0) ?? shorter;
  const first = found?.here ?? found?.there;
  if (!found || !first) return undefined;
  return { ...found, n: first.n, t: first.t, values: differing(found.here, found.there) };
}

/** The first thing in which two events of one kind differ, as a trace names it. */
function differing(here: TraceEvent | undefined, there: TraceEvent | undefined): Parting['values'] {
  if (!here || !there || here.kind !== there.kind || here.host !== there.host) return undefined;
  const flat = (event: TraceEvent): Record<string, unknown> =>
    ({ ...event, ...segmentOf(event) });
  const [a, b] = [flat(here), flat(there)];
  const name = told.find((each) => a[each] !== b[each]);
  return name === undefined ? undefined : { name, here: show(a[name]), there: show(b[name]) };
}

/** What an event tells that is worth a word beside its picture. */
const told = ['flags', 'seq', 'ack', 'len', 'to', 'error', 'timer', 't'];
const show = (value: unknown): string => (value === undefined || value === null ? '—' : String(value));
