/** Rows of a list as high as their words need: how many lines a text takes, and where each row stands. */
import { describe, expect, it } from 'vitest';
import { linesOf, Rows } from '../src/lab/panels/rows.ts';

/** Each letter is 1 broad, each Chinese character 2. */
const widthOf = (piece: string) => [...piece].reduce((sum, each) => sum + (/[\u2e80-\uffef]/u.test(each) ? 2 : 1), 0);
const lines = (text: string, room: number) => linesOf(text, room, widthOf);

describe('the lines of a text', () => {
  it.each([
    ['', 10, 1],
    ['seq 1001', 8, 1],
    ['seq 1001 ack 5001', 17, 1],
    // "seq 1001 ack" / "5001"
    ['seq 1001 ack 5001', 16, 2],
    ['seq 1001 ack 5001', 8, 2],
    // "seq" / "1001" / "ack" / "5001"
    ['seq 1001 ack 5001', 5, 4],
    // A blank at the end of a line takes no room.
    ['aaaa bbbb', 4, 2],
    // 12 letters in lines of 5.
    ['abcdefghijkl', 5, 3],
    ['a abcdefghijkl', 5, 4],
    ['客户端收到', 10, 1],
    ['客户端收到', 9, 2],
    ['客户端 SYN,ACK 到', 8, 3],
  ])('%j in %i', (text, room, expected) => expect(lines(text, room)).toBe(expected));
});

describe('rows', () => {
  it('stand below each other, and are found by their heights', () => {
    const rows = new Rows();
    expect([rows.count, rows.height, rows.at(0), rows.at(50)]).toEqual([0, 0, 0, 0]);
    for (const height of [34, 50, 34]) rows.add(height);
    expect([0, 1, 2, 3].map((n) => rows.top(n))).toEqual([0, 34, 84, 118]);
    expect([0, 33, 34, 83, 84].map((y) => rows.at(y))).toEqual([0, 0, 1, 1, 2]);
    expect(rows.height).toBe(118);
  });
});
