// .lab/check_tidy.mjs: what it tells clang-tidy of a file, and when a file that passed is looked at again.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { foldersOf, keyOf, meaningOf, sourcesOf } from '../../.lab/check_tidy.mjs';

test('clang-tidy: of the command of GCC, what the code means is kept', () => {
  const command =
    'g++ -DVERSION=\\"1\\" -I/r/engine -isystem /r/third_party -O2 -Wall -Wno-restrict -std=c++20 ' +
    '-Winvalid-pch -include /r/cmake_pch.hxx -o a.o -c /r/a.cpp';
  const kept = ['-DVERSION="1"', '-I/r/engine', '-isystem', '/r/third_party', '-std=c++20'];
  assert.deepEqual(meaningOf(command), kept);
});

test('clang-tidy: the sources of a file are those of the repository that it includes, directly or not', () => {
  const texts = {
    'engine/a.cpp': '#include "base/a.hpp"\n#include <string>\n#include "beside.hpp"\n',
    'engine/base/a.hpp': '#include "base/b.hpp"\n#include "gone.hpp"\n',
    'engine/base/b.hpp': '#include "base/a.hpp"\n',
    'engine/beside.hpp': '',
    'engine/other.hpp': '',
  };
  const read = (path) => texts[path] ?? assert.fail(path);
  const options = ['-DX', '-I/r/engine', '-I/usr/share/x', '-isystem', '/r/build/third_party'];
  assert.deepEqual(foldersOf(options, '/r'), ['engine']);
  const found = sourcesOf('engine/a.cpp', ['engine'], read);
  assert.deepEqual(found, ['engine/a.cpp', 'engine/base/a.hpp', 'engine/base/b.hpp', 'engine/beside.hpp']);
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
