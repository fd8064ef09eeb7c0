// CONTRIBUTING.md names, for what is added often, every file that it touches: those in which its example occurs.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

const root = new URL('../..', import.meta.url).pathname;

// What is made, not written: .gitignore names most of it. There need be no git where the tests run.
const made = new Set([
  '.git',
  'node_modules',
  'build',
  'web/dist',
  'tests/browser/test-results',
  'tests/browser/playwright-report',
  'tests/fuzz/corpus',
]);

function* filesIn(folder = '') {
  for (const entry of readdirSync(`${root}/${folder}`, { withFileTypes: true })) {
    const path = `${folder}${entry.name}`;
    if (made.has(path) || made.has(entry.name)) continue;
    if (entry.isDirectory()) yield* filesIn(`${path}/`);
    else if (entry.isFile()) yield path;
  }
}

// Every text file of the repository by its path.
const texts = new Map(
  [...filesIn()]
    .map((path) => [path, readFileSync(`${root}/${path}`, 'latin1')])
    .filter(([, text]) => !text.includes('\0')),
);
const guide = readFileSync(`${root}/CONTRIBUTING.md`, 'utf8');

// What says something of everything: it needs no mention.
const ofAll = ['CONTRIBUTING.md', 'CHANGELOG.md', 'tests/conformance/REPORT.md', 'tests/fuzz/json.dict'];

function recipes() {
  return guide
    .split(/^### /m)
    .slice(1)
    .map((text) => ({
      title: text.split('\n', 1)[0],
      example: /Example: `([^`]+)`/.exec(text)?.[1],
      // Where the example is a word that stands everywhere: what finds it.
      pattern: /^`(.+)`$/m.exec(text)?.[1],
      // An entry may go on in the lines below it.
      files: [...text.matchAll(/^- .*(?:\n {2}.*)*/gm)].flatMap(([entry]) => pathsOf(entry.replaceAll('\n ', ''))),
    }));
}

// The paths with which an entry of the list begins: `folder/*` stands for the files in it, `folder/**` for all below it.
function pathsOf(line) {
  const paths = /^- ((?:`[^`]+`,? ?)+)/.exec(line)?.[1] ?? '';
  return [...paths.matchAll(/`([^`]+)`/g)].map(([, path]) => path);
}

function filesWith(word, pattern) {
  const inside = new RegExp(pattern ?? `(?<![A-Za-z0-9_])${word}(?![A-Za-z0-9_])`);
  const named = new RegExp(`/${word}\\.json$|/kinds/${word}[./]`);
  const found = [...texts].filter(([path, text]) => inside.test(text) || named.test(path));
  return new Set(found.map(([path]) => path).filter((path) => !ofAll.includes(path)));
}

function matcherOf(path) {
  const parts = path.split(/(\*\*|\*)/);
  const text = parts.map((part) => ({ '*': '[^/]*', '**': '.*' })[part] ?? part.replace(/[.+]/g, '\\$&')).join('');
  return new RegExp(`^${text}$`);
}

test('there is one for everything that is added often', () => {
  const titles = recipes().map(({ title }) => title.replace(/^an? /, ''));
  for (const what of ['mutant', 'rule', 'kind of question', 'verb', 'setting of a host', 'lesson', 'language']) {
    assert.ok(titles.includes(what), what);
  }
});

test('a path with stars is of the folder, or of all below it', () => {
  const found = (path, files) => files.filter((file) => matcherOf(path).test(file));
  assert.deepEqual(found('a/*.ts', ['a/b.ts', 'a/b.tsx', 'a/bts', 'a/c/b.ts', 'aa/b.ts']), ['a/b.ts']);
  assert.deepEqual(found('a/**', ['a/b.ts', 'a/c/b.ts', 'aa/b.ts']), ['a/b.ts', 'a/c/b.ts']);
});

for (const { title, example, pattern, files } of recipes()) {
  test(`to add ${title}: the files with the example are those of the list`, () => {
    assert.ok(example, 'an example');
    const found = [...filesWith(example, pattern)];
    const matchers = files.map(matcherOf);
    const unlisted = found.filter((file) => !matchers.some((matcher) => matcher.test(file)));
    assert.deepEqual(unlisted.sort(), [], 'files that the list lacks');
    const idle = files.filter((_, i) => !found.some((file) => matchers[i].test(file)));
    assert.deepEqual(idle, [], 'files of the list without the example');
  });
}

test('a lesson is its file: nothing that is built names one', () => {
  const ids = readdirSync(`${root}/exercises`)
    .filter((name) => /^\d.*\.json$/.test(name))
    .map((name) => name.replace('.json', ''));
  assert.ok(ids.length >= 6);
  const builtFrom = /^(web\/src|engine|bindings|\.lab)\/|^CMakeLists\.txt$/;
  const naming = [...texts].filter(([path, text]) => builtFrom.test(path) && ids.some((id) => text.includes(id)));
  assert.deepEqual(
    naming.map(([path]) => path),
    [],
  );
});
