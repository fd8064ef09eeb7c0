/** The texts about misconceptions. */
import * as v from 'valibot';

/** A refutation: the idea, that it is wrong, what is right, and the event of the run that shows it. */
const Belief = v.object({
  name: v.string(),
  idea: v.string(),
  not_so: v.string(),
  fact: v.string(),
  /** A sentence with the placeholders {time}, {event} and {host}. */
  event: v.string(),
});
export const Misconception = v.object({ en: Belief, zh: Belief });
export type Misconception = v.InferOutput<typeof Misconception>;
export const MisconceptionFile = v.object({
  misconceptions: v.record(v.string(), Misconception),
});

const texts = import.meta.glob<unknown>('../../../exercises/misconceptions.json', {
  eager: true,
  import: 'default',
});
const read = v.safeParse(MisconceptionFile, Object.values(texts)[0] ?? { misconceptions: {} });

export const misconceptionOf = (id: string): Misconception | undefined =>
  read.success && Object.hasOwn(read.output.misconceptions, id) ? read.output.misconceptions[id] : undefined;
