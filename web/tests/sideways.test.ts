/** In a diagram that is broader than its window, what happens is in sight with its words. */
import { describe, expect, it } from 'vitest';
import { geometryOf } from '../src/lab/diagram/geometry.ts';
import { namesWithin, placeOf, scrolledTo } from '../src/lab/diagram/sideways.ts';
import type { TraceEvent } from '../src/engine/types.ts';

const hosts = ['a', 'b', 'c', 'd', 'e'].map((name, i) => ({ name, address: `10.0.0.${i + 1}` }));
const width = 360;
const geometry = geometryOf(
  width,
  hosts.map(({ name }) => name),
  { lanes: new Map(), listening: new Set(), timeLetters: 0 },
);
const state = (host: string) => ({ kind: 'state', host }) as TraceEvent;
const sent = (from: number, to: number) =>
  ({
    kind: 'segment.sent',
    host: hosts[from]?.name,
    segment: { src: `10.0.0.${from + 1}:1`, dst: `10.0.0.${to + 1}:2` },
  }) as TraceEvent;

describe('an event of a diagram broader than its window', () => {
  it.each(hosts.map(({ name }) => name))('at %s is in sight from wherever the reader looks', (name) => {
    const place = placeOf(state(name), geometry, hosts);
    if (!place) throw new Error('it takes place nowhere');
    for (const before of [0, 200, geometry.width - width]) {
      const left = scrolledTo(place, before, width);
      expect(left).toBeGreaterThanOrEqual(0);
      expect(place.from).toBeGreaterThanOrEqual(left);
      expect(place.to).toBeLessThanOrEqual(left + width);
    }
  });

  it('has both ends of a segment between neighbours in sight', () => {
    const place = placeOf(sent(2, 3), geometry, hosts);
    const axes = [2, 3].map((i) => geometry.columns.get(hosts[i]?.name ?? '')?.axis ?? 0);
    expect(place?.from).toBeLessThanOrEqual(axes[0] as number);
    expect(place?.to).toBeGreaterThanOrEqual(axes[1] as number);
  });

  it('does not move a reader who sees it already', () => {
    expect(scrolledTo({ from: 100, to: 200 }, 50, width)).toBe(50);
  });

  it('shows the beginning of what is broader than the window', () => {
    expect(scrolledTo({ from: 100, to: 900 }, 0, width)).toBe(92);
  });

  it('of the network alone takes place nowhere', () => {
    expect(placeOf({ kind: 'note' } as TraceEvent, geometry, hosts)).toBeUndefined();
  });
});

describe('the names over the lifelines', () => {
  const names = [
    { axis: 20, width: 60 },
    { axis: 160, width: 60 },
    { axis: 300, width: 60 },
  ];

  it('stand over them where there is room', () => {
    expect(namesWithin(names, { from: -50, to: 400 })).toEqual([20, 160, 300]);
  });

  it('stand beside a sign rather than under it', () => {
    expect(namesWithin(names, { from: 15, to: 310 })).toEqual([45, 160, 280]);
  });

  it('go out of sight with their lifelines', () => {
    expect(namesWithin(names, { from: 30, to: 290 })).toEqual([20, 160, 300]);
  });

  it('never move onto each other', () => {
    const long = names.map(({ axis }) => ({ axis, width: 130 }));
    const middles = namesWithin(long, { from: 15, to: 310 });
    expect(middles).toEqual([26, 160, 294]);
  });
});
