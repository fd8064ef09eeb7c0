/**
 * The module `virtual:first-visit`: the beginning of the first visit's world, recorded from the engine at build time.
 * The page draws it while the engine is still loading.
 */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Plugin } from 'vite';
import { engineIn } from './engine-in.ts';
import type { EngineApi } from './src/engine/api.ts';
import type { Recording } from './src/engine/prelude.ts';

const seed = 1;

/** Records steps until nothing more happens before `until`, in microseconds. */
export async function record(api: EngineApi, scenario: string, until: number): Promise<Recording> {
  const opened = await api.open(scenario, seed);
  if ('problems' in opened) throw new Error(JSON.stringify(opened.problems));
  const { session } = opened;
  const steps = [await api.step(session, 0)];
  while ((steps.at(-1)?.next ?? Infinity) <= until) steps.push(await api.step(session, 1));
  const events = await api.trace(session, 0);
  await api.close(session);
  const { rules, mutants, profile_values, ...catalogue } = await api.catalogue();
  // The first picture needs none of these, and they are as large as all the rest.
  void [rules, mutants, profile_values];
  return { scenario, seed, catalogue: { ...catalogue, rules: [], mutants: [], profile_values: {} }, steps, events };
}

/** `rules` is the file with the texts of rules; those of the first events are bundled with the page. */
export function firstVisit(engine: string, scenario: string, rules: string, until: number): Plugin {
  const id = 'virtual:first-visit';
  return {
    name: 'first-visit',
    resolveId: (source) => (source === id ? `\0${id}` : undefined),
    async load(loaded) {
      if (loaded !== `\0${id}`) return undefined;
      for (const file of [scenario, rules]) this.addWatchFile(file);
      if (!existsSync(resolve(engine, 'tcplab.js')))
        return 'export const recording = undefined; export const rules = {};';
      const recording = await record(await engineIn(engine), readFileSync(scenario, 'utf8'), until);
      const { rules: all } = JSON.parse(readFileSync(rules, 'utf8')) as { rules: Record<string, unknown> };
      const used = Object.fromEntries(recording.events.map(({ rule }) => [rule, all[rule]]));
      const text = (value: unknown) => `JSON.parse(${JSON.stringify(JSON.stringify(value))})`;
      return `export const recording = ${text(recording)};\nexport const rules = ${text(used)};`;
    },
  };
}
