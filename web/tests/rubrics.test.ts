/** Free text in pieces: which words are of which finding. */
import { expect, it } from 'vitest';
import { piecesOf, type Finding } from '../src/exercise/rubrics.ts';

const both = { en: 'So.', zh: '是。' };
const finding = (...spans: [number, number][]): Finding => ({
  id: 'a',
  wrong: false,
  outcome: spans.length > 0 ? 'found' : 'not_found',
  says: both,
  next: both,
  spans,
});
const told = (text: string, ...findings: Finding[]) => piecesOf({ text, findings }).map(({ text: t, of }) => [t, of]);

it('words of one finding, of two, and of none are told apart', () => {
  expect(told('the ACK is lost', finding([4, 7], [11, 15]))).toEqual([
    ['the ', []],
    ['ACK', [0]],
    [' is ', []],
    ['lost', [0]],
  ]);
  expect(told('abcdef', finding([0, 4]), finding([2, 6]))).toEqual([
    ['ab', [0]],
    ['cd', [0, 1]],
    ['ef', [1]],
  ]);
  expect(told('ab', finding())).toEqual([['ab', []]]);
  expect(told('')).toEqual([]);
});

it('places are those of JavaScript’s texts', () => {
  expect(told('😀丢', finding([2, 3]))).toEqual([
    ['😀', []],
    ['丢', [0]],
  ]);
});
