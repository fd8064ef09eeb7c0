import { describe, expect, it } from 'vitest';
import type { Exposure } from '../src/mastery/exposure.ts';
import {
  areMastered,
  day,
  decayed,
  firstsAfter,
  isMastered,
  scoreAt,
  standingsAfter,
  stepOf,
} from '../src/mastery/policy.ts';
import {
  emptyRecord,
  firstsOf,
  merged,
  mostExposures,
  standingsOf,
  withExposure,
  withOlder,
  type StudentRecord,
} from '../src/mastery/record.ts';
import { dueIdeas, reviewOf, type Askable } from '../src/mastery/review.ts';

/** A question by itself that could show M01 and M02, answered rightly on day 0. */
const right: Exposure = {
  at: 0,
  item: 'x',
  step: 'q',
  seed: 1,
  kind: 'state',
  try: 1,
  right: true,
  of: 1,
  could: ['M01', 'M02'],
  shown: [],
};
const shows = (...ideas: string[]): Partial<Exposure> => ({ right: false, shown: ideas });
const odds = (score: number) => Math.exp(score);
const recordOf = (...exposures: Exposure[]): StudentRecord => exposures.reduce(withExposure, emptyRecord);

describe('what one answer moves', () => {
  it.each<[string, Partial<Exposure>, string, number]>([
    ['shown by it alone: odds times 3', shows('M01'), 'M01', 3],
    ['two explain it: each has half the step, the root of 3', shows('M01', 'M02'), 'M01', Math.sqrt(3)],
    ['three explain it: each has a third of the step', shows('M01', 'M02', 'M03'), 'M03', Math.cbrt(3)],
    ['rejected: odds times 0.4', {}, 'M01', 0.4],
    ['one wrong choice beside the right one: half the step', { wrong: 1 }, 'M01', Math.sqrt(0.4)],
    ['two wrong choices: two thirds of it', { wrong: 2 }, 'M01', 0.4 ** (2 / 3)],
    ['one of five questions: a fifth of it', { of: 5 }, 'M01', 0.4 ** (1 / 5)],
    ['both: a half of a fifth', { of: 5, wrong: 1 }, 'M01', 0.4 ** (1 / 10)],
    ['what could not be shown stays', {}, 'M03', 1],
    ['a wrong answer says nothing of what it does not show', shows('M01'), 'M02', 1],
    ['a wrong answer that nothing explains says nothing', shows(), 'M01', 1],
    ['right after something was told says nothing', { try: 2 }, 'M01', 1],
    ['wrong after something was told says nothing', { ...shows('M01'), try: 2 }, 'M01', 1],
  ])('%s', (_, change, idea, times) => {
    expect(odds(stepOf(idea, { ...right, ...change }))).toBeCloseTo(times, 12);
  });
});

describe('what time does', () => {
  it.each([
    [0, 1],
    [30, 1 / 2],
    [60, 1 / 4],
    [15, Math.SQRT1_2],
  ])('after %i days a score is %f of what it was', (days, share) => {
    expect(decayed(8, days * day)).toBeCloseTo(8 * share, 12);
  });

  it('a score decays between answers too', () => {
    // Shown on day 0, and rejected on day 30: half of ln 3, and ln 0.4.
    const later = { ...right, at: 30 * day };
    const { M01 } = standingsAfter({}, [{ ...right, ...shows('M01') }, later]);
    expect(M01 && scoreAt(M01, 30 * day)).toBeCloseTo(Math.log(3) / 2 + Math.log(0.4), 12);
    expect(M01).toMatchObject({ asked: 2, shown: 1, kinds: ['state'] });
  });

  it('a clock that goes back adds nothing', () => {
    expect(decayed(8, -day)).toBe(8);
  });
});

