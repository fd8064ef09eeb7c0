/**
 * Segments in flight, newest first, so that the reader need not search for one that was just sent or copied. `n` is the
 * number of the event that made it.
 */
export function newestFirst<Flight extends { n: number }>(flying: readonly Flight[]): Flight[] {
  return [...flying].sort((one, other) => other.n - one.n);
}
