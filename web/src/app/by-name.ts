/**
 * Records whose names come from outside (ids of an exercise, names of hosts). Any name may stand there, also one that
 * every object answers to: `constructor`, `toString`.
 */
import * as v from 'valibot';

/** A copy that has nothing but its own names. */
export function ownNames<Value>(record: Readonly<Record<string, Value>>): Record<string, Value> {
  return Object.assign(Object.create(null) as Record<string, Value>, record);
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Validates every value; `v.record` leaves some names out. */
export const byName = <Schema extends v.GenericSchema>(value: Schema) =>
  v.pipe(
    v.custom<Record<string, unknown>>(isRecord),
    v.transform(Object.entries),
    v.array(v.tuple([v.string(), value])),
    v.transform((entries): Record<string, v.InferOutput<Schema>> => ownNames(Object.fromEntries(entries))),
  );
