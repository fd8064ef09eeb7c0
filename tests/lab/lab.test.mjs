// The script ./lab: what it says and its exit codes when it is used wrongly or cannot go on.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  accessSync,
  constants,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { after, test } from 'node:test';

const root = new URL('../..', import.meta.url).pathname;
const bash = locate('bash');
const folders = [];
after(() => folders.forEach((folder) => rmSync(folder, { recursive: true })));

function locate(command) {
  for (const folder of process.env.PATH.split(delimiter)) {
    try {
      accessSync(join(folder, command), constants.X_OK);
      return join(folder, command);
    } catch {
      // Not in this folder.
    }
  }
  throw new Error(`${command} is not on PATH`);
}

// A folder to be PATH that has only these commands, and these scripts of ours.
function pathWith(commands, scripts = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'lab-path-'));
  folders.push(folder);
  for (const command of commands) symlinkSync(locate(command), join(folder, command));
  for (const [name, text] of Object.entries(scripts)) {
    writeFileSync(join(folder, name), `#!${bash}\n${text}\n`, { mode: 0o755 });
  }
  return folder;
}

function lab(args, env = {}) {
  const result = spawnSync(bash, ['lab', ...args], {
    cwd: root,
    env: { ...process.env, ...env },
    encoding: 'utf8',
    timeout: 60_000,
  });
  return { code: result.status, out: result.stdout, err: result.stderr };
}

function assertOneLine(text, pattern) {
  assert.match(text, pattern);
  assert.equal(text.trimEnd().split('\n').length, 1, text);
}

test('help names every command', () => {
  const { code, out } = lab(['help']);
  assert.equal(code, 0);
  for (const command of ['serve', 'test', 'build', 'check', 'fuzz', 'monkey', 'interop', 'bench', 'update']) {
    assert.match(out, new RegExp(`^  ${command} `, 'm'));
  }
});

const wrongUses = [
  [['dance'], /unknown command: dance/],
  [['build', 'all'], /unexpected argument: all/],
  [['update', 'web'], /unexpected argument: web/],
  [['serve', '8080'], /unexpected argument: 8080/],
  [['serve', '--port'], /--port needs a number/],
  [['serve', '--port', '0'], /from 1 to 65535, not '0'/],
  [['serve', '--port=65536'], /from 1 to 65535, not '65536'/],
  [['serve', '--port', '80a'], /from 1 to 65535, not '80a'/],
  [['fuzz'], /fuzz needs a target: segment calls scenario capture exercise answers /],
  [['fuzz', 'everything'], /unknown target: everything; the targets are segment calls /],
  [['fuzz', 'calls', 'segment'], /unexpected argument: segment/],
  [['fuzz', 'calls', '-runs=1'], /unexpected argument: -runs=1/],
  [['fuzz', 'calls', '--time'], /--time needs a number of seconds/],
  [['fuzz', 'calls', '--time', '0'], /--time must be a number of seconds, not '0'/],
  [['fuzz', '--time=soon', 'calls'], /--time must be a number of seconds, not 'soon'/],
  [['fuzz', 'calls', '--coverage'], /--coverage is of all targets, and takes nothing else/],
  [['fuzz', '--coverage', '--time=5'], /--coverage is of all targets, and takes nothing else/],
  [['monkey', 'soak'], /unexpected argument: soak/],
  [['monkey', '--seed'], /--seed needs a number/],
  [['monkey', '--time', '0'], /--time must be a number from 1 to 86400, not '0'/],
  [['monkey', '--seed=abc'], /--seed must be a number from 1 to 999999999, not 'abc'/],
  [['interop', 'all'], /unexpected argument: all/],
  [['interop', '--count'], /--count needs a number/],
  [['interop', '--seed', '0'], /--seed must be a number from 1 to 999999999, not '0'/],
  [['interop', '--count=many'], /--count must be a number from 1 to 10000000, not 'many'/],
  [['interop', '--scene'], /--scene needs a file/],
  [['interop', '--scene=gone.json'], /--scene: there is no file 'gone.json'/],
  [['test', 'everything'], /unknown stage: everything; the stages are native unit /],
];
for (const [args, message] of wrongUses) {
  test(`./lab ${args.join(' ')} is one line and exit code 2`, () => {
    const { code, out, err } = lab(args);
    assert.equal(code, 2);
    assert.equal(out, '');
    assertOneLine(err, message);
  });
}

test('a taken port is one line and exit code 1', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { code, out, err } = lab(['serve', '--port', String(server.address().port)]);
  server.close();
  assert.equal(code, 1);
  assert.equal(out, '');
  assertOneLine(err, /port \d+ is taken; choose another one/);
});

test('--no-install names what is missing and how to install it', () => {
  const { code, out, err } = lab(['serve', '--no-install'], { PATH: pathWith([]) });
  assert.equal(code, 3);
  assert.equal(out, '');
  assertOneLine(err, /missing: g\+\+ cmake ninja-build .*install with: apt-get install/);
});

test('without apt-get what is missing is named', () => {
  const { code, err } = lab(['build'], { PATH: pathWith([]) });
  assert.equal(code, 3);
  assertOneLine(err, /missing: g\+\+ .*there is no apt-get here/);
});

test('without a network what cannot be installed is named', () => {
  const path = pathWith(['env', 'grep', 'mkdir', 'tail', 'wc'], {
    'apt-get': 'echo "E: Could not resolve deb.debian.org"; exit 100',
    'apt-cache': 'exit 0',
    sudo: 'while [[ $1 == -* || $1 == env || $1 == *=* ]]; do shift; done; exec "$@"',
  });
  const { code, out, err } = lab(['build'], { PATH: path });
  assert.equal(code, 3);
  assert.match(out, /^ +g\+\+ +compiles the engine/m);
  assertOneLine(err, /cannot install g\+\+ cmake .*: is the network there\?/);
});

