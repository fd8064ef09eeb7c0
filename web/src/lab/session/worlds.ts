/** Operations on a session's worlds in the engine: run, fork, replay, close. */
import { engine } from '../../engine/client.ts';
import type { Followed, Problem, Status } from '../../engine/types.ts';
import type { Saved } from './autosave.ts';
import { Branch } from './branch.svelte.ts';
import { separate } from './recorded.ts';

/** Steps per call to the engine: few enough for it to stay responsive. */
const stepsPerCall = 200;
type Link = { id: number; step: number } | undefined;
/** Says whether the work is still wanted. */
type Wanted = () => boolean;

let lastId = 0;

const over = ({ ended, next }: Status): boolean => ended || next === null || next === undefined;

/**
 * Fetches new events from the engine slice by slice, so that a long trace never blocks the page. `grown` is called
 * synchronously after each slice, so that no frame can show a half-updated state.
 */
export async function pull(branch: Branch, status: Status, grown?: () => void): Promise<void> {
  do {
    const missing = branch.events.length < status.events;
    const slice = missing ? await engine.call('trace', branch.handle, branch.events.length) : [];
    branch.grow(status, slice);
    grown?.();
    if (slice.length === 0) return;
  } while (branch.events.length < status.events);
}

/** Opens a scenario and runs its first `steps` steps. */
export async function opened(
  scenario: string,
  seed: number,
  steps: number,
  link?: Link,
): Promise<Branch | { problems: Problem[] }> {
  const answer = await engine.call('open', scenario, seed);
  if ('problems' in answer) return answer;
  const branch = new Branch(++lastId, answer.session, engine.generation, seed, link);
  branch.scenario = scenario;
  await pull(branch, await engine.call('step', answer.session, steps));
  return branch;
}

export async function release(branch: Branch): Promise<void> {
  if (branch.generation === engine.generation) await engine.call('close', branch.handle);
}

/** Steps until there is one more thing to see, for some steps leave no event. */
export async function advance(
  branch: Branch,
  wanted: Wanted,
  grown: (told: Followed) => void,
  detailed: boolean,
): Promise<void> {
  const before = branch.model.beats.length;
  while (wanted()) {
    const told = await engine.call('follow', branch.handle, 1, branch.events.length, detailed);
    const { status, events } = told;
    branch.grow(status, events);
    grown(told);
    if (branch.events.length < status.events) await pull(branch, status);
    if (branch.model.beats.length > before || over(branch.status as Status)) return;
  }
}

export async function runTo(branch: Branch, step: number, wanted: Wanted): Promise<void> {
  while (wanted() && branch.status && branch.status.step < step && !branch.status.ended) {
    const before = branch.status.step;
    await pull(branch, await engine.call('step', branch.handle, Math.min(stepsPerCall, step - before)));
    if (branch.status.step === before) return;
  }
}

/** Runs on until nothing more happens by itself, or for so many steps. */
export async function runOn(branch: Branch, steps: number, wanted: Wanted): Promise<void> {
  const last = (branch.status?.step ?? 0) + steps;
  while (wanted() && branch.status && !over(branch.status) && branch.status.step < last) {
    const before = branch.status.step;
    await pull(branch, await engine.call('step', branch.handle, Math.min(stepsPerCall, last - before)));
    if (branch.status.step === before) return;
  }
}

/** A new branch, not yet shown, that leaves `parent` before `step`, when `count` of its events have happened. */
export async function split(parent: Branch, step: number, count: number): Promise<Branch | { problems: Problem[] }> {
  const answer = await engine.call('fork', parent.handle, step);
  if ('problems' in answer) return answer;
  const branch = new Branch(++lastId, answer.session, engine.generation, parent.seed, { id: parent.id, step });
  const status = await engine.call('status', answer.session);
  await branch.inherit(parent, status, count);
  await pull(branch, status);
  branch.scenario = await engine.call('exportScenario', branch.handle);
  return branch;
}

/** Opens a scenario and replays its recorded actions step by step, so that they can be undone. */
async function replay(scenario: string, seed: number, link: Link, again: boolean): Promise<Branch | undefined> {
  const parts = again ? separate(scenario) : undefined;
  const branch = await opened(parts?.base ?? scenario, seed, 0, link);
  if ('problems' in branch) return undefined;
  branch.scenario = scenario;
  for (const { action, step, at } of parts?.recorded ?? []) {
    await runTo(branch, step, () => true);
    const done = await engine.call('act', branch.handle, action, at);
    if ('problems' in done) {
      await release(branch);
      return undefined;
    }
    await pull(branch, done);
  }
  return branch;
}

/** Reopens a saved session: its branches, and which of them was on show. */
export async function reopened(
  saved: Saved,
): Promise<{ branches: Branch[]; active: Branch; place: Saved['branches'][number] } | undefined> {
  const branches: Branch[] = [];
  const places = new Map<number, Branch>();
  for (const [index, each] of saved.branches.entries()) {
    const parent = each.parent && places.get(each.parent.index);
    const link = parent && each.parent ? { id: parent.id, step: each.parent.step } : undefined;
    const branch =
      (await replay(each.scenario, each.seed, link, true)) ?? (await replay(each.scenario, each.seed, link, false));
    if (!branch) continue;
    await runTo(branch, each.step, () => true);
    branches.push(branch);
    places.set(index, branch);
  }
  const shown = places.has(saved.active) ? saved.active : [...places.keys()][0];
  if (shown === undefined) return undefined;
  const place = saved.branches[shown] as Saved['branches'][number];
  return { branches, active: places.get(shown) as Branch, place };
}
