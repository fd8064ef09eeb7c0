/** Everything that is kept of a student's answers: the newest as they were, older ones folded into sums. */
import * as v from 'valibot';
import { Exposure, identityOf, Moment, Name, placeOf } from './exposure.ts';
import { firstsAfter, policy, Standing, standingsAfter, type Firsts, type Standings } from './policy.ts';

/** About 200 bytes each; when there are more, so many of the oldest are folded. */
export const mostExposures = 500;
const foldedAtOnce = 100;

/** What older answers came to. Of them a new policy knows only this, and by which policy it was reckoned. */
export const Sums = v.object({
  policy: v.pipe(v.number(), v.integer(), v.minValue(1)),
  /** The last answer in them. */
  until: Moment,
  ideas: v.record(v.pipe(v.string(), v.regex(/^M\d{2,4}$/)), Standing),
  firsts: v.record(Name, v.pipe(v.array(Name), v.maxLength(40))),
});
export type Sums = v.InferOutput<typeof Sums>;
const noSums: Sums = { policy, until: 0, ideas: {}, firsts: {} };

export const StudentRecord = v.object({
  version: v.literal(1),
  exposures: v.array(Exposure),
  /** Whether what was answered before there was a record is in it. */
  older: v.optional(v.boolean(), false),
  sums: v.optional(Sums, noSums),
});
export type StudentRecord = v.InferOutput<typeof StudentRecord>;
export const emptyRecord: StudentRecord = { version: 1, exposures: [], older: false, sums: noSums };

export const standingsOf = ({ exposures, sums }: StudentRecord): Standings => standingsAfter(sums.ideas, exposures);
export const firstsOf = ({ exposures, sums }: StudentRecord): Firsts => firstsAfter(sums.firsts, exposures);

/** When an exercise was last answered, as far as it is still known. */
export function lastAnswers({ exposures }: StudentRecord): ReadonlyMap<string, number> {
  return new Map(exposures.map(({ item, at }) => [item, at]));
}

/** The answers of one variant stay together, so that it is still seen that all of them were right. */
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

/** The record with one more answer. A question of a variant that was answered before is not answered first again. */
export function withExposure(record: StudentRecord, exposure: Exposure): StudentRecord {
  const before = record.exposures.filter((each) => placeOf(each) === placeOf(exposure)).length;
  const one = { ...exposure, try: Math.max(exposure.try, before + 1) };
  return folded({ ...record, exposures: [...record.exposures, one] });
}

/** The record with answers from before it, of which it is not known when they were given. */
export function withOlder(record: StudentRecord, older: readonly Exposure[]): StudentRecord {
  const here = new Set(record.exposures.map(placeOf));
  const missing = older.filter((each) => !here.has(placeOf(each)));
  return folded({ ...record, exposures: [...missing, ...record.exposures], older: true });
}

export interface Merged {
  record: StudentRecord;
  taken: number;
  /** Those that are here already, as they are or in sums. */
  known: number;
}

/**
 * Two records as one; merging the same again changes nothing. Sums cannot be taken apart: the one that reaches further
 * stays, and of the other record come the answers after it.
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
