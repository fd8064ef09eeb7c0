/** The exercise format's default for exercises that do not say how many variants they have. */
export const usualVariants = 200;

/** Whether the check has tried this variant; an address or a file may name any seed. */
export const isOffered = (seed: number, variants: number): boolean => seed >= 1 && seed <= variants;

/** A random seed from 1 to `variants`, all of which the check has tried. */
export function freshSeed(variants: number, not?: number): number {
  const [drawn = 0] = crypto.getRandomValues(new Uint32Array(1));
  const seed = 1 + (drawn % variants);
  return seed === not ? (seed % variants) + 1 : seed;
}
