/** What the page is given of lessons, before anything in it is believed. */

/** The texts of a lesson's files, by their paths in its folder. */
export type LessonFiles = Readonly<Record<string, string>>;

export interface LessonIndex {
  /** path.json, and every file of terms. */
  path: unknown;
  terms: unknown[];
  lessons: Record<string, { about: unknown; exercises: Exercise[] }>;
}

/** An exercise that a lesson leads to. */
export interface Exercise {
  id: string;
  rev: number;
  title: { en: string; zh: string };
}
