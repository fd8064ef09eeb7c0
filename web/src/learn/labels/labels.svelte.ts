/**
 * How much arrows say to this student, in all lessons: a lesson raises it and never lowers it, and the student may
 * always choose.
 */
import { load, onStored, store } from '../../app/storage.ts';
import type { About } from '../format/lesson.ts';
import { labelLevels, type LabelLevel } from '../format/label-levels.ts';

/** Where a lesson says nothing of it. */
const usual: LabelLevel = 'numbers';

const higher = (a: LabelLevel, b: LabelLevel): LabelLevel => (labelLevels.indexOf(a) > labelLevels.indexOf(b) ? a : b);

const kept = (key: string): LabelLevel => labelLevels.find((each) => each === load(key)) ?? 'words';

class Labels {
  level = $state(kept('labels'));
  /** The highest that a lesson asked for: only a higher one changes what the student chose since. */
  #raised = kept('labels.raised');

  constructor() {
    onStored('labels', () => (this.level = kept('labels')));
    onStored('labels.raised', () => (this.#raised = kept('labels.raised')));
  }

  choose(level: LabelLevel): void {
    this.level = level;
    store('labels', level);
  }

  /** The student has come to a step in which arrows say so much. */
  raise(level: LabelLevel): void {
    if (higher(level, this.#raised) === this.#raised) return;
    this.#raised = level;
    store('labels.raised', level);
    this.choose(higher(level, this.level));
  }
}

export const labels = new Labels();

/** The level of a beat: the last that is named at it or before. */
export function levelAt({ beats, labels: named }: Pick<About, 'beats' | 'labels'>, beat: string): LabelLevel {
  const before = beats.slice(0, beats.indexOf(beat) + 1).reverse();
  return before.map((id) => named[id]).find((level) => level !== undefined) ?? usual;
}
