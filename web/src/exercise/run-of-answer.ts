/** The run that results from a student's actions in a build, which is what the verdict is about. */
import type { Action } from '../engine/types.ts';
import { microseconds } from '../lab/session/recorded.ts';
import type { LabSession } from '../lab/session/session.svelte.ts';
import type { Wanted } from './world.ts';

type Script = readonly Action[];

const scriptOf = (scenario: string): Script => (JSON.parse(scenario) as { script?: Action[] }).script ?? [];

/** The scenario with the answer's actions in it, as the engine grades it. */
export function played(scenario: string, actions: Script): string {
  return JSON.stringify({ ...(JSON.parse(scenario) as object), script: [...scriptOf(scenario), ...actions] });
}

/** A form of a value that does not depend on the order of its keys or on how times are written. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return members.map(([name, each]) => [name, (name === 'at' ? microseconds(each) : undefined) ?? canonical(each)]);
}

const setOf = (script: Script): string => JSON.stringify(script.map((each) => JSON.stringify(canonical(each))).sort());

/** Whether a session's world has exactly these actions. */
export async function isRunOf(session: LabSession, scenario: string, actions: Script): Promise<boolean> {
  const here = session.branch ? await session.exportText() : undefined;
  return here !== undefined && setOf(scriptOf(here)) === setOf([...scriptOf(scenario), ...actions]);
}

/** Whether all actions in a world can be undone there. */
export async function isPlayedByHand(session: LabSession, scenario: string): Promise<boolean> {
  return isRunOf(session, scenario, await session.recordedActions());
}

/** Shows the run of an answer: replays its actions by step or, if they have no steps, runs them as a script. */
export async function replay(
  session: LabSession,
  { scenario, seed, actions }: { scenario: string; seed: number; actions: Script },
  wanted: Wanted = () => true,
): Promise<void> {
  const whole = played(scenario, actions);
  const byHand = actions.every(({ step }) => step !== undefined);
  if (byHand && (await session.replay(whole, seed)) && (await isRunOf(session, scenario, actions))) return;
  if (wanted()) await session.open(whole, seed);
}
