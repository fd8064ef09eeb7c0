// REPORT.md: every requirement with its tests, or the reason why it has none. `node report.mjs` writes
// it; conformance.test.mjs holds it against what there is.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const here = (name) => new URL(name, import.meta.url);
const read = (name) => JSON.parse(readFileSync(here(name), 'utf8'));

export const reportPath = here('REPORT.md');

/** The executable of the unit tests that was built last: a run of all tests builds only the sanitized one. */
function unitTests() {
  const paths = ['native', 'sanitize'].map((name) => fileURLToPath(here(`../../build/${name}/unit_tests`)));
  const age = (path) => (existsSync(path) ? -statSync(path).mtimeMs : 0);
  return paths.sort((a, b) => age(a) - age(b))[0];
}

/** The names of all unit tests, as the executable tells them. */
export function testNames(executable = unitTests()) {
  const list = (...options) => spawnSync(executable, options, { encoding: 'utf8', maxBuffer: 1 << 24 }).stdout;
  // Catch2 2 has an option of its own, Catch2 3 a quiet list; both may end with the number of tests as exit code.
  const older = list('--list-test-names-only');
  const text = /Unrecognised token/.test(older) || !older ? list('--list-tests', '--verbosity', 'quiet') : older;
  return new Set(text.split('\n').map((line) => line.trim().replace(/^"|"$/g, '')));
}

export function load() {
  return {
    requirements: read('requirements.json').requirements,
    rows: read('table.json').rows,
    known: read('../interop/known.json'),
    measured: read('../interop/measured.json'),
  };
}

/** What does not fit together: a kind of the table that the last measurement did not meet, or the reverse. */
export function staleMeasurement({ known, measured }) {
  const inTable = known.kinds.map(({ kind }) => kind);
  const met = [measured.by_hand, measured.by_chance].flatMap(({ kinds }) => Object.keys(kinds));
  return [
    ...inTable.filter((kind) => !met.includes(kind)).map((kind) => `measured.json has not met ${kind}`),
    ...new Set(met.filter((kind) => !inTable.includes(kind)).map((kind) => `known.json has no ${kind}`)),
  ];
}

/** What is wrong: a requirement without test or reason, a test or a row that names nothing. */
export function problems({ requirements, rows }, names) {
  const told = [];
  const ids = new Set(requirements.map(({ id }) => id));
  if (ids.size !== requirements.length) told.push('a requirement is listed twice');
  for (const { id, tests = [], why_not: whyNot } of requirements) {
    const hasRows = rows.some((row) => row.of === id);
    if (tests.length === 0 && !hasRows && !whyNot) told.push(`${id}: neither a test nor a reason`);
    for (const test of tests) if (!names.has(test)) told.push(`${id}: no test is called "${test}"`);
  }
  for (const { of } of rows) if (!ids.has(of)) told.push(`table.json: no requirement is called ${of}`);
  return [...new Set(told)];
}

const cell = (text) =>
  text
    .replaceAll('|', '\\|')
    .replaceAll('\n', ' ')
    .replace(/x{20,}/g, (run) => `x*${run.length}`);
const code = (text) => `\`${cell(text)}\``;

function requirementRow({ id, section, means, tests = [], why_not: whyNot }, rows) {
  const own = rows.filter((row) => row.of === id).length;
  const proofs = tests.map((test) => code(test));
  if (own > 0) proofs.push(`${own} ${own === 1 ? 'row' : 'rows'} of the table`);
  if (whyNot) proofs.push(`${proofs.length ? 'Beyond that' : 'None'}: ${cell(whyNot)}`);
  return `| ${cell(id)} | ${section} | ${cell(means)} | ${proofs.join('<br>')} |`;
}

function tableRow({ of, state, opened, profile, when, then }) {
  const where = opened ? `${state} (${opened} OPEN)` : state;
  const events = [when].flat().map(code).join(', then ');
  return `| ${cell(of)} | ${where} | ${profile ?? 'rfc9293'} | ${events} | ${code(then)} |`;
}

function kindRow({ kind, why, source }, { by_hand: hand, by_chance: chance }) {
  return `| ${code(kind)} | ${cell(why)} | ${cell(source)} | ${hand.kinds[kind] ?? 0} | ${chance.kinds[kind] ?? 0} |`;
}

const percent = (part, whole) => `${((100 * part) / whole).toFixed(1)} %`;

// What a run of tests/interop found, on the machine where it was measured.
function interopSection({ known, measured }) {
  const { kernel, by_hand: hand, by_chance: chance } = measured;
  const played = (tally) => tally.scenes - tally.late;
  const agreed = (tally) => `${tally.agree} of ${played(tally)} agree (${percent(tally.agree, played(tally))})`;
  return `## Against Linux

The profile \`linux\` is Linux ${known.kernel}. \`tests/interop\` plays scenes against the engine and against a real
kernel, and compares segments, states, results of calls, and times. Measured with Linux ${kernel}, by
\`./lab interop --seed ${chance.seed} --count ${chance.scenes} --record\`: of the scenes by hand ${agreed(hand)}, of those by
chance ${agreed(chance)}. The rest differ in ${known.kinds.length === 1 ? 'one kind' : `${known.kinds.length} kinds`}:

| kind | what differs, and why | source | scenes by hand | by chance |
|---|---|---|---|---|
${known.kinds.map((kind) => kindRow(kind, measured)).join('\n')}
`;
}

export function report({ requirements, rows, known, measured }) {
  const tested = requirements.filter(({ id, tests }) => tests || rows.some((row) => row.of === id));
  return `# Conformance

Written by \`node tests/conformance/report.mjs\` from \`requirements.json\` (every numbered requirement of
RFC 9293 that touches connection management, and its neighbours), \`table.json\` (state by event by
segment), the names of the unit tests, and what \`tests/interop\` measured. \`./lab test conformance\` fails
when a requirement has neither a test nor a reason, when a test is gone, and when this page is not what
they give.

${requirements.length} entries: ${tested.length} with tests, ${requirements.length - tested.length} with a reason why there is none. ${rows.length} rows in the table.

## Requirements

| requirement | section | what it asks | tests |
|---|---|---|---|
${requirements.map((each) => requirementRow(each, rows)).join('\n')}

## Table

Each row brings a connection into the state (ISS 100, IRS 300, a receive window of 1000 octets), lets the
events happen, and compares what comes of the last one: the states, the segments that leave, the rule of
a drop, what the user is told, the result of a call.

| requirement | state | profile | events | outcome |
|---|---|---|---|---|
${rows.map(tableRow).join('\n')}

${interopSection({ known, measured })}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const all = load();
  const told = problems(all, testNames());
  for (const problem of told) console.error(problem);
  if (told.length > 0) process.exit(1);
  writeFileSync(reportPath, report(all));
}
