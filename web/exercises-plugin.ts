import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';

/** What an exercise's author wrote so that it can be checked: right answers, and wrong ones with what they show. */
const authorOnly = ['witness', 'chaffs'];

export function withoutAnswers(text: string): string {
  const exercise = JSON.parse(text) as Record<string, unknown>;
  return JSON.stringify(Object.fromEntries(Object.entries(exercise).filter(([key]) => !authorOnly.includes(key))));
}

/** Exercises that are read as text into the page lose what a student could look up in it. */
export function exercisesWithoutAnswers(): Plugin {
  return {
    name: 'exercises-without-answers',
    enforce: 'pre',
    load(id) {
      const file = /^(.*\/exercises\/(?:lessons\/[^/]+\/exercises\/)?[^/]+\.json)\?raw$/.exec(id)?.[1];
      if (file === undefined) return undefined;
      this.addWatchFile(file);
      return `export default ${JSON.stringify(withoutAnswers(readFileSync(file, 'utf8')))};`;
    },
  };
}
