/** Lessons as the page is given them, before anything in them is validated. */

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
  /** How many variants are offered; undefined if the file does not say. */
  variants?: number;
  /** Misconceptions that its answers can tell apart. */
  teaches: string[];
  /** Its questions, and the parts of those that have some. */
  asks: { question: string; part?: string; kind: string }[];
}
