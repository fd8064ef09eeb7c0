// .lab/print_coverage.mjs: the lines of the engine, by folder.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { byFolder, linesOf } from '../../.lab/print_coverage.mjs';

const file = (filename, covered, count) => ({ filename, summary: { lines: { covered, count } } });
const summary = {
  data: [
    {
      files: [
        file('/r/engine/tcp/tcb.cpp', 8, 10),
        file('/r/engine/tcp/segment_arrives/listen.cpp', 5, 10),
        file('/r/engine/wire/seq.hpp', 4, 4),
        file('/r/tests/fuzz/calls.cpp', 1, 9),
        file('/usr/include/string', 1, 9),
      ],
    },
  ],
};

test('coverage: the files of the engine are counted, and no others', () => {
  const paths = linesOf(summary, '/r').map(([path]) => path);
  assert.deepEqual(paths, ['engine/tcp/tcb.cpp', 'engine/tcp/segment_arrives/listen.cpp', 'engine/wire/seq.hpp']);
});

test('coverage: a folder has the lines of its rooms too, and the engine those of all folders', () => {
  const rows = [
    ['engine/tcp', 13, 20],
    ['engine/wire', 4, 4],
    ['engine', 17, 24],
  ];
  assert.deepEqual(byFolder(linesOf(summary, '/r')), rows);
});
