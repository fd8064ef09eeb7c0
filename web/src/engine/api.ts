/** What the page can ask of an engine. Runs in the worker; the tests run it in node. */
import type { EngineModule } from '@engine/tcplab.js';
import * as v from 'valibot';
import { mainEvent } from './main-event.ts';
import * as shape from './types.ts';

/** Events per call of `trace`; more would block the page while the answer is cloned. */
const traceSlice = 500;

export class EngineMismatch extends Error {
  override name = 'EngineMismatch';
}

function checked<Schema extends v.GenericSchema>(schema: Schema, value: unknown): v.InferOutput<Schema> {
  const result = v.safeParse(schema, value);
  if (result.success) return result.output;
  const issue = result.issues[0];
  throw new EngineMismatch(`${v.getDotPath(issue) ?? 'answer'}: ${issue.message}`);
}

function read<Schema extends v.GenericSchema>(schema: Schema, json: string): v.InferOutput<Schema> {
  return checked(schema, JSON.parse(json));
}

/** An answer, or the problems returned in its place. */
function readOr<Schema extends v.GenericSchema>(schema: Schema, json: string): v.InferOutput<Schema> | shape.Problems {
  const value: unknown = JSON.parse(json);
  const problems = v.safeParse(shape.Problems, value);
  return problems.success ? problems.output : read(schema, json);
}

/** A fork that is dropped at once. */
function statusBefore(engine: EngineModule, session: number, step: number | null): shape.Status | null {
  const fork = step === null ? undefined : readOr(shape.Opened, engine.fork(session, step));
  if (!fork || 'problems' in fork) return null;
  const status = read(shape.Status, engine.status(fork.session));
  engine.close(fork.session);
  return status;
}

const variablesAround = (engine: EngineModule, session: number, n: number | null): shape.Variables | null =>
  n === null ? null : read(v.nullable(shape.Variables), engine.variables(session, n));

export function createApi(engine: () => Promise<EngineModule>) {
  return {
    async version(): Promise<string> {
      return (await engine()).version();
    },
    async catalogue(): Promise<shape.Catalogue> {
      return read(shape.Catalogue, (await engine()).catalogue());
    },
    async open(scenario: string, seed: number): Promise<shape.Opened | shape.Problems> {
      return readOr(shape.Opened, (await engine()).open(scenario, seed));
    },
    async close(session: number): Promise<void> {
      (await engine()).close(session);
    },
    async step(session: number, count: number): Promise<shape.Status> {
      return read(shape.Status, (await engine()).step(session, count));
    },
    async runUntil(session: number, t: number, maxSteps: number): Promise<shape.Status> {
      return read(shape.Status, (await engine()).run_until(session, Math.round(t), maxSteps));
    },
    async act(session: number, action: shape.Action, t: number) {
      const done = (await engine()).act(session, JSON.stringify(action), Math.round(t));
      return readOr(shape.Status, done);
    },
    async fork(session: number, step: number): Promise<shape.Opened | shape.Problems> {
      return readOr(shape.Opened, (await engine()).fork(session, step));
    },
    async undo(session: number): Promise<shape.Status | shape.Problems> {
      return readOr(shape.Status, (await engine()).undo(session));
    },
    /**
     * So many steps, and at most a slice of what has happened from event `since` on; if wanted, with the control block
     * around the event that it is about.
     */
    async follow(session: number, count: number, since: number, detailed: boolean): Promise<shape.Followed> {
      const module = await engine();
      const status = read(shape.Status, module.step(session, count));
      const events = since < status.events ? read(shape.Trace, module.trace(session, since, traceSlice)) : [];
      const main = detailed ? mainEvent(events) : undefined;
      const n = main?.conn === undefined ? null : main.n;
      return { status, events, n, variables: variablesAround(module, session, n) };
    },
    /** What a reader sees at once: the world before a step, and the control block around an event; null is not asked. */
    async glance(session: number, step: number | null, n: number | null): Promise<shape.Glance> {
      const module = await engine();
      return { status: statusBefore(module, session, step), variables: variablesAround(module, session, n) };
    },
    async status(session: number): Promise<shape.Status> {
      return read(shape.Status, (await engine()).status(session));
    },
    /** At most one slice of the events from `since` on; to be called again until it is empty. */
    async trace(session: number, since: number): Promise<shape.TraceEvent[]> {
      return read(shape.Trace, (await engine()).trace(session, since, traceSlice));
    },
    /** The number of the first event, from `from` on, in which two sessions differ. */
    async difference(one: number, other: number, from: number): Promise<number | null> {
      return read(v.nullable(v.number()), (await engine()).difference(one, other, from));
    },
    /** The numbers of the events, among `most` from `since` on, that match every word; see lab/wanted.hpp. */
    async find(session: number, words: readonly (readonly string[])[], since: number, most: number) {
      const found = (await engine()).find(session, JSON.stringify(words), since, most);
      return typeof found === 'string' ? read(shape.Problems, found) : checked(shape.EventNumbers, found);
    },
    async exportScenario(session: number): Promise<string> {
      return (await engine()).export_scenario(session);
    },
    /** A pcapng file of the run so far, as captured at a host or, for '', at every sender. */
    async capture(session: number, host: string): Promise<Uint8Array<ArrayBuffer> | shape.Problems> {
      const file = (await engine()).capture(session, host);
      return typeof file === 'string' ? read(shape.Problems, file) : checked(shape.Bytes, file);
    },
    /** Not validated here: the exercise view owns these schemas. */
    async exercise(text: string, seed: number): Promise<unknown> {
      return JSON.parse((await engine()).exercise(text, seed));
    },
    async grade(text: string, seed: number, answers: string): Promise<unknown> {
      return JSON.parse((await engine()).grade(text, seed, answers));
    },
    async gradeFile(text: string, file: string): Promise<unknown> {
      return JSON.parse((await engine()).grade_file(text, file));
    },
    /** Problems and warnings for an exercise's author, found by trying this many variants. */
    async check(text: string, seeds: number): Promise<shape.Findings> {
      return checked(shape.Findings, JSON.parse((await engine()).check(text, seeds)));
    },
    /** The same for a scenario, found by trying one run. */
    async checkScenario(text: string): Promise<shape.Findings> {
      return checked(shape.Findings, JSON.parse((await engine()).check_scenario(text)));
    },
    /** What published rules find in a free text. */
    async matchText(rubric: string, text: string): Promise<shape.Ideas | shape.Problems> {
      return readOr(shape.Ideas, (await engine()).match_text(rubric, text));
    },
  };
}

export type EngineApi = ReturnType<typeof createApi>;