const caches = [
  ['of this clone is kept', 'native', 'CMAKE_HOME_DIRECTORY:INTERNAL=HERE\n', false],
  ['of a clone that was moved is outdated', 'native', 'CMAKE_HOME_DIRECTORY:INTERNAL=/elsewhere\n', true],
  [
    'for a toolchain file that is gone is outdated',
    'wasm',
    'CMAKE_HOME_DIRECTORY:INTERNAL=HERE\nCMAKE_TOOLCHAIN_FILE:FILEPATH=HERE/cmake/old.cmake\n',
    true,
  ],
];
for (const [name, preset, cache, outdated] of caches) {
  test(`a build folder ${name}`, () => {
    const clone = realpathSync(mkdtempSync(join(tmpdir(), 'lab-clone-')));
    folders.push(clone);
    mkdirSync(join(clone, 'build', preset), { recursive: true });
    writeFileSync(join(clone, 'build', preset, 'CMakeCache.txt'), cache.replaceAll('HERE', clone));
    const script = `source '${root}/.lab/build.sh'; is_outdated ${preset}`;
    const { status } = spawnSync(bash, ['-c', script], { cwd: clone });
    assert.equal(status, outdated ? 0 : 1);
  });
}

const fuzzTargets = ['segment', 'calls', 'scenario', 'capture', 'exercise', 'answers', 'lesson', 'rubric'];

// Sources the scripts in an empty folder, whose fuzzers are these scripts, and runs `script` there.
function inFolderWithFuzzers(fuzzers, script) {
  const folder = mkdtempSync(join(tmpdir(), 'lab-fuzz-'));
  folders.push(folder);
  mkdirSync(join(folder, 'build', 'sanitize'), { recursive: true });
  mkdirSync(join(folder, 'build', 'logs'));
  for (const target of fuzzTargets) {
    const text = fuzzers[target] ?? 'echo "Done 7 runs in 31 second(s)"';
    writeFileSync(join(folder, 'build', 'sanitize', `fuzz_${target}`), `#!${bash}\n${text}\n`, { mode: 0o755 });
  }
  const parts = ['common', 'build', 'report', 'fuzz'].map((part) => `source '${root}/.lab/${part}.sh'`);
  const { status, stdout } = spawnSync(bash, ['-uc', `root=$PWD; ${parts.join('; ')}; ${script}`], {
    cwd: folder,
    encoding: 'utf8',
  });
  return { code: status, out: stdout };
}

test('fuzz targets that find nothing have passed, each with its number of runs', () => {
  const { code, out } = inFolderWithFuzzers({}, 'fuzz_all 30 && print_totals');
  assert.equal(code, 0);
  for (const target of fuzzTargets) {
    assert.match(out, new RegExp(`^fuzz ${target}: 7 runs in 31 s$`, 'm'));
  }
  assert.match(out, /^8 passed, 0 failed, 0 skipped$/m);
});

test('a fuzz target that breaks has failed: which input it was, and how to replay it', () => {
  const crash = 'build/fuzz/crashes/calls-crash-12ab';
  const calls = `echo "Test unit written to ${crash}"; exit 77`;
  const { code, out } = inFolderWithFuzzers({ calls }, 'fuzz_all 30 || { print_totals; exit 1; }');
  assert.equal(code, 1);
  assert.match(
    out,
    new RegExp(`^fuzz calls broke on ${crash}; replay it with: build/sanitize/fuzz_calls ${crash}$`, 'm'),
  );
  assert.match(out, /^7 passed, 1 failed, 0 skipped$/m);
});

// The stage `interop` of a test run, with this script as the harness.
function interopStage(harness) {
  const folder = mkdtempSync(join(tmpdir(), 'lab-interop-'));
  folders.push(folder);
  mkdirSync(join(folder, 'build', 'native'), { recursive: true });
  writeFileSync(join(folder, 'build', 'native', 'interop'), `#!${bash}\n${harness}\n`, { mode: 0o755 });
  const parts = ['common', 'report', 'interop'].map((part) => `source '${root}/.lab/${part}.sh'`);
  const script = `root=$PWD; ${parts.join('; ')}; stage interop interop_tests; print_totals`;
  const { stdout } = spawnSync(bash, ['-uc', script], { cwd: folder, encoding: 'utf8' });
  return stdout;
}

test('a machine that cannot play scenes skips them, and says why', () => {
  const out = interopStage('echo "skipped: no TUN device"; exit 3');
  assert.match(out, /^interop +ok, 1 skipped .*\n {4}skipped: no TUN device$/m);
  assert.match(out, /^0 passed, 0 failed, 1 skipped$/m);
});

test('scenes that came late are skipped, and those that differ have failed', () => {
  assert.match(interopStage('echo "7 passed, 0 failed, 2 came late"'), /^7 passed, 0 failed, 2 skipped$/m);
  assert.match(interopStage('echo "7 passed, 1 failed, 0 came late"; exit 1'), /^7 passed, 1 failed, 0 skipped$/m);
  assert.match(interopStage('echo "it broke" >&2; exit 1'), /^0 passed, 1 failed, 0 skipped$/m);
});

test('help names every fuzz target that there is', () => {
  const sources = readdirSync(join(root, 'tests', 'fuzz')).filter((name) => name.endsWith('.cpp'));
  const { out } = lab(['help']);
  const named = out
    .split('Targets of ./lab fuzz:\n')[1]
    .match(/^ {2}\w+/gm)
    .map((line) => line.trim());
  assert.deepEqual(named.sort(), sources.map((name) => name.replace('.cpp', '')).sort());
});
