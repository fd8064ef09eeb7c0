import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';

/** Keys of an exercise that only its checks need: right answers, and wrong ones with the misconceptions they show. */
const authorOnly = ['witness', 'chaffs'];

export function withoutAnswers(text: string): string {
  const exercise = JSON.parse(text) as Record<string, unknown>;
  return JSON.stringify(Object.fromEntries(Object.entries(exercise).filter(([key]) => !authorOnly.includes(key))));
}

/** Strips these from exercises that are bundled as text, so that students cannot look up the answers. */
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
