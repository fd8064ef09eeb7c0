import type { HtmlTagDescriptor, Plugin } from 'vite';

/**
 * The page's head names what the script of its body will ask for: the chunk with that name, what it imports, and their
 * styles. So they are on their way before the script has been read. They stand first in the head, the largest before all
 * others: over HTTP/1.1 the first request alone goes out at once, on the connection that has brought the page.
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
