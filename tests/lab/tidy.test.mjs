// .lab/check_tidy.mjs: what it tells clang-tidy of a file, and when a file that passed is looked at again.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keyOf, meaningOf, sourcesOf } from '../../.lab/check_tidy.mjs';

test('clang-tidy: of the command of GCC, what the code means is kept', () => {
  const command =
    'g++ -DVERSION=\\"1\\" -I/r/engine -isystem /r/third_party -O2 -Wall -Wno-restrict -std=c++20 ' +
    '-Winvalid-pch -include /r/cmake_pch.hxx -o a.o -c /r/a.cpp';
  const kept = ['-DVERSION="1"', '-I/r/engine', '-isystem', '/r/third_party', '-std=c++20'];
  assert.deepEqual(meaningOf(command), kept);
});

test('clang-tidy: the sources of a file are those of the repository', () => {
  const deps = [
    'a.o: #deps 4, deps mtime 1 (VALID)',
    '    /r/engine/a.cpp',
    '    /usr/include/string',
    '    /r/engine/a.hpp',
    '    /r/build/native/pch.hxx',
    '',
    'b.o: #deps 1, deps mtime 1 (VALID)',
    '    /r/bindings/b.cpp',
    '',
  ].join('\n');
  const found = [
    ['engine/a.cpp', ['engine/a.cpp', 'engine/a.hpp']],
    ['bindings/b.cpp', ['bindings/b.cpp']],
  ];
  assert.deepEqual(sourcesOf(deps, '/r'), found);
});

test('clang-tidy: a file is looked at again when a source, an option or a check has changed, and only then', () => {
  const texts = { 'a.cpp': 'one', 'a.hpp': 'two' };
  const read = (changed) => (path) => ({ ...texts, ...changed })[path];
  const sources = ['a.cpp', 'a.hpp'];
  const key = keyOf(sources, ['checks', '-O2'], read({}));
  assert.equal(keyOf([...sources].reverse(), ['checks', '-O2'], read({})), key);
  assert.notEqual(keyOf(sources, ['checks', '-O2'], read({ 'a.hpp': 'three' })), key);
  assert.notEqual(keyOf(sources, ['checks', '-O3'], read({})), key);
  assert.notEqual(keyOf(sources, ['other checks', '-O2'], read({})), key);
  assert.notEqual(keyOf(['a.cpp'], ['checks', '-O2'], read({})), key);
});
