/**
 * Exercises are read, checked and graded in a worker of their own, so that a hostile or heavy one can neither block nor
 * crash the worker that runs the student's worlds.
 */
import * as v from 'valibot';
import { EngineMismatch } from '../engine/api.ts';
import { EngineClient } from '../engine/client.ts';
import type { Findings, Ideas, Problem, TraceEvent } from '../engine/types.ts';
import { Loaded, Problems, Verdict, type Exercise } from './types.ts';

const client = new EngineClient();
/** Starts the worker ahead of the first request. */
export const startGrader = (): void => client.start();

/** Only a safeguard: the engine itself ends the runs of exercises long before this. */
const mostSteps = 10_000;
const stepsPerCall = 500;

export type Result<Value> = { value: Value } | { problems: Problem[] };

function read<Schema extends v.GenericSchema>(schema: Schema, answer: unknown): Result<v.InferOutput<Schema>> {
  const problems = v.safeParse(Problems, answer);
  if (problems.success) return { problems: problems.output.problems };
  const result = v.safeParse(schema, answer);
  if (result.success) return { value: result.output };
  const issue = result.issues[0];
  throw new EngineMismatch(`${v.getDotPath(issue) ?? 'answer'}: ${issue.message}`);
}

export async function readExercise(text: string, seed: number): Promise<Result<Exercise>> {
  const answer = read(Loaded, await client.call('exercise', text, seed));
  return 'problems' in answer ? answer : { value: answer.value.exercise };
}

/** The verdict on an answers file: what the page shows is what `tcplab grade` says. */
export async function grade(text: string, file: string): Promise<Result<Verdict>> {
  return read(Verdict, await client.call('gradeFile', text, file));
}

/** All problems of an exercise from a file, found by trying this many variants. */
export function check(text: string, variants: number): Promise<Findings> {
  return client.call('check', text, variants);
}

/** What published rules find in a free text. */
export const matchText = (rubric: string, text: string): Promise<Ideas | { problems: Problem[] }> =>
  client.call('matchText', rubric, text);

/** The given events of a scenario's unchanged run, found without moving the world that is on show. */
export async function eventsOf(scenario: string, seed: number, numbers: readonly number[]): Promise<TraceEvent[]> {
  const last = Math.max(-1, ...numbers);
  const opened = await client.call('open', scenario, seed);
  if ('problems' in opened || last < 0) return [];
  const { session } = opened;
  try {
    for (let steps = 0; steps < mostSteps; steps += stepsPerCall) {
      const status = await client.call('step', session, stepsPerCall);
      if (status.events > last || status.ended || (status.next ?? null) === null) break;
    }
    const events: TraceEvent[] = [];
    while (events.length <= last) {
      const slice = await client.call('trace', session, events.length);
      if (slice.length === 0) break;
      events.push(...slice);
    }
    return numbers.flatMap((n) => events[n] ?? []);
  } finally {
    await client.call('close', session);
  }
}
