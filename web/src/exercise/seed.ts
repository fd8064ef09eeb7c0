/** As the format of exercises has it, for exercises that do not say how many variants they have. */
export const usualVariants = 200;

/** Whether the check has tried this variant: an address or a file may name any other. */
export const isOffered = (seed: number, variants: number): boolean => seed >= 1 && seed <= variants;

/** The seed of one of the variants, 1 to this: the check has tried each of them. */
export function freshSeed(variants: number, not?: number): number {
  const [drawn = 0] = crypto.getRandomValues(new Uint32Array(1));
  const seed = 1 + (drawn % variants);
  return seed === not ? (seed % variants) + 1 : seed;
}
