import { describe, expect, it } from 'vitest';
import { clock, fit } from '../src/lab/model/text.ts';

describe('clock', () => {
  it.each([
    [0, '0 ms'],
    [250, '250 µs'],
    [60_000, '60 ms'],
    [138_500, '138.5 ms'],
    [1_250_000, '1.25 s'],
    [60_710_000, '1:00.7'],
    [119_960_000, '2:00'],
    [125_300_000, '2:05.3'],
    [3_661_000_000, '1:01:01'],
  ])('shows %i µs as %s', (time, text) => expect(clock(time)).toBe(text));
});

describe('fit', () => {
  it.each([
    ['close()', 7, 'close()'],
    ['close()', 6, 'close…'],
    ['send("pay 100 to A")', 12, 'send("pay 1…'],
    ['send("pay 100 to A")', 11, 'send("pay…'],
    ['“你好”', 6, '“你好”'],
    ['“你好”', 5, '“你…'],
    ['x', 0, '…'],
  ])('shows %s in %i letters as %s', (text, letters, shown) => expect(fit(text, letters)).toBe(shown));
});
