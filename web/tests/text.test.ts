import { describe, expect, it } from 'vitest';
import { clock } from '../src/lab/model/text.ts';

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
