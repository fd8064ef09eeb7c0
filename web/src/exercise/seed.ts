/** Seeds that are short enough to be told over a table. */
const most = 9999;

export function freshSeed(not?: number): number {
  const [drawn = 0] = crypto.getRandomValues(new Uint32Array(1));
  const seed = 1 + (drawn % most);
  return seed === not ? (seed % most) + 1 : seed;
}
