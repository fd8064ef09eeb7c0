/**
 * Maps time to height on the page. Time runs downward in proportion, with exceptions that keep the diagram
 * legible: gaps too short to see are widened, long silences are folded to one fixed height, and moments in an echo
 * take hardly any height.
 * Several segments of one host at one instant get slots below each other, so a moment may have a height of its own.
 * Moments are only ever appended, so what has been drawn never moves.
 */

/** Height of one flight of the reference delay, in pixels. */
export const flightHeight = 76;
export const slotHeight = 20;
const shortestGap = 12;
const foldedHeight = 74;
const squeezedHeight = 1;
/** A gap that would be higher than this is folded. */
const highestGap = 240;

export interface Fold {
  top: number;
  bottom: number;
  from: number;
  to: number;
}

export interface Gap {
  height: number;
  folded: boolean;
}

export class TimeScale {
  readonly folds: Fold[] = [];
  /** Whether the gap to the next moment takes hardly any height. */
  squeezed = false;
  readonly #times: number[] = [0];
  readonly #tops: number[] = [0];
  readonly #extents: number[] = [0];
  readonly #perMicrosecond: number;

  /** `reference` is the network's usual one-way delay in microseconds. */
  constructor(reference: number) {
    this.#perMicrosecond = flightHeight / Math.max(reference, 1);
  }

  get lastTime(): number {
    return this.#times.at(-1) as number;
  }

  /** The bottom of the last moment. */
  get bottom(): number {
    return (this.#tops.at(-1) as number) + (this.#extents.at(-1) as number);
  }

  gap(duration: number): Gap {
    const height = duration * this.#perMicrosecond;
    if (this.squeezed) return { height: Math.min(height, squeezedHeight), folded: false };
    if (height > highestGap) return { height: foldedHeight, folded: true };
    return { height: duration === 0 ? 0 : Math.max(height, shortestGap), folded: false };
  }

  /** Adds the moment at `t`, which must not be before the last one, and returns its top. */
  append(t: number): number {
    if (t <= this.lastTime) return this.#tops.at(-1) as number;
    const { height, folded } = this.gap(t - this.lastTime);
    const from = this.bottom;
    if (folded) this.folds.push({ top: from, bottom: from + height, from: this.lastTime, to: t });
    this.#times.push(t);
    this.#tops.push(from + height);
    this.#extents.push(0);
    return from + height;
  }

  /** Makes the last moment at least as high as `slots` slots. */
  extend(slots: number): void {
    this.stretch(slots * slotHeight);
  }

  /** Makes the last moment at least so many pixels high. */
  stretch(height: number): void {
    const last = this.#extents.length - 1;
    this.#extents[last] = Math.max(this.#extents[last] as number, height);
  }

  /**
   * Height of time `t`. After the last moment it runs towards `next`, the time of the next event, so that the gap
   * already has the height that it will keep.
   */
  y(t: number, next?: number | null): number {
    if (t >= this.lastTime) {
      const rest = t - this.lastTime;
      if (rest === 0) return this.#tops.at(-1) as number;
      const whole = Math.max(rest, (next ?? t) - this.lastTime);
      return this.bottom + (this.gap(whole).height * rest) / whole;
    }
    const i = this.#before(this.#times, t);
    const start = this.#times[i] as number;
    if (t === start) return this.#tops[i] as number;
    const from = (this.#tops[i] as number) + (this.#extents[i] as number);
    const share = (t - start) / ((this.#times[i + 1] as number) - start);
    return from + share * ((this.#tops[i + 1] as number) - from);
  }

  /**
   * Microseconds per pixel between `t` and the moment at `next`. Playback moves in time, not in height: several heights
   * may have the same time, as moments may be high, but a time has one pace.
   */
  pace(t: number, next: number): number {
    const i = this.#before(this.#times, t);
    const start = this.#times[i] as number;
    const end = this.#times[i + 1];
    const whole = (end ?? next) - start;
    if (whole <= 0) return 0;
    const from = (this.#tops[i] as number) + (this.#extents[i] as number);
    return whole / (end === undefined ? this.gap(whole).height : (this.#tops[i + 1] as number) - from);
  }

  /** Index of the last value that is not above `value`. */
  #before(values: number[], value: number): number {
    let low = 0;
    let high = values.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((values[middle] as number) <= value) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
