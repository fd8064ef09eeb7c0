// Prints "PASSED FAILED SKIPPED" of a JSON test report, then one line for each skipped test.
// node count_report.mjs vitest|playwright REPORT.json
import { readFileSync } from 'node:fs';

const [format, file] = process.argv.slice(2);
const report = JSON.parse(readFileSync(file, 'utf8'));
const { passed, failed, skipped } = { vitest, playwright }[format](report);
console.log(passed, failed, skipped.length);
for (const line of skipped) console.log(line);

function vitest(report) {
  const tests = report.testResults.flatMap((suite) => suite.assertionResults);
  // A file that could not even be loaded has no tests, and still failed.
  const broken = report.testResults.filter(
    (suite) => suite.status === 'failed' && !suite.assertionResults.some((t) => t.status === 'failed'),
  );
  return {
    passed: tests.filter((test) => test.status === 'passed').length,
    failed: tests.filter((test) => test.status === 'failed').length + broken.length,
    skipped: tests
      .filter((test) => !['passed', 'failed'].includes(test.status))
      .map((test) => `${test.fullName}: ${test.status}`),
  };
}

function playwright(report) {
  const tests = report.suites.flatMap(testsOf);
  const withStatus = (status) => tests.filter((test) => test.status === status);
  return {
    passed: withStatus('expected').length,
    // A test that needed a second attempt has failed once: it counts as failed.
    failed: withStatus('unexpected').length + withStatus('flaky').length + report.errors.length,
    skipped: withStatus('skipped').map((test) => `${test.title}: ${reasonOf(test)}`),
  };
}

function testsOf(suite) {
  const own = (suite.specs ?? []).flatMap((spec) => spec.tests.map((test) => ({ ...test, title: spec.title })));
  return [...own, ...(suite.suites ?? []).flatMap(testsOf)];
}

function reasonOf(test) {
  const note = test.annotations.find((annotation) => ['skip', 'fixme'].includes(annotation.type));
  return note?.description ?? 'no reason given';
}
