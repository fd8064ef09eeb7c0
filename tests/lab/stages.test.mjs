// .lab/test.sh: what the stages that were chosen build natively.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';

const root = new URL('../..', import.meta.url).pathname;

function nativeTargets(stages) {
  const script =
    'root=$PWD; source .lab/common.sh; source .lab/test.sh; arguments=("$@"); choose_stages; native_targets';
  const result = spawnSync('bash', ['-euc', script, 'bash', ...stages], { cwd: root, encoding: 'utf8' });
  assert.equal(result.stderr, '');
  return result.stdout.trim().split(' ');
}

const chosen = [
  [[], ['all', 'interop_tests']],
  [['unit'], ['all', 'interop_tests', 'unit_tests']],
  [['conformance'], ['all', 'interop_tests', 'unit_tests']],
  [['students', 'parity'], ['all']],
];
for (const [stages, targets] of chosen) {
  test(`./lab test ${stages.join(' ')} builds natively: ${targets.join(' ')}`, () => {
    assert.deepEqual(nativeTargets(stages), targets);
  });
}
