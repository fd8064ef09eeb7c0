// The same lifetimes in WebAssembly as build/native/bench measures natively, and the artefact's size.
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const root = new URL('../..', import.meta.url).pathname;
const build = join(root, 'build/wasm');
const rounds = 7;

function buildModule() {
  const run = spawnSync('cmake', ['--build', build, '--target', 'tcplab_bench_wasm'], { encoding: 'utf8' });
  if (run.status !== 0) throw new Error(`tcplab_bench_wasm does not build:\n${run.stdout}${run.stderr}`);
}

/** The best of some rounds, in µs a lifetime, after a warm-up that lets node optimise the module. */
function measure(lifetimes, traced) {
  // Bounded calls, as the page makes them: one long call would stay in the slow tier.
  const count = 500;
  for (const warmUp = performance.now() + 1000; performance.now() < warmUp; ) lifetimes(count, traced);
  let best = Infinity;
  for (let round = 0; round < rounds; ++round) {
    const started = performance.now();
    for (let i = 0; i < 10; ++i) lifetimes(count, traced);
    best = Math.min(best, ((performance.now() - started) * 1000) / (10 * count));
  }
  return best;
}

/** The best of as many rounds natively. */
function measureNative(name) {
  const options = [`--benchmark_filter=^${name}$`, `--benchmark_repetitions=${rounds}`, '--benchmark_format=json'];
  const { benchmarks } = JSON.parse(
    execFileSync(join(root, 'build/native/bench'), options, { stdio: ['ignore', 'pipe', 'ignore'] }),
  );
  return Math.min(...benchmarks.filter((b) => b.run_type === 'iteration').map((b) => b.real_time));
}

buildModule();
const { default: createModule } = await import(join(build, 'tcplab_bench_wasm.js'));
const wasmBinary = readFileSync(join(build, 'tcplab_bench_wasm.wasm'));
const { bench_lifetimes: lifetimes } = await createModule({ wasmBinary });

const us = (value) => `${value.toFixed(1).padStart(6)} us`;
console.log('one connection, best of rounds      native  WebAssembly  ratio');
for (const traced of [false, true]) {
  const name = `lifetime_${traced ? 'traced' : 'untraced'}`;
  const native = measureNative(name);
  const wasm = measure(lifetimes, traced);
  console.log(`${name.padEnd(30)} ${us(native)}    ${us(wasm)}   ${(wasm / native).toFixed(2)}`);
}

console.log('\nbytes                     raw      gzip    brotli');
const sums = [0, 0, 0];
for (const file of ['tcplab.wasm', 'tcplab.js']) {
  const bytes = readFileSync(join(build, file));
  const brotli = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } };
  const sizes = [bytes, gzipSync(bytes, { level: 9 }), brotliCompressSync(bytes, brotli)].map((b) => b.length);
  sizes.forEach((size, i) => (sums[i] += size));
  console.log(`${file.padEnd(18)} ${sizes.map((size) => String(size).padStart(9)).join(' ')}`);
}
console.log(`${'together'.padEnd(18)} ${sums.map((size) => String(size).padStart(9)).join(' ')}`);
