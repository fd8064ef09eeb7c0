// node .lab/print_coverage.mjs SUMMARY: of an `llvm-cov export -summary-only`, the lines of the engine that were reached,
// by folder, and the files in which the most were not.
import { readFileSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import { pathToFileURL } from 'node:url';

const longestList = 15;

/** The lines of each file of the engine: [[path, reached, all]]. */
export function linesOf(summary, root) {
  return summary.data
    .flatMap(({ files }) => files)
    .map(({ filename, summary: { lines } }) => [relative(root, filename), lines.covered, lines.count])
    .filter(([path]) => path.startsWith('engine/'));
}

/** The sums by folder, which include its subfolders, and a last row for all. */
export function byFolder(lines) {
  const sums = new Map();
  for (const [path, reached, all] of lines) {
    const folder = dirname(path).split('/').slice(0, 2).join('/');
    const [before, allBefore] = sums.get(folder) ?? [0, 0];
    sums.set(folder, [before + reached, allBefore + all]);
  }
  const rows = [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([folder, sum]) => [folder, ...sum]);
  const total = lines.reduce((sum, [, reached, all]) => [sum[0] + reached, sum[1] + all], [0, 0]);
  return [...rows, ['engine', ...total]];
}

const row = ([name, reached, all]) =>
  `${name.padEnd(40)} ${String(reached).padStart(6)} of ${String(all).padStart(6)} lines  ${((100 * reached) / all).toFixed(1).padStart(5)} %`;

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const lines = linesOf(JSON.parse(readFileSync(process.argv[2], 'utf8')), process.cwd());
  const missed = ([, reached, all]) => all - reached;
  const worst = [...lines].sort((a, b) => missed(b) - missed(a)).slice(0, longestList);
  for (const each of worst.filter((each) => missed(each) > 0)) console.log(row(each));
  console.log();
  for (const each of byFolder(lines)) console.log(row(each));
}
