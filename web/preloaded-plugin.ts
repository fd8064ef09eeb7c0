import type { HtmlTagDescriptor, Plugin } from 'vite';

/**
 * Adds preload links for the chunk with this name, its imports and their styles, so that they are requested before the
 * script in the body has been read. They come first in the head, the largest before all others: over HTTP/1.1 only the
 * first request goes out at once, on the connection that has brought the page.
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
        const needed = chunks
          .filter(({ fileName }) => files.has(fileName))
          .sort((a, b) => b.code.length - a.code.length);
        const styles = needed.flatMap(({ viteMetadata }) => [...(viteMetadata?.importedCss ?? [])]);
        const link = (href: string, attrs: Record<string, string>): HtmlTagDescriptor => ({
          tag: 'link',
          attrs: { ...attrs, crossorigin: true, href: `./${href}` },
          injectTo: 'head-prepend',
        });
        return [
          ...needed.map(({ fileName }) => link(fileName, { rel: 'modulepreload' })),
          ...styles.map((file) => link(file, { rel: 'preload', as: 'style' })),
        ];
      },
    },
  };
}
