/** What the page adds to a verdict, and what a file of answers takes the place of. */
import { describe, expect, it } from 'vitest';
import { attemptFrom, replaces } from '../src/exercise/attempt-file.ts';
import type { AnswersFile } from '../src/exercise/answers-file.ts';
import type { Attempt } from '../src/exercise/attempts.ts';
import { isEarnedBefore, slipsTold } from '../src/exercise/shown.ts';
import { numbersTold, reasonsFor } from '../src/exercise/because.ts';
import { isLastTry, outcomeOf, type Stage } from '../src/exercise/stage.ts';
import type { Kind, StepVerdict } from '../src/exercise/types.ts';
import type { Step } from '../src/exercise/steps.ts';
import type { Segment, TraceEvent } from '../src/engine/types.ts';
import { mainNumber } from '../src/lab/model/text.ts';

const steps = ['a', 'b', 'c'].map((question) => ({ key: question, question, part: undefined }) as Step);
const fileWith = (answers: Record<string, unknown>): AnswersFile => ({ format: 'tcplab-answers/1', exercise: 'x', rev: 1, seed: 7, answers });
const nothing = { seed: 7, at: 0, answers: {}, drafts: {}, tries: {}, earlier: {}, met: {}, right: {}, seen: {}, ticks: {}, hints: {} } as Attempt;

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

describe('beside a verdict', () => {
  it('a slip that the marks say already is not told', () => {
    const slip = (kind: string) => ({ kind, fields: ['ack'], text: { en: kind, zh: kind } });
    expect(slipsTold({ slips: [slip('off_by_one'), slip('one_field')] }).map(({ kind }) => kind)).toEqual(['off_by_one']);
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
  const field = (name: string, correct: boolean, evidence: number[] = []) => ({ name, correct, evidence, elsewhere: [] });
  const verdict = (...fields: ReturnType<typeof field>[]) => ({ fields, evidence: [9] }) as unknown as StepVerdict;
  const events = [event(3, 'syn'), event(7, 'data'), event(9, 'sent')];
  const told = (of: StepVerdict) =>
    reasonsFor(of, events).map((reason) => [reason.field, ...reason.rules.map((each) => (each.known ? '' : each.rule))]);

  it('tells of each wrong field what decides it, and a rule once', () => {
    const wrong = verdict(field('seq', false, [3]), field('ack', false, [3, 7]), field('len', true));
    expect(told(wrong)).toEqual([['seq', 'syn'], ['ack', '', 'data']]);
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
});
