/**
 * Records whose keys come from outside (ids of an exercise, names of hosts). A key may be anything, even a name that
 * every object inherits, such as `constructor` or `toString`.
 */
import * as v from 'valibot';

/** A copy without a prototype, so that it has no keys but its own. */
export function ownNames<Value>(record: Readonly<Record<string, Value>>): Record<string, Value> {
  return Object.assign(Object.create(null) as Record<string, Value>, record);
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Validates every value. `v.record` would not do: it drops some keys. */
export const byName = <Schema extends v.GenericSchema>(value: Schema) =>
  v.pipe(
    v.custom<Record<string, unknown>>(isRecord),
    v.transform(Object.entries),
    v.array(v.tuple([v.string(), value])),
    v.transform((entries): Record<string, v.InferOutput<Schema>> => ownNames(Object.fromEntries(entries))),
  );
