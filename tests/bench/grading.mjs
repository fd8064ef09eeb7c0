// What grading with diagnosis costs, in WebAssembly under node (whose compiler is Chromium's): every wrong answer that a
// mutant's world gives, each question handed in alone, and every chaff. Time of the processor: other work does not count.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { exercises, loadEngine, native, ok, root } from '../parity/engine.mjs';

const seeds = [1, 2, 3];
const rounds = 3;

function wrongAnswers(path, seed) {
  const { answers, mutants } = JSON.parse(native(['answers', path, '--seed', `${seed}`]));
  const wrong = [];
  for (const { answers: there } of mutants) {
    for (const [id, answer] of Object.entries(there)) {
      if (answer !== null && JSON.stringify(answer) !== JSON.stringify(answers[id])) wrong.push({ [id]: answer });
    }
  }
  const { stdout } = spawnSync(join(root, 'build/native/parity_answers'), [path, `${seed}`], { encoding: 'utf8' });
  for (const chaff of JSON.parse(stdout).chaffs ?? []) wrong.push(chaff);
  return [...new Map(wrong.map((each) => [JSON.stringify(each), each])).values()];
}

const milliseconds = ({ user, system }) => (user + system) / 1000;

/** The best of some rounds. */
function measure(engine, text, seed, answers) {
  let best = Infinity;
  for (let round = 0; round < rounds; ++round) {
    const before = process.cpuUsage();
    ok(engine.grade(text, seed, JSON.stringify(answers)));
    best = Math.min(best, milliseconds(process.cpuUsage(before)));
  }
  return best;
}

const quantile = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];

const engine = await loadEngine();
// Node optimises the module while it runs.
for (const { path, text } of exercises()) {
  for (const answers of wrongAnswers(path, 1)) ok(engine.grade(text, 1, JSON.stringify(answers)));
}
const all = [];
console.log('ms of the processor a wrong answer    n   median    worst');
for (const { name, path, text } of exercises()) {
  const costs = seeds.flatMap((seed) =>
    wrongAnswers(path, seed).map((answers) => [measure(engine, text, seed, answers), answers]),
  );
  if (costs.length === 0) continue;
  const sorted = costs.map(([cost]) => cost).sort((a, b) => a - b);
  all.push(...sorted);
  console.log(
    `${name.padEnd(32)} ${String(costs.length).padStart(6)} ${quantile(sorted, 0.5).toFixed(1).padStart(8)} ${sorted.at(-1).toFixed(1).padStart(8)}`,
  );
}
all.sort((a, b) => a - b);
console.log(
  `${'all'.padEnd(32)} ${String(all.length).padStart(6)} ${quantile(all, 0.5).toFixed(1).padStart(8)} ${all.at(-1).toFixed(1).padStart(8)}   aim: 10, 30`,
);
