import { describe, expect, it } from 'vitest';
import type { TraceEvent } from '../src/engine/types.ts';
import { bandAt, geometryOf, labelRoom, timesX, type Column } from '../src/lab/diagram/geometry.ts';
import { arrowHead, bluntEnd, placer } from '../src/lab/diagram/ways.ts';
import { DiagramModel } from '../src/lab/model/diagram-model.ts';

const columnsOf = (width: number, names: string[]) => {
  const geometry = geometryOf(width, names, new DiagramModel([], 50_000));
  return { geometry, columns: names.map((name) => geometry.columns.get(name) as Column) };
};

describe.each([360, 800, 1440, 1920])('a diagram of %i px', (width) => {
  it.each([[['a', 'b']], [['a', 'b', 'c']]])(
    'keeps the words beside a lifeline off times, edges and lines: %s',
    (names) => {
      const { geometry, columns } = columnsOf(width, names);
      for (const column of columns) {
        const room = labelRoom(geometry, column);
        const left = column.side < 0 ? column.labelX - room : column.labelX;
        expect(left).toBeGreaterThanOrEqual(geometry.times);
        expect(left + room).toBeLessThanOrEqual(geometry.width);
        for (const other of columns) {
          if (other !== column) expect(other.axis <= left || other.axis >= left + room).toBe(true);
        }
      }
    },
  );

  it('has the lifelines of three hosts and more spread over the whole width, in steps of one length', () => {
    for (const names of [['a', 'b', 'c'], ['a', 'b', 'c', 'd'], Array.from({ length: 20 }, (_, i) => `host-${i}`)]) {
      const { geometry, columns } = columnsOf(width, names);
      const steps = columns.slice(1).map((column, i) => column.axis - (columns[i] as Column).axis);
      for (const step of steps) expect(step).toBeCloseTo(steps[0] ?? 0);
      // Beside the outermost there is room for their words, and no more.
      const last = columns.at(-1) as Column;
      expect(geometry.width - last.labelX).toBeLessThan(112);
      expect((columns[0] as Column).labelX - geometry.times).toBeLessThan(112);
      expect(geometry.width).toBeGreaterThanOrEqual(width);
    }
  });
});

it('puts three hosts into the width of a phone where one of them has no TCP, with room for each state', () => {
  // A page of 360 px has so much for a step's run.
  const width = 330;
  const model = { lanes: new Map(), listening: new Set(['b']), timeLetters: 6 };
  const geometry = geometryOf(width, ['a', 'b', 'c'], model, new Set(['c']));
  expect(geometry.width).toBe(width);
  // 11 letters of 5.75 px.
  for (const host of ['a', 'b'])
    expect(labelRoom(geometry, geometry.columns.get(host) as Column)).toBeGreaterThanOrEqual(
      'ESTABLISHED'.length * 5.75,
    );
});

it('has room for the longest time of the run beside the labels', () => {
  const said = (t: number, n: number) => ({ n, step: n, t, kind: 'note', rule: '', host: 'a' }) as TraceEvent;
  const model = new DiagramModel([], 50_000);
  const usual = geometryOf(1000, ['a', 'b'], model).times;
  [0, 18_000_000_000].forEach((t, n) => model.append(said(t, n)));
  expect(geometryOf(1000, ['a', 'b'], model).times).toBe(usual);
  model.append(said(18_061_050_125, 2));
  const { times } = geometryOf(1000, ['a', 'b'], model);
  // 11 px letters of the monospaced font.
  expect(times).toBeGreaterThan(timesX + '5 h 1 min 1.050125 s'.length * 6.6);
  expect(geometryOf(360, ['a', 'b'], model).times).toBe(0);
});

it('leaves the arrows their room, however many connections a host has', () => {
  const crowd = {
    timeLetters: 0,
    lanes: new Map([
      ['a', 500],
      ['b', 500],
    ]),
    listening: new Set(['b']),
  };
  for (const width of [360, 740, 1440]) {
    const { columns } = geometryOf(width, ['a', 'b'], crowd);
    const [a, b] = [columns.get('a'), columns.get('b')] as [Column, Column];
    expect(b.axis - a.axis).toBeGreaterThanOrEqual(Math.min(150, 0.28 * width));
    expect(bandAt(a, 499, false).x).toBeGreaterThan(a.labelX);
  }
});

describe('an arrow', () => {
  const geometry = geometryOf(740, ['a', 'b'], new DiagramModel([], 50_000));
  const arrow = (from: string, to: string) => ({ from, to });

  it('to an address that nobody has ends among the hosts, and in the picture', () => {
    for (const from of ['a', 'b']) {
      const { x } = placer(arrow(from, '10.0.0.99'), geometry)(1, 0);
      expect(x).toBeCloseTo(geometry.columns.get(from === 'a' ? 'b' : 'a')?.axis ?? 0);
    }
  });

  it('that is refused has a bar across its end', () => {
    const [one, two] = bluntEnd(
      [
        { x: 0, y: 0 },
        { x: 30, y: 40 },
      ],
      5,
    );
    expect(one).toEqual({ x: 34, y: 37 });
    expect(two).toEqual({ x: 26, y: 43 });
  });

  it('that is received has a head: its tip at the end, its foot 10 before it and 8 broad', () => {
    const [tip, one, two] = arrowHead(
      [
        { x: 0, y: 0 },
        { x: 30, y: 40 },
      ],
      10,
    );
    expect(tip).toEqual({ x: 30, y: 40 });
    // The foot's middle is (24, 32); a quarter turn from (0.6, 0.8) is (0.8, -0.6).
    expect([one.x, one.y, two.x, two.y].map((each) => Number(each.toFixed(9)))).toEqual([27.2, 29.6, 20.8, 34.4]);
  });
});
