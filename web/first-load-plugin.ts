/**
 * Puts the code of the first picture into two chunks, whichever views share parts of it: one that starts the engine,
 * and the page. The parts around the picture are a third. By default, every set of views that share a module would get
 * a chunk of its own.
 *
 * Nearly all of their functions run before the first picture. Their first line says so: Chromium then compiles them
 * in the background while they arrive, and not one by one as they are called, which took half of the scripts' time.
 */
import type { Plugin } from 'vite';

const start = /\/src\/main\.ts$/;
const page = /\/src\/mount\.ts$/;
const around = /\/src\/lab\/around\.ts$/;
const allCalled = '//# allFunctionsCalledOnLoad';

export function firstLoad() {
  const needed = { start: new Set<string>(), page: new Set<string>(), around: new Set<string>() };
  const group = (name: keyof typeof needed, priority: number) => ({
    name,
    priority,
    test: (id: string) => needed[name].has(id),
  });

  const plugin: Plugin = {
    name: 'first-load',
    apply: 'build',
    buildEnd() {
      const ids = [...this.getModuleIds()];
      const reach = (found: Set<string>, root: RegExp) => {
        for (const id of ids.filter((each) => root.test(each))) found.add(id);
        for (const id of found) for (const each of this.getModuleInfo(id)?.importedIds ?? []) found.add(each);
      };
      reach(needed.start, start);
      reach(needed.page, page);
      reach(needed.around, around);
    },
    // Not as a banner: Vite puts file names before it, and the comment works only in the first line.
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        for (const chunk of Object.values(bundle))
          if (chunk.type === 'chunk' && chunk.name in needed) chunk.code = `${allCalled}\n${chunk.code}`;
      },
    },
  };
  return { plugin, groups: [group('start', 3), group('page', 2), group('around', 1)] };
}
