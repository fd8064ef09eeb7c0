/**
 * What the first picture needs is in two files, whichever views share parts of it: what starts the engine, and the page.
 * What stands around the picture is in a third. Left to itself, each set of views that share a module would have a file of its own.
 *
 * Nearly all of their functions run before the first picture. Their first line tells so: Chromium then compiles them
 * beside the page while they arrive, and not one by one as they are called, which took half of the scripts' time.
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
    // Not as a banner: Vite puts names of files before that, and it counts in the first line only.
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
