/** Four or more alike neighbours are one burst; what differs, comes later or goes the other way is not of it. */
import { describe, expect, it } from 'vitest';
import { allBursts, burstsOf, keyOf } from '../src/lab/diagram/bursts.ts';
import type { Arrow } from '../src/lab/model/diagram-types.ts';

let made = 0;
function arrow(y: number, other: Partial<Arrow['segment']> = {}, from = 'a', to = 'b'): Arrow {
  made += 1;
  const segment = {
    id: made,
    src: `${from}:1`,
    dst: `${to}:2`,
    flags: 'ACK',
    seq: 1,
    len: 100,
    takes: 100,
    win: 1,
    options: {},
    ...other,
  };
  return {
    segment,
    copy: 1,
    from,
    to,
    fromConn: 1,
    toConn: 2,
    n: made,
    end: undefined,
    held: false,
    delayed: false,
    retransmission: false,
    way: [{ t: 0, y, share: 0 }],
    echo: undefined,
  };
}
const row = (count: number, from = 0) => Array.from({ length: count }, (_, i) => arrow(from + 20 * i));

describe('bursts', () => {
  it.each([
    [3, 0],
    [4, 1],
    [14, 1],
  ])('of %i alike: %i', (count, bursts) => {
    expect(allBursts(row(count))).toHaveLength(bursts);
  });

  it('end at another kind, at a silence, and not at what comes back', () => {
    expect(allBursts([...row(3), arrow(60, { flags: 'PSH ACK' }), ...row(3, 80)])).toEqual([]);
    expect(allBursts([...row(3), ...row(3, 200)])).toEqual([]);
    const [one, two, ...rest] = row(4);
    const back = arrow(25, {}, 'b', 'a');
    expect(allBursts([one, two, back, ...rest] as Arrow[])).toHaveLength(1);
  });

  it('leave no arrow out, folded or not', () => {
    const arrows = [...row(5), arrow(140, { flags: 'FIN ACK' })];
    const folded = burstsOf(arrows, () => false);
    expect([...folded.bursts.flatMap((burst) => burst.arrows), ...folded.single].map(keyOf).sort()).toEqual(
      arrows.map(keyOf).sort(),
    );
    expect(burstsOf(arrows, () => true)).toEqual({ bursts: [], single: arrows });
  });
});
