import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';
import { withoutAnswers } from './src/exercise/without-answers.ts';

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
