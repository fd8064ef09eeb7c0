// .lab/check_layers.mjs: what reaches where it may not is found, with its line.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { disagreements, trespasses } from '../../.lab/check_layers.mjs';

const layers = { wire: [], tcp: ['wire'], 'page/model': [], 'page/view': ['page/model'] };
const found = (file, text) => trespasses(layers, [[file, text]]).map(({ line, path }) => `${line} ${path}`);

const cases = [
  ['a folder below', 'tcp/tcb.cpp', '#include "wire/seq.hpp"\n', []],
  ['its own folder', 'tcp/tcb.cpp', '#include "tcp/tcb.hpp"\n', []],
  ['a folder above', 'wire/seq.cpp', '#include <map>\n#include "tcp/tcb.hpp"\n', ['2 tcp/tcb.hpp']],
  ['a room within it', 'tcp/segment_arrives/listen.cpp', '#include "tcp/tcb.hpp"\n', []],
  ['from a room upwards', 'wire/codec/a.cpp', '#include "tcp/tcb.hpp"\n', ['1 tcp/tcb.hpp']],
  ['a module below', 'page/view/A.svelte', "  import { a } from '../model/a.ts';\n", []],
  ['a module above', 'page/model/a.ts', "\nimport A from '../view/A.svelte';\n", ['2 page/view/A.svelte']],
  ['a lazy import', 'page/model/a.ts', "const a = () => import('../view/A.svelte');\n", ['1 page/view/A.svelte']],
  ['an import for its effect', 'page/model/a.ts', "import '../view/a.css';\n", ['1 page/view/a.css']],
  ['a package', 'page/model/a.ts', "import { a } from 'svelte';\n", []],
];
for (const [what, file, text, wrong] of cases) {
  test(`layers: ${what}`, () => assert.deepEqual(found(file, text), wrong));
}

test('layers: the table and the folders are the same', () => {
  const sources = ['wire/a.cpp', 'tcp/a.cpp', 'host/a.cpp'].map((file) => [file, '']);
  assert.deepEqual(disagreements({ wire: [], tcp: [], net: [] }, sources, true), { gone: ['net'], unnamed: ['host'] });
});
