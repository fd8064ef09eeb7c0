/** Two runs of one scenario: the real one, and the one in which the student's answer would be right. */
import { segmentOf, type TraceEvent } from '../engine/types.ts';
import { describe } from '../lab/model/text.ts';
import { Branch } from '../lab/session/branch.svelte.ts';
import { LabSession } from '../lab/session/session.svelte.ts';
import { kindOf, type Played } from './kinds/all.ts';
import type { Diagnosis, Exercise, StepVerdict } from './types.ts';
import { letGo, mostSteps, runToTime, runUntilEvent, runUntilSeen } from './world.ts';

export interface Pair {
  real: LabSession;
  other: LabSession;
  diagnosis: Other;
  parting: Parting;
  /** Whether both runs are complete. */
  whole: boolean;
  /** Whether the other run is of the engine that the question names, not of a misconception behind an answer. */
  ofNamedEngine: boolean;
}

/** Where the runs part: the events before number `n` are the same in both, and at `t` something happens in only one. */
export interface Parting {
  n: number;
  t: number;
  /** What happens at this moment in the real run and in the other; undefined if nothing happens in that run then. */
  here: TraceEvent | undefined;
  there: TraceEvent | undefined;
  /** The value in each, if the two events differ in one field. */
  values: { name: string; here: string; there: string } | undefined;
}

/** Whose run the other one is, and where the runs part. */
type Other = Pick<Diagnosis, 'misconception' | 'mutants' | 'parts'>;

interface Wanted {
  exercise: Pick<Exercise, 'scenario' | 'seed'>;
  diagnosis: Other;
  /** Where they part for the verdict; by default, at the first difference. */
  where?: { n: number; other: number } | undefined;
  evidence: readonly TraceEvent[];
  /** How far the runs may be shown, in steps of the real one: to `last`, and to the ends of arrows before `limit`. */
  end: { last: number; limit: number } | undefined;
}

/** Undefined if the runs do not differ as far as they may be shown. */
export async function openPair({ exercise, diagnosis, where, evidence, end }: Wanted): Promise<Pair | undefined> {
  const { scenario, seed } = exercise;
  const real = new LabSession();
  const other = new LabSession();
  const open = (await real.open(scenario, seed)) && (await other.open(mutated(scenario, diagnosis.mutants), seed));
  if (open && end) await runBoth(real, other, end, evidence, diagnosis);
  else if (open) await Promise.all([real.runOn(mostSteps), other.runOn(mostSteps)]);
  const first = open && !where ? await partingOf(real, other, end === undefined) : undefined;
  const parting = where && open ? partingAt(real, other, where) : first;
  if (!parting || !real.branch || !other.branch) {
    letGo(real);
    letGo(other);
    return undefined;
  }
  Branch.onOneAxis(real.branch, other.branch);
  for (const [session, event] of [[real, parting.here] as const, [other, parting.there] as const]) {
    if (event) session.bringTo(parting.n);
    else session.bringToTime(parting.t);
  }
  return { real, other, diagnosis, parting, whole: end === undefined, ofNamedEngine: where !== undefined };
}

const nowOf = (session: LabSession): number => session.branch?.status?.now ?? 0;

function mutated(scenario: string, mutants: readonly string[]): string {
  const mutant = mutants.length === 1 ? mutants[0] : mutants;
  return JSON.stringify({ ...(JSON.parse(scenario) as object), mutant });
}

/** Runs both to the evidence and to where the engine says that they part, and then to the same time. */
async function runBoth(
  real: LabSession,
  other: LabSession,
  { last, limit }: { last: number; limit: number },
  evidence: readonly TraceEvent[],
  { parts }: Other,
): Promise<void> {
  real.barrier = Math.min(last, limit);
  await runUntilSeen(real, evidence, limit);
  if (parts) await runUntilEvent(real, parts.n, limit);
  await runToTime(other, nowOf(real), Infinity);
  // In the other run the differing event may come later.
  if (parts?.other !== undefined && parts.other !== null) await runUntilEvent(other, parts.other, Infinity);
  await runToTime(real, nowOf(other), limit);
}