describe('mastered', () => {
  const kindsOf = (...answers: Partial<Exposure>[]) =>
    standingsAfter(
      {},
      answers.map((each, i) => ({ ...right, at: i, ...each })),
    ).M01;

  it.each<[string, Partial<Exposure>[], boolean]>([
    ['two kinds', [{}, { kind: 'segment' }], true],
    ['one kind twice', [{}, { seed: 2 }], false],
    ['the second kind at the second try', [{}, { kind: 'segment', try: 2 }], false],
    ['two kinds, and then shown', [{}, { kind: 'segment' }, shows('M01')], false],
    ['shown, and then two kinds', [shows('M01'), {}, { kind: 'segment' }], true],
    ['two kinds, and another one shown', [{}, { kind: 'segment' }, shows('M02')], true],
  ])('%s', (_, answers, mastered) => {
    expect(isMastered(kindsOf(...answers) ?? { kinds: [] })).toBe(mastered);
  });

  const firsts = firstsAfter({}, [
    { ...right, item: 'a', of: 2, step: 'one' },
    { ...right, item: 'a', of: 2, step: 'two' },
    { ...right, item: 'b', of: 2, step: 'one', kind: 'build' },
    { ...right, item: 'b', of: 2, step: 'two', kind: 'claim', try: 2 },
    { ...right, item: 'b', of: 2, step: 'two', kind: 'claim', seed: 2 },
    { ...right, item: 'c', kind: 'build' },
    { ...right, item: 'd' },
  ]);
  it.each<[string, string[], boolean]>([
    ['two exercises, all of each right at first try, in two kinds', ['a', 'c'], true],
    ['of the second a question was not, and another variant does not make up for it', ['a', 'b'], false],
    ['two exercises of one kind', ['a', 'd'], false],
    ['one of them was not begun', ['a', 'c', 'e'], false],
    ['a name that every object has', ['a', 'constructor'], false],
    ['none', [], false],
  ])('a lesson: %s', (_, items, mastered) => {
    expect(areMastered(items, firsts)).toBe(mastered);
  });
});

describe('what comes again', () => {
  const due = (days: number, ...answers: Partial<Exposure>[]) =>
    dueIdeas(
      standingsAfter(
        {},
        answers.map((each) => ({ ...right, could: ['M01'], ...each })),
      ),
      days * day,
    );

  it.each<[string, number, Partial<Exposure>[], string | undefined]>([
    ['shown, not yet after two days', 2.99, [shows('M01')], undefined],
    ['shown, after three days', 3, [shows('M01')], 'shown'],
    ['shown by an answer of which the student was certain', 3, [{ ...shows('M01'), sure: 'certain' }], 'certain'],
    ['wrong without an explanation', 3, [shows()], 'open'],
    ['the same, though the student was certain', 3, [{ ...shows(), sure: 'certain' }], 'certain'],
    ['certain of another idea', 3, [{ ...shows('M02'), sure: 'certain' }], 'open'],
    // ln 0.4, of which half is left after 30 days.
    ['rejected in full: rests for 30 days', 29.9, [{}], undefined],
    ['and comes in another kind then', 30.1, [{}], 'kind'],
    ['rejected in part: after three days', 3, [{ wrong: 1 }], 'kind'],
    ['rejected twice in full: after two half-lives', 60.1, [{}, { kind: 'segment' }], 'faded'],
    ['and not before', 59.9, [{}, { kind: 'segment' }], undefined],
    // ln 3 + ln 0.4 is 0.18: still believed rather than not.
    ['shown, and rejected once', 3, [shows('M01'), {}], 'kind'],
    // ln 3 + 2 ln 0.4 is -0.73, of which 0.458 is left after 20.4 days.
    ['shown, and rejected in two kinds: rests', 20, [shows('M01'), {}, { kind: 'segment' }], undefined],
    ['and comes when that has faded', 21, [shows('M01'), {}, { kind: 'segment' }], 'faded'],
    ['was certain, and then right', 3, [{ ...shows('M01'), sure: 'certain' }, {}], 'kind'],
  ])('%s', (_, days, answers, why) => {
    expect(due(days, ...answers).find(({ idea }) => idea === 'M01')?.why).toBe(why);
  });

  it('gaps stay the same however often it came', () => {
    const answers = [0, 3, 6, 9].map((each) => ({ ...shows('M01'), at: each * day }));
    expect(due(11.9, ...answers)).toEqual([]);
    expect(due(12, ...answers)).toHaveLength(1);
  });

  it('errors made with confidence come first, then what is believed most', () => {
    const all = standingsAfter({}, [
      { ...right, could: ['M01'], ...shows() },
      { ...right, could: ['M02'], ...shows('M02') },
      { ...right, could: ['M03'], ...shows('M03') },
      { ...right, could: ['M03'], ...shows('M03'), at: 1 },
      { ...right, could: ['M04'], ...shows('M04'), sure: 'certain' },
    ]);
    expect(dueIdeas(all, 4 * day).map(({ idea }) => idea)).toEqual(['M04', 'M03', 'M02', 'M01']);
  });

  const exercise = (item: string, kind: string, ...teaches: string[]): Askable => ({ item, kinds: [kind], teaches });
  it('is asked in another kind, else in what was answered longest ago', () => {
    const [one] = due(30.1, {});
    const state = exercise('state', 'state', 'M01');
    const recent = exercise('recent', 'state', 'M01');
    const build = exercise('build', 'build', 'M01');
    const last = new Map([
      ['build', 9],
      ['recent', 5],
      ['state', 1],
    ]);
    const chosen = (...from: Askable[]) => reviewOf(one ? [one] : [], from, last).map(({ exercise: { item } }) => item);
    expect(chosen(state, recent, build)).toEqual(['build']);
    expect(chosen(recent, state)).toEqual(['state']);
    expect(chosen(exercise('other', 'build', 'M09'))).toEqual([]);
  });

  it('one exercise asks all that it can', () => {
    const both = dueIdeas(standingsAfter({}, [{ ...right, ...shows('M01', 'M02') }]), 3 * day);
    const queue = reviewOf(both, [exercise('a', 'state', 'M01', 'M02'), exercise('b', 'state', 'M02')], new Map());
    expect(queue).toHaveLength(1);
    expect(queue[0]?.ideas.map(({ idea }) => idea)).toEqual(['M01', 'M02']);
  });
});

