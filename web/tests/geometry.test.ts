import { describe, expect, it } from 'vitest';
import { geometryOf, labelRoom, lostWordsShare, wordsShare, type Column } from '../src/lab/diagram/geometry.ts';
import { DiagramModel } from '../src/lab/model/diagram-model.ts';

const columnsOf = (width: number, names: string[]) => {
  const geometry = geometryOf(width, names, new DiagramModel([], 50_000));
  return { geometry, columns: names.map((name) => geometry.columns.get(name) as Column) };
};

describe.each([360, 800, 1440, 1920])('a diagram of %i px', (width) => {
  it.each([[['a', 'b']], [['a', 'b', 'c']]])('keeps the words beside a lifeline off times, edges and lines: %s', (names) => {
    const { geometry, columns } = columnsOf(width, names);
    for (const column of columns) {
      const room = labelRoom(geometry, column);
      const left = column.side < 0 ? column.labelX - room : column.labelX;
      expect(left).toBeGreaterThanOrEqual(geometry.times);
      expect(left + room).toBeLessThanOrEqual(width);
      for (const other of columns) {
        if (other !== column) expect(other.axis <= left || other.axis >= left + room).toBe(true);
      }
    }
  });

  it('has the words of an arrow past a third host between two lifelines, before that host', () => {
    const { geometry, columns } = columnsOf(width, ['a', 'b', 'c']);
    const [a, b, c] = columns as [Column, Column, Column];
    for (const [from, to] of [[a, c], [c, a]] as const) {
      const x = from.axis + wordsShare(geometry, from, to, 100) * (to.axis - from.axis);
      expect(x).toBeCloseTo((a.axis + b.axis) / 2);
    }
  });

  it('has the words of crossing arrows on different sides of the middle', () => {
    const { geometry, columns } = columnsOf(width, ['a', 'b']);
    const [a, b] = columns as [Column, Column];
    expect(wordsShare(geometry, a, b, 60)).toBeLessThan(0.5);
    expect(wordsShare(geometry, b, a, 60)).toBeLessThan(0.5);
  });

  it('has the words of what was lost early beside its line, and not behind its beginning', () => {
    expect(lostWordsShare(200, 400, 100)).toBe(0.5);
    for (const gone of [0, 5, -40, 100]) {
      const centre = lostWordsShare(gone, 400, 100) * Math.abs(gone || 1);
      expect(centre).toBeGreaterThanOrEqual(50);
      expect(centre).toBeLessThanOrEqual(200);
    }
  });

  it('has long words in the middle, and no further', () => {
    const { geometry, columns } = columnsOf(width, ['a', 'b']);
    const [a, b] = columns as [Column, Column];
    expect(wordsShare(geometry, a, b, b.axis - a.axis)).toBe(0.5);
  });
});
