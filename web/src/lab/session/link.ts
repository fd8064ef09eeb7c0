/** A moment of a world as a part of a URL: the scenario with the actions in it, the seed, and the reader's position. */
import * as v from 'valibot';
import { longestCode, pack, unpack } from '../../app/packed.ts';
import type { Saved } from './autosave.ts';
import type { Branch } from './branch.svelte.ts';

/** In octets; the same limit as for a file. */
const largestText = 2_000_000;
/** No world has more steps: the engine's own limits end it earlier. */
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

/** Undefined if it would be too long for a link. */
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

/** A link's content in the format of a saved session; undefined if the code is damaged or not ours. */
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
