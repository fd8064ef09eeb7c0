/** Rows of a list as high as their words need: how many lines a text takes, and where each row stands. */
import { describe, expect, it } from 'vitest';
import { highest, linesOf, Rows, Shrunk } from '../src/lab/panels/rows.ts';

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
    const rows = new Rows(34, (row) => [34, 50, 34][row] as number);
    expect([rows.count, rows.height, rows.at(0), rows.at(50)]).toEqual([0, 0, 0, 0]);
    rows.grow(3);
    rows.measure(0, 3);
    expect([0, 1, 2, 3].map((n) => rows.top(n))).toEqual([0, 34, 84, 118]);
    expect([0, 33, 34, 83, 84].map((y) => rows.at(y))).toEqual([0, 0, 1, 1, 2]);
    expect(rows.height).toBe(118);
  });

  it('are as high as most are until they come into sight, and are measured once', () => {
    const measured: number[] = [];
    const rows = new Rows(10, (row) => (measured.push(row), 20));
    rows.grow(1_000_000);
    expect(rows.height).toBe(10_000_000);
    rows.measure(500_000, 500_010);
    rows.measure(500_000, 500_010);
    expect(measured.length).toBeLessThan(200);
    expect(new Set(measured).size).toBe(measured.length);
    // What stands above its block is as it was: 64 x 7,812 = 499,968.
    expect(rows.top(499_968)).toBe(4_999_680);
    expect(rows.top(500_010) - rows.top(500_000)).toBe(200);
    expect(rows.height).toBe(10_000_000 + 10 * measured.length);
    expect(rows.at(rows.top(500_005))).toBe(500_005);
    expect(rows.at(rows.height)).toBe(999_999);
  });

  it('that come are measured where those before them were', () => {
    const rows = new Rows(10, () => 20);
    rows.grow(10);
    rows.measure(0, 10);
    rows.grow(20);
    expect(rows.height).toBe(300);
    rows.measure(0, 20);
    expect(rows.height).toBe(400);
  });
});

describe('a list that is higher than browsers draw', () => {
  it('is scrolled from its beginning to its end', () => {
    // A million rows of 34 pixels, seen through 400 of them.
    const shrunk = new Shrunk(34_000_000, 400);
    expect(shrunk.height).toBe(highest);
    expect(shrunk.toList(0)).toBe(0);
    expect(shrunk.toList(highest - 400)).toBeCloseTo(34_000_000 - 400, 3);
    expect(shrunk.toScreen(shrunk.toList(1234))).toBeCloseTo(1234, 6);
  });

  it.each([0, 300, 400, highest])('is as it is at a height of %i', (height) => {
    const shrunk = new Shrunk(height, 400);
    expect([shrunk.height, shrunk.toList(100), shrunk.toScreen(100)]).toEqual([height, 100, 100]);
  });
});
