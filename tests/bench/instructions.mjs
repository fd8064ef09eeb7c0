// Counts instructions, which say the same on every run of a machine, where times do not. valgrind
// counts those of N and of 2 N times the same work; the difference, by N, is the work alone.
// With --record the figures are written to tests/bench/figures.json, so that a change shows.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = new URL('../..', import.meta.url).pathname;
const counter = join(root, 'build/native/bench_count');
const lwip = join(root, 'build/native/bench_lwip');
const record = join(root, 'tests/bench/figures.json');

function skip(reason) {
  console.log(`instructions are not counted: ${reason}`);
  process.exit(0);
}

function instructions(program, args) {
  const run = spawnSync('valgrind', ['--tool=callgrind', '--callgrind-out-file=/dev/null', program, ...args], {
    encoding: 'utf8',
  });
  const found = /Collected : (\d+)/.exec(run.stderr ?? '');
  if (run.status !== 0 || !found) throw new Error(`valgrind fails:\n${run.stderr}`);
  return Number(found[1]);
}

/** The instructions of one piece of work; `args` makes the arguments for a given count. */
function each(program, args, times) {
  return Math.round((instructions(program, args(2 * times)) - instructions(program, args(times))) / times);
}

const output = (program, args) => execFileSync(program, args, { encoding: 'utf8' }).trim();

if (spawnSync('valgrind', ['--version']).error) skip('valgrind is missing');
const events = Number(output(counter, ['text', '1']));
const count = (work, times) => each(counter, (n) => [work, String(n)], times);

const rows = [
  ['a lifetime, untraced', count('untraced', 200), 29000],
  ['a lifetime, traced', count('traced', 200), 60000],
  ['allocations of a lifetime, untraced', Number(output(counter, ['allocations-untraced', '1'])), 10],
  ['allocations of a lifetime, traced', Number(output(counter, ['allocations-traced', '1'])), undefined],
  ['an event as a line of JSON', Math.round(count('text', 20) / events), 5000],
  ...[1_000, 10_000, 100_000].flatMap((events) => [
    [`a fork, ${events} events`, count(`fork-${events}`, 20), undefined],
    [`variables, ${events} events`, count(`variables-${events}`, 200), undefined],
    [`status, ${events} events`, count(`status-${events}`, 20), undefined],
  ]),
  ['bytes an event', Number(output(counter, ['bytes-event-100000', '1'])), 200],
  ['bytes a connection, both ends', Number(output(counter, ['bytes-connection-3000', '1'])), 2048],
  ['a SYN, 10 half open', count('syn-10', 1000), undefined],
  ['a SYN, 10000 half open', count('syn-10000', 1000), undefined],
  ['a SYN, 1000000 half open', count('syn-1000000', 1000), undefined],
];
if (existsSync(lwip)) rows.push(['a lifetime in lwIP', each(lwip, (n) => [String(n)], 200), undefined]);

const before = existsSync(record) ? JSON.parse(readFileSync(record, 'utf8')).figures : {};
console.log(`instructions${' '.repeat(30)}now   recorded        aim`);
for (const [what, figure, aim] of rows) {
  const cells = [figure, before[what] ?? '', aim ?? ''].map((cell) => String(cell).padStart(10));
  console.log(`${what.padEnd(35)} ${cells.join(' ')}`);
}
if (!existsSync(lwip)) console.log('lwIP is not measured: its library is missing (Debian: liblwip-dev)');
console.log('untraced, no segment is encoded: bytes and checksums are made for those who look at them, and');
console.log('tests/unit/lab/events_test.cpp holds them to what the segments say. lwIP makes and checks them.');

if (process.argv.includes('--record')) {
  const compiler = output('g++', ['-dumpfullversion']);
  const figures = Object.fromEntries(rows.map(([what, figure]) => [what, figure]));
  writeFileSync(record, `${JSON.stringify({ compiler: `g++ ${compiler}`, figures }, null, 2)}\n`);
  console.log(`written to ${record}`);
}
