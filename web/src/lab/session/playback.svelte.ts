/**
 * Playback: the reader moves through time by itself. What moves is time, at the pace that the picture has there;
 * its height follows. So time goes on in every frame unless the engine is still computing what comes next.
 */
import type { DiagramModel } from '../model/diagram-model.ts';

/** At speed 1, in pixels of the diagram a second. */
const usualPace = 70;
/** Longer frames than this (ms) are those of a page that was out of sight. */
const longestFrame = 100;
/** What several events of one moment cost each, so that none passes unseen at once with all others. */
const leastWay = 1;

/** Who is moved. */
export interface Moved {
  t: number;
  readonly next: number | undefined;
  readonly live: boolean;
  readonly model: DiagramModel | undefined;
  forward(): Promise<boolean>;
  pass(): boolean;
}

export class Playback {
  playing = $state(false);
  speed = $state(1);
  readonly #reader: Moved;
  #until = Infinity;
  #waiting = false;

  constructor(reader: Moved) {
    this.#reader = reader;
  }

  /** Plays on; with a time, only to there. */
  start(until = Infinity): void {
    this.#until = until;
    this.playing = true;
  }

  stop(): void {
    this.playing = false;
  }

  /** One frame. */
  tick(milliseconds: number): void {
    if (!this.playing || this.#waiting) return;
    const frame = Math.min(Math.max(milliseconds, 0), longestFrame);
    this.#move((frame / 1000) * usualPace * this.speed);
  }

  #move(pixels: number): void {
    const reader = this.#reader;
    let left = pixels;
    while (this.playing && left > 0) {
      const { next, model } = reader;
      if (next === undefined || !model) return this.stop();
      const goal = Math.min(next, this.#until);
      const pace = model.scale.pace(reader.t, next);
      const way = goal > reader.t ? (goal - reader.t) / pace : 0;
      if (way > left) {
        reader.t += left * pace;
        return;
      }
      left -= Math.max(way, leastWay);
      reader.t = Math.max(reader.t, goal);
      if (goal < next) return this.stop();
      if (reader.live) return this.#awaitEvent(left);
      reader.pass();
    }
  }

  /** The engine says what happens; what is left of the frame is spent when it has. Else the next frame asks again. */
  #awaitEvent(left: number): void {
    this.#waiting = true;
    void this.#reader.forward().then((moved) => {
      this.#waiting = false;
      if (moved) this.#move(left);
    });
  }
}
