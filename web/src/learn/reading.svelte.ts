/** A student's reading of a lesson: the steps that are open so far, one below the other. */
import { Beat } from './beat.svelte.ts';
import type { Lesson } from './lesson.ts';

export class Reading {
  readonly lesson: Lesson;
  readonly beats: readonly Beat[];
  /** How many steps are shown; one more than there are if the end is shown too. */
  opened = $state(1);

  constructor(lesson: Lesson) {
    this.lesson = lesson;
    this.beats = lesson.beats.map((file) => new Beat(lesson.about, file));
    const next = this.beats.findIndex((beat) => !beat.done);
    this.opened = (next < 0 ? this.beats.length : next) + 1;
  }

  get shown(): readonly Beat[] {
    return this.beats.slice(0, this.opened);
  }

  get atEnd(): boolean {
    return this.opened > this.beats.length;
  }

  get doneCount(): number {
    return this.beats.filter(({ settled }) => settled).length;
  }

  /** Loads the current step first, then the finished ones. */
  async begin(): Promise<void> {
    const order = this.atEnd ? this.shown : [...this.shown.slice(-1), ...this.shown.slice(0, -1)];
    for (const beat of order) await beat.load();
  }

  goOn(): void {
    this.opened += 1;
    if (!this.atEnd) void this.beats[this.opened - 1]?.load();
  }

  dispose(): void {
    for (const beat of this.beats) beat.dispose();
  }
}
