// What build/native/bench measures natively beside the same in WebAssembly, with what we aim at, and
// the artefact's size.
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
  for (const warmUp = performance.now() + 1000; performance.now() < warmUp;) lifetimes(count, traced);
  let best = Infinity;
  for (let round = 0; round < rounds; ++round) {
    const started = performance.now();
    for (let i = 0; i < 10; ++i) lifetimes(count, traced);
    best = Math.min(best, ((performance.now() - started) * 1000) / (10 * count));
  }
  return best;
}

/** The least value of `of` over the native runs of a benchmark. */
function measureNative(name, of, repetitions) {
  const options = [`--benchmark_filter=^${name}$`, `--benchmark_repetitions=${repetitions}`, '--benchmark_format=json'];
  const { benchmarks } = JSON.parse(
    execFileSync(join(root, 'build/native/bench'), options, { stdio: ['ignore', 'pipe', 'ignore'] }),
  );
  return Math.min(...benchmarks.filter((b) => b.run_type === 'iteration').map(of));
}

buildModule();
const { default: createModule } = await import(join(build, 'tcplab_bench_wasm.js'));
const wasmBinary = readFileSync(join(build, 'tcplab_bench_wasm.wasm'));
/** A new module, and so a new heap, for each measurement that fills it. */
const fresh = () => createModule({ wasmBinary });

function row(what, native, wasm, digits, ratio, aim = '') {
  const [a, b] = [native, wasm].map((value) => value.toFixed(digits).padStart(9));
  console.log(`${what.padEnd(38)} ${a}  ${b}  ${ratio.toFixed(2).padStart(5)}  ${aim}`);
}

console.log(`${'best of rounds'.padEnd(38)}    native       WASM  ratio  aim`);
const { bench_lifetimes: lifetimes } = await fresh();
for (const traced of [false, true]) {
  const native = measureNative(`lifetime_${traced ? 'traced' : 'untraced'}`, (b) => b.real_time, rounds);
  const wasm = measure(lifetimes, traced);
  const trace = `trace ${traced ? 'on' : 'off'}`;
  row(`a lifetime, ${trace}, us`, native, wasm, 1, wasm / native, 'ratio below 1.25');
  row(`lifetimes a second, ${trace}`, 1e6 / native, 1e6 / wasm, 0, wasm / native);
}

const syns = { native: [], wasm: [] };
for (const halfOpen of [10, 1e4, 1e6]) {
  const large = halfOpen > 1e5;
  const iterations = large ? 1 : 5;
  const name = `syn_into_listener/${halfOpen}/iterations:${iterations}/manual_time`;
  const native = measureNative(name, (b) => b.real_time, large ? 2 : 3);
  const { bench_syn_nanoseconds: synNanoseconds } = await fresh();
  let wasm = Infinity;
  for (let round = 0; round < (large ? 1 : rounds); ++round) {
    wasm = Math.min(wasm, synNanoseconds(halfOpen, large ? 1 : 100));
  }
  syns.native.push(native);
  syns.wasm.push(wasm);
  row(`a SYN, ${halfOpen} half open, ns`, native, wasm, 0, wasm / native, 'below 1000');
}
const spread = (times) => Math.max(...times) / Math.min(...times);
{
  const [native, wasm] = [spread(syns.native), spread(syns.wasm)];
  row('the slowest of these by the fastest', native, wasm, 2, wasm / native, 'below 3');
}

for (const [state, aim] of [
  ['ESTABLISHED', 1024],
  ['TIME_WAIT', 128],
]) {
  const native = measureNative(`bytes_each/${state}/iterations:1`, (b) => b.bytes, 1);
  const { bench_bytes: bytesEach } = await fresh();
  const wasm = bytesEach(state, 100_000);
  row(`bytes a connection, ${state}`, native, wasm, 0, wasm / native, `below ${aim}`);
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
