// Every scenario gives the same trace natively and in WebAssembly, byte for byte.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exercises, loadEngine, mutants, native, ok, runToEnd, scenarios } from './engine.mjs';

const engine = await loadEngine();

// Both as the array that the module gives: equal texts are equal bytes.
const asArray = (lines) => `[${lines.trimEnd().split('\n').join(',')}]`;

function firstDifference(a, b) {
  let at = 0;
  while (at < a.length && a[at] === b[at]) ++at;
  const around = (text) => text.slice(Math.max(0, at - 80), at + 80);
  return `at ${at}: native ...${around(a)}... WebAssembly ...${around(b)}...`;
}

function compare(args, input, text, seed) {
  const expected = asArray(native(['run', ...args, '--trace', '-', '--seed', `${seed}`], { input }));
  const session = runToEnd(engine, text, seed);
  const found = engine.trace(session, 0, 1_000_000);
  engine.close(session);
  assert.ok(expected === found, firstDifference(expected, found));
  return JSON.parse(found).length;
}

test('the test compares something', () => {
  assert.ok(scenarios().length >= 10, 'there are few scenarios');
  assert.ok(exercises().length >= 6, 'there are few exercises');
  assert.ok(mutants().length >= 88, 'there are few mutants');
});

for (const { name, path, text } of scenarios()) {
  test(`scenario ${name}`, () => {
    for (const seed of [1, 2, 9007199254740991]) assert.ok(compare([path], '', text, seed) > 0);
  });
}

for (const { name, path, text } of mutants()) {
  test(`mutant ${name}`, () => assert.ok(compare([path], '', text, 1) > 0));
}

for (const { name, text } of exercises()) {
  test(`the scenario of exercise ${name}`, () => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const { exercise } = ok(engine.exercise(text, seed));
      const scenario = typeof exercise.scenario === 'string' ? exercise.scenario : JSON.stringify(exercise.scenario);
      compare(['-'], scenario, scenario, seed);
    }
  });
}

test('the module and the command are of the same version', () => {
  assert.equal(native(['--version']).trim(), `tcplab ${engine.version()}`);
});
