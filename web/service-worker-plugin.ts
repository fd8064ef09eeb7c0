import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import type { Plugin } from 'vite';

/** Emits `source` as service-worker.js with the names of all built files, and a version that changes with any file. */
export function serviceWorker(source: string, publicFolder: string): Plugin {
  return {
    name: 'service-worker',
    apply: 'build',
    enforce: 'post',
    generateBundle(_, bundle) {
      const built = Object.values(bundle).map((item) => item.fileName);
      const files = [...built.filter((file) => file !== 'index.html'), ...readdirSync(publicFolder)].sort();
      const text = readFileSync(source, 'utf8');
      const page = bundle['index.html'];
      const version = createHash('sha256')
        .update(page?.type === 'asset' ? page.source : '')
        .update(files.join('\n'))
        .update(text)
        .digest('hex')
        .slice(0, 16);
      const head = `const version = '${version}';\nconst files = ${JSON.stringify(['./', ...files])};\n`;
      this.emitFile({ type: 'asset', fileName: 'service-worker.js', source: head + text });
    },
  };
}
