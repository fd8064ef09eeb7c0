/** The edges of the state diagram that the student's own runs have taken, each with the time of its first use. */
import * as v from 'valibot';
import { load, onStored, store, type Stored } from '../app/storage.ts';
import { Moment } from './exposure.ts';

const key = 'edges';
const Edge = v.pipe(v.string(), v.regex(/^[a-z0-9_-]{1,60}$/));
const Edges = v.record(Edge, Moment);
export type Edges = v.InferOutput<typeof Edges>;
const Kept = v.object({ version: v.literal(1), edges: Edges });

/** What the browser's storage did not take. */
let memory: Edges | undefined;
/** The edges that this tab knows to be saved, so that moving in a run need not read the storage. */
let known = new Set<string>();

export function edgesTaken(): Edges {
  if (memory) return memory;
  try {
    const read = v.safeParse(Kept, JSON.parse(load(key) ?? ''));
    return read.success ? read.output.edges : {};
  } catch {
    return {};
  }
}

export function putEdges(edges: Edges): Stored {
  const stored = store(key, JSON.stringify({ version: 1, edges }));
  memory = stored === 'kept' ? undefined : edges;
  known = new Set(Object.keys(edges));
  return stored;
}

export function keepEdges(taken: Iterable<string>, at: number): void {
  const fresh = [...taken].filter((edge) => !known.has(edge));
  if (fresh.length === 0) return;
  putEdges({ ...Object.fromEntries(fresh.map((edge) => [edge, at])), ...edgesTaken() });
}

export const onEdges = (listener: () => void): (() => void) => onStored(key, listener);
