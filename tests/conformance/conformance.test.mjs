// Every requirement has a test or a reason, every test exists, and REPORT.md says so.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { load, problems, report, reportPath, staleMeasurement, testNames } from './report.mjs';
import { missingShapes } from './shapes.mjs';

test('every requirement has a test that exists, or the reason why it has none', () => {
  assert.deepEqual(problems(load(), testNames()), []);
});

test('what is missing is told', () => {
  const requirements = [
    { id: 'MUST-1', section: '1', means: '', tests: ['no such test'] },
    { id: 'MUST-2', section: '1', means: '' },
  ];
  assert.deepEqual(problems({ requirements, rows: [{ of: 'MUST-3' }] }, new Set()), [
    'MUST-1: no test is called "no such test"',
    'MUST-2: neither a test nor a reason',
    'table.json: no requirement is called MUST-3',
  ]);
});

test('every number of RFC 9293 stands somewhere', () => {
  const named = new Set();
  for (const { id } of load().requirements) {
    for (const [, kind, from, to] of id.matchAll(/(MUST|SHLD|MAY)-(\d+)(?: to \1-(\d+))?/g)) {
      for (let n = Number(from); n <= Number(to ?? from); ++n) named.add(`${kind}-${n}`);
    }
  }
  const all = [
    ['MUST', 69],
    ['SHLD', 31],
    ['MAY', 18],
  ].flatMap(([kind, last]) => Array.from({ length: last }, (_, n) => `${kind}-${n + 1}`));
  assert.deepEqual(
    all.filter((id) => !named.has(id)),
    [],
  );
});

test('each shape of segment arrives in each of the eleven states', () => {
  const { rows } = load();
  assert.deepEqual(missingShapes(rows), []);
  const withoutFin = rows.filter(({ state, when }) => state !== 'CLOSING' || !/FIN/.test(when));
  assert.deepEqual(missingShapes(withoutFin), ['CLOSING: FIN']);
});

test('no row stands twice', () => {
  const { rows } = load();
  const keys = rows.map(({ state, when, profile, opened }) => JSON.stringify([state, when, profile, opened]));
  assert.deepEqual(
    keys.filter((key, i) => keys.indexOf(key) !== i),
    [],
  );
});

test('the kinds of difference to Linux are those of the last measurement (else: ./lab interop --record)', () => {
  assert.deepEqual(staleMeasurement(load()), []);
  const stale = {
    known: { kinds: [{ kind: 'a' }] },
    measured: { by_hand: { kinds: {} }, by_chance: { kinds: { b: 1 } } },
  };
  assert.deepEqual(staleMeasurement(stale), ['measured.json has not met a', 'known.json has no b']);
});

test('REPORT.md is what they give (else: node tests/conformance/report.mjs)', () => {
  assert.equal(readFileSync(reportPath, 'utf8'), report(load()));
});
