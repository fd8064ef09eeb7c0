// node .lab/check_tidy.mjs: clang-tidy, with the checks of .clang-tidy, on what the native build compiles of engine/ and
// bindings/; each file by itself, so a forgotten #include shows; as many at a time as there are processors. It takes
// minutes, so a file that passed is looked at again only when it, a source that it includes, its options, .clang-tidy or
// clang-tidy itself has changed.
import { execFile, execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join, normalize, relative } from 'node:path';
import { pathToFileURL } from 'node:url';

const build = 'build/tidy';
const memory = 'build/tidy.json';

/** The compiler options that affect the meaning of the code; those for warnings and headers are GCC's own. */
export function meaningOf(command) {
  const words = command.split(' ').map((word) => word.replaceAll('\\"', '"'));
  return words.filter((word, i) => /^-([DIU]|std=|isystem$)/.test(word) || words[i - 1] === '-isystem');
}

/** The include folders in a command's options that are within the tree. */
export const foldersOf = (options, root) =>
  options.filter((word) => word.startsWith(`-I${root}/`)).map((word) => relative(root, word.slice(2)));

/** A file and the sources of the tree that it includes, directly or not; `read` gives a text, or throws. */
export function sourcesOf(file, folders, read) {
  const found = new Set();
  const visit = (path) => {
    if (found.has(path)) return true;
    let text;
    try {
      text = read(path);
    } catch {
      return false;
    }
    found.add(path);
    for (const [, name] of text.matchAll(/^#include "([^"]+)"/gm)) {
      [dirname(path), ...folders].some((folder) => visit(normalize(join(folder, name))));
    }
    return true;
  };
  visit(file);
  return [...found];
}

/** A hash of everything that a file's result depends on; `read` returns a source's text. */
export function keyOf(sources, circumstances, read) {
  const hash = createHash('sha256');
  for (const text of circumstances) hash.update(`${text}\0`);
  for (const path of [...sources].sort()) hash.update(`${path}\0${read(path)}\0`);
  return hash.digest('hex');
}

function readMemory() {
  try {
    return JSON.parse(readFileSync(memory, 'utf8'));
  } catch {
    return {};
  }
}

const onceEach = (make) => {
  const made = new Map();
  return (name) => made.get(name) ?? made.set(name, make(name)).get(name);
};

/** Every file once, though several targets compile it, with its options and its key. */
function filesToCheck() {
  const root = process.cwd();
  execFileSync('cmake', ['--preset', 'native', '-B', build, '-DTCPLAB_UNITY=OFF'], most);
  const read = onceEach((path) => readFileSync(path, 'utf8'));
  const settings = [read('.clang-tidy'), execFileSync('clang-tidy', ['--version']).toString()];
  const files = new Map();
  for (const { file, command } of JSON.parse(read(join(build, 'compile_commands.json')))) {
    const path = relative(root, file);
    if (!/^(engine|bindings)\//.test(path)) continue;
    const options = meaningOf(command);
    const key = keyOf(sourcesOf(path, foldersOf(options, root), read), [...settings, ...options], read);
    files.set(path, { path, options, key });
  }
  return [...files.values()];
}

const most = { maxBuffer: 1 << 28 };

const tidy = ({ path, options }) =>
  new Promise((done) => {
    execFile('clang-tidy', ['--quiet', path, '--', ...options], most, (error, out, err) =>
      done(error ? `${out}${err}` : ''),
    );
  });

async function check() {
  const passed = readMemory();
  const files = filesToCheck();
  const waiting = files.filter(({ path, key }) => passed[path] !== key);
  console.log(`clang-tidy: ${waiting.length} of ${files.length} files have changed`);
  let ok = true;
  const work = async () => {
    for (let file = waiting.shift(); file; file = waiting.shift()) {
      const found = await tidy(file);
      if (found) {
        ok = false;
        console.log(found);
        continue;
      }
      passed[file.path] = file.key;
      writeFileSync(memory, JSON.stringify(passed, null, 1));
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  return ok;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) process.exitCode = (await check()) ? 0 : 1;
