/** The lessons that come with the page: an index of all, and the files of one when it is opened. */
import * as v from 'valibot';
import type { Exercise, LessonFiles, LessonIndex } from './format/files.ts';
import { About } from './format/lesson.ts';
import { Path, type Incident, type Step } from './format/path.ts';
import { TermFile, type Term } from './format/terms.ts';

/** What the path shows of a lesson that exists. */
export interface Ready {
  id: string;
  rev: number;
  beats: string[];
  exercises: Exercise[];
  /** The exercises that show that the lesson is understood. */
  mastery: string[];
}

type Loaders = Record<string, () => Promise<{ files: LessonFiles }>>;

export class Pack {
  readonly path: Step[];
  readonly incidents: Incident[];
  terms: readonly Term[];
  readonly #ready: Ready[];
  readonly #own: ReadonlySet<string>;
  readonly #loaders: Loaders;

  constructor(from: LessonIndex, load: Loaders) {
    const path = v.safeParse(Path, from.path);
    this.path = path.success ? path.output.lessons : [];
    this.incidents = path.success ? path.output.incidents : [];
    this.terms = from.terms.flatMap((file) => {
      const read = v.safeParse(TermFile, file);
      return read.success ? read.output.terms : [];
    });
    this.#ready = Object.values(from.lessons).flatMap(({ about, exercises }) => {
      const read = v.safeParse(About, about);
      return read.success ? [{ ...read.output, exercises }] : [];
    });
    this.#own = new Set(this.terms.map(({ id }) => id));
    this.#loaders = load;
  }

  /** Undefined if the lesson does not exist yet. */
  ready(id: string): Ready | undefined {
    return this.#ready.find((each) => each.id === id);
  }

  /** A lesson by its id or its number: links from elsewhere may know only the number. */
  stepOf(id: string): Step | undefined {
    return this.path.find((step) => step.id === id || String(step.number) === id);
  }

  /** The next lesson that exists. */
  nextAfter(id: string): Step | undefined {
    const at = this.path.findIndex((step) => step.id === id);
    // A lesson that was opened from a link is not on the path.
    if (at < 0) return undefined;
    return this.path.slice(at + 1).find((step) => this.ready(step.id));
  }

  termOf(id: string): Term | undefined {
    return this.terms.find((term) => term.id === id);
  }

  /** Whether the page's own lessons teach a term, so that a lesson from elsewhere may link to its card. */
  hasOwn(id: string): boolean {
    return this.#own.has(id);
  }

  /** Adds the terms of a lesson from elsewhere; known ones are never replaced. */
  add(terms: readonly Term[]): void {
    this.terms = [...this.terms, ...terms.filter(({ id }) => this.termOf(id) === undefined)];
  }

  /** The files of a lesson; undefined where there is none. */
  async filesOf(id: string): Promise<LessonFiles | undefined> {
    return Object.hasOwn(this.#loaders, id) ? (await this.#loaders[id]?.())?.files : undefined;
  }
}

// A chunk of its own, since it changes whenever the lessons do.
const { index, loaders } = await import('virtual:lessons');
export const pack = new Pack(index, loaders);
