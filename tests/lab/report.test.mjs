// The closing line of ./lab test: its numbers are those of the runners.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';

const root = new URL('../..', import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), 'lab-report-'));
after(() => rmSync(folder, { recursive: true }));

function inFolder(name, text) {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

// Runs stages with .lab/report.sh loaded. A runner must not believe to be a child of this one.
function report(script) {
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const preamble = `root=$1; source .lab/common.sh; source .lab/report.sh; logs=${folder}`;
  const result = spawnSync('bash', ['-euc', `${preamble}\n${script}\nprint_totals`, 'bash', root], {
    cwd: root,
    env,
    encoding: 'utf8',
  });
  const lines = result.stdout.trimEnd().split('\n');
  return { code: result.status, last: lines.at(-1), out: result.stdout, err: result.stderr };
}

const catch2 = [
  ['All tests passed (10 assertions in 3 test cases)', 0, '3 passed, 0 failed, 0 skipped'],
  ['All tests passed (1 assertion in 1 test case)', 0, '1 passed, 0 failed, 0 skipped'],
  ['test cases:  12 | 10 passed | 2 failed', 2, '10 passed, 2 failed, 0 skipped'],
  ['test cases: 2 | 2 failed', 2, '0 passed, 2 failed, 0 skipped'],
  ['test cases: 9 | 7 passed | 1 failed | 1 skipped', 1, '7 passed, 1 failed, 1 skipped'],
  ['test cases: 3 | 3 passed', 134, '3 passed, 1 failed, 0 skipped'],
  ['Segmentation fault', 139, '0 passed, 1 failed, 0 skipped'],
];
for (const [line, exitCode, totals] of catch2) {
  test(`Catch2: "${line}", exit code ${exitCode}`, () => {
    const fake = inFolder('fake_catch2', `echo '${line}'\nexit ${exitCode}\n`);
    const { code, last } = report(
      `unit() { run_catch2 bash ${fake}; }; stage unit unit || true`,
    );
    assert.equal(last, totals);
    assert.equal(code, exitCode === 0 ? 0 : 1);
  });
}

test('node --test: passes, failures and skips with their reason', () => {
  const file = inFolder(
    'three.test.mjs',
    `import { test } from 'node:test';
     test('right', () => {});
     test('wrong', () => { throw new Error('as it should'); });
     test('left out', { skip: 'no moon tonight' }, () => {});`,
  );
  const { code, last, out } = report(`nodes() { run_node_tests ${file}; }; stage nodes nodes || true`);
  assert.equal(last, '1 passed, 1 failed, 1 skipped');
  assert.match(out, /skipped: left out: no moon tonight/);
  assert.match(out, /as it should/);
  assert.match(out, /^failed in: nodes$/m);
  assert.equal(code, 1);
});

test('vitest: a file that cannot be loaded is a failure', () => {
  const file = inFolder(
    'vitest.json',
    JSON.stringify({
      testResults: [
        { status: 'passed', assertionResults: [{ status: 'passed' }, { status: 'skipped', fullName: 'x' }] },
        { status: 'failed', assertionResults: [] },
      ],
    }),
  );
  const { last } = report(`page() { count_json vitest ${file}; }; stage page page || true`);
  assert.equal(last, '1 passed, 1 failed, 1 skipped');
});

test('Playwright: nested suites, and a flaky test has failed', () => {
  const spec = (status, title = status) => ({ title, tests: [{ status, annotations: [] }] });
  const file = inFolder(
    'playwright.json',
    JSON.stringify({
      errors: [],
      suites: [
        { specs: [spec('expected')], suites: [{ specs: [spec('flaky'), spec('skipped', 'later')] }] },
        { specs: [spec('expected'), spec('unexpected')] },
      ],
    }),
  );
  const { last, out } = report(`browser() { count_json playwright ${file}; }; stage browser browser || true`);
  assert.equal(last, '2 passed, 2 failed, 1 skipped');
  assert.match(out, /skipped: later: no reason given/);
});

test('a stage that does not run its tests is one failure, and shows why', () => {
  const { code, last, out } = report(
    'broken() { echo "error: no such file"; return 1; }; stage "build with g++" broken || true',
  );
  assert.equal(last, '0 passed, 1 failed, 0 skipped');
  assert.match(out, /error: no such file/);
  assert.equal(code, 1);
});

test('nothing tested is no success', () => {
  const { code, last } = report('skip_stage browser "no Chromium"');
  assert.equal(last, '0 passed, 0 failed, 1 skipped');
  assert.equal(code, 1);
});
