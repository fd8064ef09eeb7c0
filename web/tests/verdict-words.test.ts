/** What the page adds to a verdict, and what a file of answers takes the place of. */
import { describe, expect, it } from 'vitest';
import { attemptFrom, replaces } from '../src/exercise/attempt-file.ts';
import type { AnswersFile } from '../src/exercise/answers-file.ts';
import type { Attempt } from '../src/exercise/attempts.ts';
import { isEarnedBefore, refusalOf, slipsTold } from '../src/exercise/shown.ts';
import { numbersOfGoals, numbersTold, oldDataText, reasonsFor } from '../src/exercise/because.ts';
import { isLastTry, outcomeOf, type Stage } from '../src/exercise/stage.ts';
import type { Kind } from '../src/exercise/kinds/all.ts';
import type { StepVerdict } from '../src/exercise/types.ts';
import type { Step } from '../src/exercise/steps.ts';
import type { Segment, TraceEvent } from '../src/engine/types.ts';
import { mainNumber } from '../src/lab/model/text.ts';

const steps = ['a', 'b', 'c'].map((question) => ({ key: question, question, part: undefined }) as Step);
const fileWith = (answers: Record<string, unknown>): AnswersFile => ({
  format: 'tcplab-answers/1',
  exercise: 'x',
  rev: 1,
  seed: 7,
  answers,
});
const nothing = {
  seed: 7,
  at: 0,
  answers: {},
  drafts: {},
  tries: {},
  earlier: {},
  met: {},
  right: {},
  seen: {},
  ticks: {},
  hints: {},
} as Attempt;

describe('a file of answers', () => {
  it('opens at the last question that it answers', () => {
    expect(attemptFrom(fileWith({ a: 1, b: 2 }), steps, nothing).at).toBe(1);
    expect(attemptFrom(fileWith({ a: 1, b: 2, c: 3 }), steps, nothing).at).toBe(2);
    expect(attemptFrom(fileWith({}), steps, nothing).at).toBe(0);
  });

  it.each([
    ['nothing was answered', {}, { a: 1 }, false],
    ['the same was answered', { a: { x: 1 } }, { a: { x: 1 }, b: 2 }, false],
    ['something else was answered', { a: 1 }, { a: 2 }, true],
    ['more was answered', { a: 1, b: 2 }, { a: 1 }, true],
  ])('takes away what is here: %s', (_, here, there, lost) =>
    expect(replaces(fileWith(there), steps, { answers: here })).toBe(lost),
  );
});

describe('an answer that cannot be read', () => {
  const field = (name: string, text?: string): StepVerdict['fields'][number] => ({
    name,
    correct: false,
    evidence: [],
    elsewhere: [],
    ...(text === undefined ? {} : { problem: { en: text, zh: text } }),
  });

  it('is refused with the reason of each of its fields, so that it can be written again', () => {
    expect(refusalOf({ fields: [field('seq', 'seq: ?'), field('ack'), field('len', 'len: ?')] })).toEqual({
      en: 'seq: ?. len: ?',
      zh: 'seq: ?。len: ?',
    });
    expect(refusalOf({ problem: { en: 'whole', zh: '整个' }, fields: [] })).toEqual({ en: 'whole', zh: '整个' });
  });

  it('is none where every field can be read, however wrong', () => {
    expect(refusalOf({ fields: [field('seq')] })).toBeUndefined();
  });
});

describe('beside a verdict', () => {
  it('a slip that the marks say already is not told', () => {
    const slip = (kind: string) => ({ kind, fields: ['ack'], text: { en: kind, zh: kind } });
    expect(slipsTold({ slips: [slip('off_by_one'), slip('one_field')] }).map(({ kind }) => kind)).toEqual([
      'off_by_one',
    ]);
  });

  it.each([
    // Two fields of one point each: [now right, half points], the first attempt right in one.
    [0, 2, true],
    [1, 3, true],
    [1, 2, false],
    [2, 3, false],
    [0, 0, false],
  ])('%i points now and %i half points: from before %s', (score, half_points, before) =>
    expect(isEarnedBefore({ score, half_points })).toBe(before),
  );

  it('the last attempt is the one after which the answer is shown', () => {
    expect([0, 1].map((tries) => isLastTry('segment', tries))).toEqual([false, true]);
    expect(isLastTry('build', 5)).toBe(false);
  });
});

