/** A moment of a world as a part of an address: the scenario with what was done in it, the seed, and where the reader stands. */
import * as v from 'valibot';
import { longestCode, pack, unpack } from '../../app/packed.ts';
import type { Saved } from './autosave.ts';
import type { Branch } from './branch.svelte.ts';

/** In octets; the same as of a file. */
const largestText = 2_000_000;
/** No world goes on for longer: the engine's own limits come first. */
const mostSteps = 1_000_000;

const whole = (most: number) => v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(most));
const Linked = v.strictObject({
  version: v.literal(1),
  scenario: v.string(),
  seed: whole(0xffff_ffff),
  step: whole(mostSteps),
  /** µs */
  t: whole(Number.MAX_SAFE_INTEGER),
  shown: whole(mostSteps),
});

/** Undefined: it is too much for a link. */
export async function linkTo(
  { scenario, seed, status }: Branch,
  { t, shown }: { t: number; shown: number },
): Promise<string | undefined> {
  const linked: v.InferOutput<typeof Linked> = {
    version: 1,
    scenario,
    seed,
    step: status?.step ?? 0,
    t: Math.round(t),
    shown,
  };
  const code = await pack(JSON.stringify(linked));
  return code.length > longestCode ? undefined : code;
}

/** What a link holds, as it would have been kept; undefined when it is not whole, or none of ours. */
export async function readLink(code: string): Promise<Saved | undefined> {
  if (code.length > longestCode) return undefined;
  const text = await unpack(code, largestText);
  if (text === undefined) return undefined;
  try {
    const { version, ...branch } = v.parse(Linked, JSON.parse(text));
    return { version, active: 0, branches: [branch] };
  } catch {
    return undefined;
  }
}
