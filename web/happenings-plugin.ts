/**
 * The module `virtual:happenings`: what happens in each scenario, recorded from the engine at build time, so that the
 * page can search scenarios without running them.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import type { Plugin } from 'vite';
import { engineIn } from './engine-in.ts';
import type { EngineApi } from './src/engine/api.ts';
import type { TraceEvent } from './src/engine/types.ts';

/** `things` are `kind:id`, as in the catalogue, or `rule:id`; each scenario lists its own by their indices. */
export interface Happenings {
  things: string[];
  scenarios: Record<string, number[]>;
}

const seed = 1;
/** The most events recorded of a run, as some runs never end. */
const mostEvents = 2_000;

/** Ignored: timers are started in every run, and only their expiry distinguishes runs. */
const silent: TraceEvent['kind'][] = ['timer.armed', 'timer.cancelled'];

function thingsOf(event: TraceEvent): string[] {
  if (silent.includes(event.kind)) return [];
  const named = [`kind:${event.kind}`, `rule:${event.rule}`];
  if (event.kind === 'state') named.push(`state:${event.to}`, `event:${event.event}`);
  if ('timer' in event) named.push(`timer:${event.timer}`);
  if (event.kind === 'call') named.push(`call:${event.call}`);
  if (event.kind === 'return' && event.option !== undefined) named.push(`option:${event.option}`);
  if (event.kind === 'icmp') named.push(`icmp:${event.error}`);
  return named;
}

async function thingsIn(api: EngineApi, scenario: string): Promise<Set<string>> {
  const opened = await api.open(scenario, seed);
  if ('problems' in opened) throw new Error(JSON.stringify(opened.problems));
  const things = new Set<string>();
  for (let events = 0; events < mostEvents;) {
    const { ended, next } = await api.step(opened.session, 200);
    for (let fresh; (fresh = await api.trace(opened.session, events)).length > 0; events += fresh.length) {
      for (const event of fresh) for (const thing of thingsOf(event)) things.add(thing);
    }
    if (ended || next === null || next === undefined) break;
  }
  await api.close(opened.session);
  return things;
}

async function happeningsOf(engine: string, files: readonly string[]): Promise<Happenings> {
  const api = await engineIn(engine);
  const places = new Map<string, number>();
  const placeOf = (thing: string) => places.get(thing) ?? places.set(thing, places.size).size - 1;
  const scenarios: Happenings['scenarios'] = {};
  for (const file of files) {
    scenarios[basename(file, '.json')] = [...(await thingsIn(api, readFileSync(file, 'utf8')))].map(placeOf);
  }
  return { things: [...places.keys()], scenarios };
}

const inFolder = (folder: string) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => resolve(folder, name));

/** Without a built engine the list is empty, and the search uses titles and keywords only. */
export function happenings(engine: string, folders: readonly string[]): Plugin {
  const id = 'virtual:happenings';
  return {
    name: 'happenings',
    resolveId: (source) => (source === id ? `\0${id}` : undefined),
    async load(loaded) {
      if (loaded !== `\0${id}`) return undefined;
      const files = folders.flatMap(inFolder);
      for (const file of files) this.addWatchFile(file);
      const known = existsSync(resolve(engine, 'tcplab.js'));
      const found = known ? await happeningsOf(engine, files) : { things: [], scenarios: {} };
      return `export default ${JSON.stringify(found)};`;
    },
  };
}
