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

const ctest = [
  ['100% tests passed, 0 tests failed out of 3', 0, '3 passed, 0 failed, 0 skipped'],
  ['83% tests passed, 2 tests failed out of 12', 8, '10 passed, 2 failed, 0 skipped'],
  ['0% tests passed, 1 tests failed out of 1', 8, '0 passed, 1 failed, 0 skipped'],
  ['100% tests passed, 0 tests failed out of 3', 134, '3 passed, 1 failed, 0 skipped'],
  ['No tests were found!!!', 8, '0 passed, 1 failed, 0 skipped'],
];
for (const [line, exitCode, totals] of ctest) {
  test(`CTest: "${line}", exit code ${exitCode}`, () => {
    const { code, last } = report(
      `ctest() { echo '${line}'; return ${exitCode}; }; unit() { run_ctest native; }; stage unit unit || true`,
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

test('stages at once are told of in their order, each with what it counted and why it failed', () => {
  const { code, last, out } = report(`
    slow() { sleep 0.3; count 2 0; }
    wrong() { echo 'as it should'; count 1 1; }
    without() { count 0 0 1; stage_reasons+=('no moon tonight'); }
    stages slow slow wrong wrong without without || true`);
  assert.match(
    out,
    /^slow +2 passed .*\nwrong +FAILED: 1 passed, 1 failed .*\nas it should\n---- end of wrong\nwithout .*1 skipped/,
  );
  assert.match(out, /skipped: no moon tonight\nfailed in: wrong\n/);
  assert.equal(last, '3 passed, 1 failed, 1 skipped');
  assert.equal(code, 1);
});

test('stages at once: no more than there are processors', () => {
  const { out } = report(`
    nproc() { echo 2; }
    work() { touch ${folder}/busy.$BASHPID; sleep 0.2; ls ${folder} | grep -c busy >>${folder}/most; rm ${folder}/busy.$BASHPID; count 1 0; }
    stages a work b work c work d work
    sort -n ${folder}/most | tail -n 1`);
  assert.match(out, /^2$/m);
});

test('nothing tested is no success', () => {
  const { code, last } = report('skip_stage browser "no Chromium"');
  assert.equal(last, '0 passed, 0 failed, 1 skipped');
  assert.equal(code, 1);
});
