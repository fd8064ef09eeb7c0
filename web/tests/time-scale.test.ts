import { describe, expect, it } from 'vitest';
import { flightHeight, slotHeight, TimeScale } from '../src/lab/model/time-scale.ts';

const ms = 1000;

describe('TimeScale', () => {
  it('draws one flight of the reference delay at its height', () => {
    const scale = new TimeScale(50 * ms);
    expect(scale.append(50 * ms)).toBeCloseTo(flightHeight);
  });

  it('folds a long silence to a fixed height and remembers it', () => {
    const scale = new TimeScale(50 * ms);
    scale.append(10 * ms);
    const before = scale.bottom;
    scale.append(60_010 * ms);
    expect(scale.bottom - before).toBeLessThan(100);
    expect(scale.folds).toEqual([{ top: before, bottom: scale.bottom, from: 10 * ms, to: 60_010 * ms }]);
  });

  it('widens gaps too short to see', () => {
    const scale = new TimeScale(50 * ms);
    scale.append(1);
    expect(scale.bottom).toBeGreaterThan(8);
  });

  it('makes room for slots below a moment', () => {
    const scale = new TimeScale(50 * ms);
    const top = scale.append(50 * ms);
    scale.extend(3);
    expect(scale.bottom).toBe(top + 3 * slotHeight);
    expect(scale.y(50 * ms)).toBe(top);
  });

  it('is monotone, and its pace is the slope of its heights', () => {
    const scale = new TimeScale(50 * ms);
    for (const t of [1, 10, 60, 61, 110, 9000, 9050, 130_000]) scale.append(t * ms);
    let last = -1;
    for (let t = 0; t <= 130_000 * ms; t += 137 * ms) {
      const y = scale.y(t);
      expect(y).toBeGreaterThanOrEqual(last);
      last = y;
      const step = scale.pace(t, 130_000 * ms) / 1000;
      const inside = [1, 10, 60, 61, 110, 9000, 9050, 130_000].every((at) => at * ms <= t || at * ms > t + step);
      if (inside && t < 130_000 * ms && scale.y(t + step) < scale.y(t) + 1) {
        expect(scale.y(t + step) - scale.y(t)).toBeCloseTo(step / scale.pace(t, 130_000 * ms), 6);
      }
    }
  });

  it('never moves what was drawn when time goes on', () => {
    const scale = new TimeScale(50 * ms);
    scale.append(50 * ms);
    const before = [10, 30, 50].map((t) => scale.y(t * ms));
    scale.append(70_000 * ms);
    expect([10, 30, 50].map((t) => scale.y(t * ms))).toEqual(before);
  });

  it('leads to the next moment along the height that it will have', () => {
    const scale = new TimeScale(50 * ms);
    scale.append(50 * ms);
    const target = scale.y(60_000 * ms, 60_000 * ms);
    const way = target - scale.bottom;
    expect(50 * ms + way * scale.pace(50 * ms, 60_000 * ms)).toBeCloseTo(60_000 * ms);
    expect(scale.append(60_000 * ms)).toBeCloseTo(target);
  });

  it('has a pace inside a moment that is high, so that time never stands there', () => {
    const scale = new TimeScale(50 * ms);
    scale.append(50 * ms);
    scale.extend(40);
    const { height } = scale.gap(50 * ms);
    expect(scale.pace(50 * ms, 100 * ms)).toBeCloseTo((50 * ms) / height);
    scale.append(100 * ms);
    expect(scale.pace(50 * ms, 100 * ms)).toBeCloseTo((50 * ms) / height);
  });
});