export async function partingOf(real: LabSession, other: LabSession, whole: boolean): Promise<Parting | undefined> {
  const here = real.branch?.events ?? [];
  const there = other.branch?.events ?? [];
  // A run that is merely shorter differs only if it has ended.
  const shorter = whole && here.length !== there.length ? Math.min(here.length, there.length) : undefined;
  const n = (other.branch && (await real.difference(other.branch))) ?? shorter;
  if (n === undefined) return undefined;
  const [a, b] = [here[n], there[n]];
  const t = Math.min(a?.t ?? Infinity, b?.t ?? Infinity);
  if (t === Infinity) return undefined;
  // An event that the other run has at the same moment, just in another order, is no difference.
  const own = (event: TraceEvent | undefined, others: readonly TraceEvent[]) =>
    event?.t === t && !alikeAt(t, event, others.slice(n)) ? event : undefined;
  const [only, onlyThere] = [own(a, there), own(b, here)];
  const neither = only === undefined && onlyThere === undefined;
  return {
    n,
    t,
    here: neither && a?.t === t ? a : only,
    there: neither && b?.t === t ? b : onlyThere,
    values: differing(a, b),
  };
}

function alikeAt(t: number, event: TraceEvent, others: readonly TraceEvent[]): boolean {
  const end = others.findIndex((each) => each.t !== t);
  const wanted = happening(event);
  return others.slice(0, end < 0 ? undefined : end).some((each) => happening(each) === wanted);
}

/** An event without its bookkeeping fields. */
function happening(event: TraceEvent): string {
  const bookkeeping = new Set(['n', 'step', 'cause', 'rule']);
  return JSON.stringify(Object.entries(event).filter(([key]) => !bookkeeping.has(key)));
}

function partingAt(real: LabSession, other: LabSession, where: { n: number; other: number }): Parting | undefined {
  return firstTold(real.branch?.events ?? [], other.branch?.events ?? [], where);
}

/** From the engine's first difference on, finds the first events that also read differently. */
export function firstTold(
  ours: readonly TraceEvent[],
  theirs: readonly TraceEvent[],
  where: { n: number; other: number },
): Parting | undefined {
  const at = (by: number) => {
    const [here, there] = [ours[where.n + by], theirs[where.other + by]];
    const t = Math.min(here?.t ?? Infinity, there?.t ?? Infinity);
    return { n: where.n + by, t, here, there, values: differing(here, there) };
  };
  const reads = (event: TraceEvent) => `${event.t} ${describe(event, 'absolute')}`;
  let by = 0;
  for (let { here, there } = at(by); here && there && reads(here) === reads(there); { here, there } = at(by)) by += 1;
  const told = at(by);
  // The runs differ only in bookkeeping, so show that difference.
  if (!told.here && !told.there) return ours[where.n] && at(0);
  const [here, there] = [doneFrom(ours, told.n), doneFrom(theirs, where.other + by)];
  return { ...told, here, there, values: differing(here, there) };
}

/** The first event from `n` on, at the same time, that is not a note: a note says why, not what happens. */
function doneFrom(events: readonly TraceEvent[], n: number): TraceEvent | undefined {
  const first = events[n];
  if (first?.kind !== 'note') return first;
  return events.slice(n).find(({ kind, t }) => kind !== 'note' && t === first.t) ?? first;
}

/** What to show beside the student's run: the engine that should differ, or the world of a misconception that fits. */
export function otherWorld(
  asked: Played,
  verdict: StepVerdict | undefined,
): Pick<Wanted, 'diagnosis' | 'where'> | undefined {
  const engine = kindOf(asked).wrongEngine?.(asked);
  const where = verdict?.differs ?? undefined;
  if (engine) return where && { diagnosis: engine, where };
  const diagnosis = verdict?.diagnoses.find(({ mutants }) => mutants.length > 0);
  return diagnosis && { diagnosis };
}

/** The first field in which two events of one kind differ, by its name in the trace. */
export function differing(here: TraceEvent | undefined, there: TraceEvent | undefined): Parting['values'] {
  if (!here || !there || here.kind !== there.kind || here.host !== there.host) return undefined;
  const flat = (event: TraceEvent): Record<string, unknown> => {
    const due = event.kind === 'timer.armed' ? event.at : undefined;
    return { ...event, ...segmentOf(event), for: due === undefined || due === null ? undefined : due - event.t };
  };
  const [a, b] = [flat(here), flat(there)];
  const name = told.find((each) => a[each] !== b[each]);
  return name === undefined ? undefined : { name, here: show(a[name]), there: show(b[name]) };
}

/** The fields worth mentioning beside the diagram. */
const told = ['flags', 'seq', 'ack', 'len', 'to', 'error', 'timer', 'for', 't'];
const show = (value: unknown): string => (value === undefined || value === null ? '—' : String(value));
