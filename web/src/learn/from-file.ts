/** What is kept of lessons and exercises from elsewhere: their names say that they are not the page's own. */
import { digest } from '../exercise/digest.ts';
import type { Bilingual } from '../i18n/index.svelte.ts';
import { idForm } from './format/name.ts';

/**
 * What is kept of a lesson from elsewhere is not what is kept of the page's own that is called so, nor of another
 * pack's. `title` is the pack's, or that of a lesson that stands alone: a later edition keeps it.
 */
export const keptAs = (title: Bilingual, lesson: string): string =>
  `file:${digest([title.en, title.zh]).toString(36)}.${lesson}`;

const id = idForm.source.slice(1, -1);
const lesson = `file:[0-9a-z]{1,7}\\.${id}`;
const lessonForm = new RegExp(`^${lesson}$`);
/** The exercise, or the step of a lesson. */
const itemForm = new RegExp(`^(?:file:${id}|lesson\\.${lesson}\\.${id})$`);

export const isLessonFromFile = (name: string): boolean => lessonForm.test(name);
export const isItemFromFile = (key: string): boolean => itemForm.test(key);
