/** Tables in texts keep their columns; everything else stays the text that it is. */
import { expect, it } from 'vitest';
import { blocksOf, hasColumns } from '../src/exercise/blocks.ts';

it('parts paragraphs by blank lines and keeps the lines of each', () => {
  expect(blocksOf('one\ntwo\n\n \nthree')).toEqual([{ paragraph: 'one\ntwo' }, { paragraph: 'three' }]);
  expect(blocksOf('')).toEqual([]);
});

it('takes rows between bars as a table, with a head where a rule stands below it', () => {
  expect(blocksOf('Seen:\n| host | state |\n| --- | :-: |\n| a | LISTEN |\n| b | |\nWhy?')).toEqual([
    { paragraph: 'Seen:' },
    {
      head: ['host', 'state'],
      rows: [
        ['a', 'LISTEN'],
        ['b', ''],
      ],
    },
    { paragraph: 'Why?' },
  ]);
  expect(blocksOf('| 1 | 2 |\n| 3 | 4 |')).toEqual([
    {
      head: undefined,
      rows: [
        ['1', '2'],
        ['3', '4'],
      ],
    },
  ]);
});

it('takes nothing else for more than text', () => {
  for (const text of ['<b>x</b> & *y*', 'a | b', 'a || b || c', '# head', '[x](javascript:alert(1))']) {
    expect(blocksOf(text)).toEqual([{ paragraph: text }]);
  }
});

it('sees columns that are made of blanks', () => {
  expect(hasColumns('State   Recv-Q\nLISTEN  0')).toBe(true);
  expect(hasColumns('One sentence.  Another one.\nA third.')).toBe(false);
});
