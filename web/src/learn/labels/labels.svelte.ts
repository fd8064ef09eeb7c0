/**
 * How detailed the labels of arrows are for this student, in all lessons. Lessons raise the level and never lower it;
 * the student may always choose another.
 */
import { load, onStored, store } from '../../app/storage.ts';
import type { About } from '../format/lesson.ts';
import { labelLevels, type LabelLevel } from '../format/label-levels.ts';

/** The level for a lesson that names none. */
const usual: LabelLevel = 'numbers';

const higher = (a: LabelLevel, b: LabelLevel): LabelLevel => (labelLevels.indexOf(a) > labelLevels.indexOf(b) ? a : b);

const kept = (key: string): LabelLevel => labelLevels.find((each) => each === load(key)) ?? 'words';

class Labels {
  level = $state(kept('labels'));
  /** The highest level that a lesson has asked for; only a higher one overrides what the student has chosen since. */
  #raised = kept('labels.raised');

  constructor() {
    onStored('labels', () => (this.level = kept('labels')));
    onStored('labels.raised', () => (this.#raised = kept('labels.raised')));
  }

  choose(level: LabelLevel): void {
    this.level = level;
    store('labels', level);
  }

  /** To be called when the student has come to a step with this level. */
  raise(level: LabelLevel): void {
    if (higher(level, this.#raised) === this.#raised) return;
    this.#raised = level;
    store('labels.raised', level);
    this.choose(higher(level, this.level));
  }
}

export const labels = new Labels();

/** The level of a beat: the last one named at this beat or before. */
export function levelAt({ beats, labels: named }: Pick<About, 'beats' | 'labels'>, beat: string): LabelLevel {
  const before = beats.slice(0, beats.indexOf(beat) + 1).reverse();
  return before.map((id) => named[id]).find((level) => level !== undefined) ?? usual;
}
