/** The page's own engine, in node: what it says is right is held against what the page shows. */
import { copyFileSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const folder = process.env.TCPLAB_WASM ?? fileURLToPath(new URL('../../../build/wasm', import.meta.url));

export interface TraceEvent {
  n: number;
  step: number;
  kind: string;
  host?: string;
  conn?: number;
  from?: string;
  to?: string;
  segment?: { seq: number; ack?: number; len: number };
}

interface Common {
  id: string;
  pause: { step: number } | null;
  notation?: string;
}
export type Asked = Common &
  (
    | { kind: 'state' | 'role'; hosts: string[]; sockets?: Record<string, { host: string }> }
    | { kind: 'segment'; fields: string[]; of: { host: string } }
    | { kind: 'claim'; slots: { id: string; options: { id: string }[] }[] }
    | { kind: 'say'; model: { en: string } }
    | { kind: 'pick'; fewest: number }
    | { kind: 'build' }
  );

interface Judged {
  id: string;
  correct: boolean;
  fields?: { name: string; expected?: unknown }[];
  evidence?: number[];
  parts?: Judged[];
}

interface Module {
  exercise(text: string, seed: number): string;
  grade(text: string, seed: number, answers: string): string;
  open(scenario: string, seed: number): string;
  step(session: number, count: number): string;
  trace(session: number, since: number, most: number): string;
  close(session: number): void;
}

let loading: Promise<Module> | undefined;
function load(): Promise<Module> {
  if (loading) return loading;
  // The test runner takes a .js file outside any package for CommonJS.
  const script = join(mkdtempSync(join(tmpdir(), 'tcplab-engine-')), 'tcplab.mjs');
  copyFileSync(join(folder, 'tcplab.js'), script);
  loading = import(pathToFileURL(script).href).then(({ default: create }) =>
    create({ wasmBinary: readFileSync(join(folder, 'tcplab.wasm')) }),
  ) as Promise<Module>;
  return loading;
}

function read<Answer>(json: string): Answer {
  const answer = JSON.parse(json) as Answer & { problems?: unknown };
  if (answer.problems) throw new Error(JSON.stringify(answer.problems));
  return answer;
}

export const engine = {
  async exercise(text: string, seed: number) {
    type Question = Asked & { parts?: Asked[] };
    return read<{ exercise: { scenario: string; questions: Question[] } }>((await load()).exercise(text, seed));
  },
  async grade(text: string, seed: number, answers: unknown) {
    return read<{ questions: Judged[] }>((await load()).grade(text, seed, JSON.stringify(answers)));
  },
  /** Every event of a scenario's run, or of its first steps where it has no end. */
  async events(scenario: string, seed: number, most = 10_000): Promise<TraceEvent[]> {
    const module = await load();
    const { session } = read<{ session: number }>(module.open(scenario, seed));
    for (let steps = 0; steps < most; steps += 500) {
      if (read<{ ended: boolean }>(module.step(session, 500)).ended) break;
    }
    const events = read<TraceEvent[]>(module.trace(session, 0, 1_000_000));
    module.close(session);
    return events;
  },
};