describe('the record', () => {
  const many = Array.from({ length: mostExposures + 1 }, (_, i): Exposure => {
    const wrong = i % 7 === 0;
    return {
      ...right,
      at: i * day,
      item: `x${Math.floor(i / 2)}`,
      step: `q${i % 2}`,
      of: 2,
      ...(wrong && shows('M01')),
    };
  });

  it('is bounded, and what is folded still counts', () => {
    const record = recordOf(...many);
    // 501 are one too many: it and 100 more are folded, and the variant of the last one stays whole.
    expect(record.exposures).toHaveLength(mostExposures - 101);
    expect(record.sums).toMatchObject({ policy: 1, until: 101 * day });
    const whole = standingsAfter({}, many).M01;
    const folded = standingsOf(record).M01;
    expect(folded?.score).toBeCloseTo(whole?.score ?? 0, 12);
    expect(folded).toMatchObject({ asked: 501, shown: whole?.shown, kinds: whole?.kinds });
    expect(Object.keys(firstsOf(record)).sort()).toEqual(Object.keys(firstsAfter({}, many)).sort());
  });

  it('does not take a question of the same variant for a first one twice', () => {
    const { exposures } = recordOf(right, { ...right, at: 1 }, { ...right, at: 2, seed: 2 });
    expect(exposures.map((each) => each.try)).toEqual([1, 2, 1]);
  });

  it('takes in what was answered before it, once', () => {
    const before = [right, { ...right, step: 'r' }];
    const record = withOlder(recordOf({ ...right, at: 5 }), before);
    expect(record.exposures.map(({ step, at }) => [step, at])).toEqual([
      ['r', 0],
      ['q', 5],
    ]);
    expect(record.older).toBe(true);
  });

  it('two are one, and the same again changes nothing', () => {
    const mine = recordOf(right, { ...right, at: 3, seed: 3 });
    const theirs = recordOf(right, { ...right, at: 2, seed: 2 });
    const both = merged(mine, theirs);
    expect(both).toMatchObject({ taken: 1, known: 1 });
    expect(both.record.exposures.map(({ at }) => at)).toEqual([0, 2, 3]);
    expect(merged(both.record, theirs)).toMatchObject({ taken: 0, known: 2, record: both.record });
  });

  it('answers of one moment of which some are in sums are all kept', () => {
    const old = Array.from({ length: mostExposures + 1 }, (_, i) => ({ ...right, at: 7, item: `x${i}` }));
    const mine = withOlder(emptyRecord, old);
    expect(mine.exposures).toHaveLength(mostExposures - 100);
    expect(merged(mine, emptyRecord).record).toEqual(mine);
    expect(merged(emptyRecord, mine).record.exposures).toHaveLength(mostExposures - 100);
  });

  it('of two sums the one that reaches further stays, and nothing in it is counted twice', () => {
    const long = recordOf(...many);
    for (const { record, taken } of [
      merged(recordOf(...many.slice(0, 300)), long),
      merged(long, recordOf(...many.slice(0, 300))),
    ]) {
      expect(standingsOf(record).M01?.asked).toBe(501);
      expect(record.exposures).toHaveLength(long.exposures.length);
      expect(taken).toBeLessThanOrEqual(201);
    }
  });
});
