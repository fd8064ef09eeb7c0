/**
 * Playback moves the reader through time. It advances time itself, at the pace that the diagram has there, and the
 * height follows from that. So time moves in every frame, except while the engine is computing the next event.
 */
import type { DiagramModel } from '../model/diagram-model.ts';

/** In pixels of the diagram per second, at speed 1. */
const usualPace = 70;
/** In ms: a longer frame means that the page was hidden, and must not make playback jump. */
const longestFrame = 100;
/** The pixels that each event costs at least, so that not all events of one moment pass in a single frame. */
const leastWay = 1;

/** The reader that playback moves. */
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

  /** Starts playing, up to `until`. */
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

  /** Waits for the engine's next event, then spends the rest of the frame. Without one, the next frame asks again. */
  #awaitEvent(left: number): void {
    this.#waiting = true;
    void this.#reader.forward().then((moved) => {
      this.#waiting = false;
      if (moved) this.#move(left);
    });
  }
}
