import type { Plugin } from 'vite';

/**
 * The page's head names what the script of its body will ask for: the chunk with that name, what it imports, and their
 * styles. So they are on their way before the script has been read.
 */
export function preloaded(name: string): Plugin {
  return {
    name: 'preloaded',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(_, { bundle = {} }) {
        const chunks = Object.values(bundle).filter((item) => item.type === 'chunk');
        const wanted = chunks.find((chunk) => chunk.name === name);
        if (!wanted) return [];
        const files = new Set([wanted.fileName]);
        for (const file of files)
          for (const each of chunks.find(({ fileName }) => fileName === file)?.imports ?? []) files.add(each);
        const styles = chunks
          .filter(({ fileName }) => files.has(fileName))
          .flatMap(({ viteMetadata }) => [...(viteMetadata?.importedCss ?? [])]);
        return [
          ...styles.map((href) => ({
            tag: 'link',
            attrs: { rel: 'preload', as: 'style', crossorigin: true, href: `./${href}` },
          })),
          ...[...files].map((href) => ({
            tag: 'link',
            attrs: { rel: 'modulepreload', crossorigin: true, href: `./${href}` },
          })),
        ].map((each) => ({ ...each, injectTo: 'head' as const }));
      },
    },
  };
}
