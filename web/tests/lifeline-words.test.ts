/** What the words beside a lifeline give up where room is short. */
import { describe, expect, it } from 'vitest';
import { geometryOf } from '../src/lab/diagram/geometry.ts';
import { lifelineWords } from '../src/lab/diagram/lifeline-words.ts';
import type { Label } from '../src/lab/model/diagram-types.ts';

const entered = (to: string, conn: number) =>
  ({
    n: 0,
    y: 0,
    host: 'c',
    kind: 'state',
    conn,
    event: { kind: 'state', host: 'c', from: 'SYN_RCVD', to },
  }) as unknown as Label;
const wordsAt = (width: number, to: string, conn = 4) =>
  lifelineWords(
    [entered(to, conn)],
    geometryOf(width, ['a', 'b', 'c'], { lanes: new Map(), listening: new Set(), timeLetters: 6 }),
  )[0];

describe('a state of one of several connections', () => {
  it.each([1180, 1000])('has its connection’s number at %i px, however long its name is', (width) => {
    for (const state of ['ESTABLISHED', 'FIN_WAIT_1', 'LAST_ACK'])
      expect(wordsAt(width, state)?.text).toBe(`${state} #4`);
  });

  it.each([360, 500, 700])('gives up the number rather than letters of its name at %i px', (width) => {
    for (const state of ['ESTABLISHED', 'FIN_WAIT_1', 'LAST_ACK']) {
      expect([state, `${state} #4`]).toContain(wordsAt(width, state)?.text);
      expect(wordsAt(width, state)?.words).toBe(`${state} #4`);
    }
  });
});
