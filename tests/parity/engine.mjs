// Loads the page's own engine (build/wasm) into node, and runs the native command beside it.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

export const root = new URL('../..', import.meta.url).pathname;
const wasmFolder = process.env.TCPLAB_WASM ?? join(root, 'build/wasm');
export const tcplab = process.env.TCPLAB ?? join(root, 'build/native/tcplab');

for (const file of [join(wasmFolder, 'tcplab.js'), join(wasmFolder, 'tcplab.wasm'), tcplab]) {
  if (!existsSync(file)) throw new Error(`${file} is missing: run ./lab build`);
}

const { default: createModule } = await import(join(wasmFolder, 'tcplab.js'));

/** A module of its own: nothing that happens in it can disturb another test. */
export function loadEngine() {
  return createModule({ wasmBinary: readFileSync(join(wasmFolder, 'tcplab.wasm')) });
}

/** What the command prints, as text or ('buffer') bytes; its exit code must be `code`. */
export function native(args, { input = '', code = 0, encoding = 'utf8' } = {}) {
  const run = spawnSync(tcplab, args, { input, encoding, maxBuffer: 1 << 30 });
  if (run.error) throw run.error;
  if (run.status !== code) {
    throw new Error(`tcplab ${args.join(' ')} ended with ${run.status}: ${run.stderr}`);
  }
  return run.stdout;
}

/** The JSON files of a folder of exercises/, as { name, path, text }. */
export function inputs(folder, isOne = () => true) {
  const path = join(root, 'exercises', folder);
  const names = readdirSync(path).filter((name) => name.endsWith('.json') && isOne(name));
  return names.sort().map((name) => {
    const file = join(path, name);
    return { name: name.replace(/\.json$/, ''), path: file, text: readFileSync(file, 'utf8') };
  });
}

export const scenarios = () => inputs('scenarios');
/** Of every mutant, the world that it changes and one that it does not. */
export const mutants = () => inputs('../tests/mutants', (name) => name !== 'mutants.json');
export const exercises = () => inputs('', (name) => /^\d\d-/.test(name));

/** The answer of a call that must succeed. */
export function ok(json) {
  const answer = JSON.parse(json);
  if (answer?.problems) throw new Error(JSON.stringify(answer.problems));
  return answer;
}

/** Opens a scenario and takes every step of it, in bounded calls. */
export function runToEnd(engine, scenario, seed) {
  const { session } = ok(engine.open(scenario, seed));
  while (!ok(engine.step(session, 10_000)).ended);
  return session;
}