describe('the one number of a segment on its way', () => {
  const segment = { id: 1, seq: 301, ack: 1006, len: 0, flags: 'ACK' } as Segment;
  it('says which it is', () => {
    expect(mainNumber(segment, 'absolute')).toBe('ack 1006');
    expect(mainNumber({ ...segment, len: 5 }, 'absolute')).toBe('seq 301');
    expect(mainNumber({ ...segment, flags: 'FIN ACK' }, 'absolute')).toBe('seq 301');
  });
});

describe('an exercise is', () => {
  const steps = (...stages: [Kind, Stage][]) => stages.map(([kind, stage]) => ({ kind, stage }));
  it.each([
    ['passed', steps(['state', 'right'], ['say', 'said'])],
    ['finished', steps(['state', 'shown'], ['say', 'said'])],
    ['finished', steps(['state', 'right'], ['build', 'again'])],
    // Nothing in it was judged.
    ['finished', steps(['say', 'said'])],
    ['begun', steps(['state', 'right'], ['say', 'asked'])],
    ['begun', steps(['state', 'again'])],
    ['begun', []],
  ])('%s', (outcome, of) => expect(outcomeOf(of)).toBe(outcome));
});

describe('because', () => {
  const event = (n: number, rule: string) => ({ n, rule }) as TraceEvent;
  const field = (name: string, correct: boolean, evidence: number[] = []) => ({
    name,
    correct,
    evidence,
    elsewhere: [],
  });
  const verdict = (...fields: ReturnType<typeof field>[]) => ({ fields, evidence: [9] }) as unknown as StepVerdict;
  const events = [event(3, 'syn'), event(7, 'data'), event(9, 'sent')];
  const told = (of: StepVerdict) =>
    reasonsFor(of, events).map((reason) => [
      reason.field,
      ...reason.rules.map((each) => (each.known ? '' : each.rule)),
    ]);

  it('tells of each wrong field what decides it, and a rule once', () => {
    const wrong = verdict(field('seq', false, [3]), field('ack', false, [3, 7]), field('len', true));
    expect(told(wrong)).toEqual([
      ['seq', 'syn'],
      ['ack', '', 'data'],
    ]);
    expect(numbersTold(wrong)).toEqual([3, 3, 7]);
  });

  it('tells of a right answer what shows it', () => {
    expect(told(verdict(field('seq', true)))).toEqual([[undefined, 'syn', 'data', 'sent']]);
    expect(numbersTold(verdict(field('seq', true)))).toEqual([9]);
  });

  it('tells of a run that was changed what happens there', () => {
    const elsewhere = [{ change: { mutant: 'no_time_wait', faults: [], script: [] }, events: [event(4, 'stale')] }];
    const wrong = { fields: [{ ...field('next', false), elsewhere }], evidence: [9] } as unknown as StepVerdict;
    expect(told(wrong)).toEqual([['next', 'stale']]);
    expect(numbersTold(wrong)).toEqual([]);
  });

  it('tells with its numbers why data of an earlier connection was taken', () => {
    const build = (seq: number, expected: number) => ({
      goals: [{ holds: true, n: 9, old_data: { n: 7, seq, expected }, why: null }],
    });
    expect(numbersOfGoals(build(1301, 1301))).toEqual([7, 9]);
    expect(oldDataText(build(1301, 1301), 9)).toBe('');
    const next = oldDataText(build(1301, 1301), 7);
    expect(next).toContain('1301');
    expect(next).toContain('RCV.NXT of the new connection is the same number');
    // 1301 - 1001 = 300; 4 - 4294967294 = 6 modulo 2^32
    expect(oldDataText(build(1301, 1001), 7)).toMatch(/1001 .*, 300 numbers further on\. .*the 300 bytes before/);
    expect(oldDataText(build(4, 4294967294), 7)).toContain('6 numbers further on');
  });

  it('tells nothing of a run that was changed while a build waits, whose solution it may be', () => {
    const change = { mutant: 'no_time_wait', faults: [], script: [] };
    const elsewhere = [change, change].map((each) => ({ change: each, events: [event(4, 'stale')] }));
    const wrong = { fields: [{ ...field('next', false, [3]), elsewhere }], evidence: [9] } as unknown as StepVerdict;
    expect(reasonsFor(wrong, events, true)).toEqual([
      {
        field: 'next',
        change: undefined,
        withheld: false,
        rules: [{ rule: 'syn', events: [event(3, 'syn')], known: false }],
      },
      { field: 'next', change: undefined, withheld: true, rules: [] },
    ]);
  });
});
