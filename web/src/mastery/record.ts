/** All that is saved of a student's answers: the newest ones in full, older ones folded into sums. */
import * as v from 'valibot';
import { Exposure, identityOf, Moment, Name, placeOf } from './exposure.ts';
import { firstsAfter, policy, Standing, standingsAfter, type Firsts, type Standings } from './policy.ts';

/** The most answers kept in full, at about 200 bytes each; beyond that, the oldest are folded, many at once. */
export const mostExposures = 500;
const foldedAtOnce = 100;

/** The result of older answers, and the policy that computed it: a new policy cannot evaluate those answers again. */
export const Sums = v.object({
  policy: v.pipe(v.number(), v.integer(), v.minValue(1)),
  /** The time of the last answer in the sums. */
  until: Moment,
  ideas: v.record(v.pipe(v.string(), v.regex(/^M\d{2,4}$/)), Standing),
  firsts: v.record(Name, v.pipe(v.array(Name), v.maxLength(40))),
});
export type Sums = v.InferOutput<typeof Sums>;
const noSums: Sums = { policy, until: 0, ideas: {}, firsts: {} };

export const StudentRecord = v.object({
  version: v.literal(1),
  exposures: v.array(Exposure),
  /** Whether answers from before there was a record have been added. */
  older: v.optional(v.boolean(), false),
  sums: v.optional(Sums, noSums),
});
export type StudentRecord = v.InferOutput<typeof StudentRecord>;
export const emptyRecord: StudentRecord = { version: 1, exposures: [], older: false, sums: noSums };

export const standingsOf = ({ exposures, sums }: StudentRecord): Standings => standingsAfter(sums.ideas, exposures);
export const firstsOf = ({ exposures, sums }: StudentRecord): Firsts => firstsAfter(sums.firsts, exposures);

/** When each exercise was last answered, if that is still known. */
export function lastAnswers({ exposures }: StudentRecord): ReadonlyMap<string, number> {
  return new Map(exposures.map(({ item, at }) => [item, at]));
}

/** Never separates the answers of one variant, so that it can still be seen whether all of them were right. */
function foldedCount(exposures: readonly Exposure[], least: number): number {
  const isTorn = (at: number) =>
    exposures[at - 1]?.item === exposures[at]?.item && exposures[at - 1]?.seed === exposures[at]?.seed;
  for (let at = least; at < exposures.length; at++) if (!isTorn(at)) return at;
  return least;
}

function folded(record: StudentRecord): StudentRecord {
  const { exposures, sums } = record;
  if (exposures.length <= mostExposures) return record;
  const n = foldedCount(exposures, exposures.length - mostExposures + foldedAtOnce);
  const old = exposures.slice(0, n);
  return {
    ...record,
    exposures: exposures.slice(n),
    sums: {
      policy,
      until: Math.max(sums.until, ...old.map(({ at }) => at)),
      ideas: standingsAfter(sums.ideas, old),
      firsts: firstsAfter(sums.firsts, old) as Sums['firsts'],
    },
  };
}

/** The record with one more answer. A repeated answer to a variant's question does not count as a first try. */
export function withExposure(record: StudentRecord, exposure: Exposure): StudentRecord {
  const before = record.exposures.filter((each) => placeOf(each) === placeOf(exposure)).length;
  const one = { ...exposure, try: Math.max(exposure.try, before + 1) };
  return folded({ ...record, exposures: [...record.exposures, one] });
}

/** The record with answers from before it existed, whose times are unknown. */
export function withOlder(record: StudentRecord, older: readonly Exposure[]): StudentRecord {
  const here = new Set(record.exposures.map(placeOf));
  const missing = older.filter((each) => !here.has(placeOf(each)));
  return folded({ ...record, exposures: [...missing, ...record.exposures], older: true });
}

export interface Merged {
  record: StudentRecord;
  taken: number;
  /** How many were here already, in full or in the sums. */
  known: number;
}

/**
 * Merges two records; merging the same one again changes nothing. Sums cannot be taken apart, so the later ones are
 * kept, and only answers after them are taken from the other record.
 */
export function merged(mine: StudentRecord, theirs: StudentRecord): Merged {
  const [longer, other] = theirs.sums.until > mine.sums.until ? [theirs, mine] : [mine, theirs];
  const { sums } = longer;
  const kept = new Map(longer.exposures.map((each) => [identityOf(each), each]));
  for (const each of other.exposures) {
    const isInSums = sums.until > 0 && each.at <= sums.until;
    if (!isInSums && !kept.has(identityOf(each))) kept.set(identityOf(each), each);
  }
  const here = new Set(mine.exposures.map(identityOf));
  const taken = [...kept.keys()].filter((each) => !here.has(each)).length;
  const exposures = [...kept.values()].sort((a, b) => a.at - b.at);
  return { record: folded({ ...mine, exposures, sums }), taken, known: theirs.exposures.length - taken };
}
