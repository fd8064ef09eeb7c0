/**
 * What is in flight, the newest first: what has just been sent, or copied, is not looked for behind what was sent
 * before. `n` is the number of the event that made it.
 */
export function newestFirst<Flight extends { n: number }>(flying: readonly Flight[]): Flight[] {
  return [...flying].sort((one, other) => other.n - one.n);
}
