/**
 * What the first picture needs is in two files, whichever views share parts of it: what starts the engine, and the page.
 * Left to itself, each set of views that share a module would have a file of its own.
 */
import type { Plugin } from 'vite';

const start = /\/src\/main\.ts$/;
const page = /\/src\/mount\.ts$/;

export function firstLoad() {
  const needed = { start: new Set<string>(), page: new Set<string>() };
  const group = (name: 'start' | 'page', priority: number) => ({
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
    },
  };
  return { plugin, groups: [group('start', 2), group('page', 1)] };
}
