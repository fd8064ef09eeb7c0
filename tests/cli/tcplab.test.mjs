// The command tcplab as it is used: arguments, files, standard input and output, exit codes. The
// environment variable TCPLAB names the executable.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  cpSync,
  existsSync,
  ftruncateSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, test } from 'node:test';

const root = new URL('../..', import.meta.url).pathname;
const command = resolve(root, process.env.TCPLAB ?? 'build/native/tcplab');
const scenarios = join(root, 'exercises/scenarios');
const folder = mkdtempSync(join(tmpdir(), 'tcplab-'));
after(() => rmSync(folder, { recursive: true }));

function tcplab(args, options = {}) {
  const result = spawnSync(command, args, { cwd: root, encoding: 'utf8', ...options });
  return { code: result.status, out: result.stdout, err: result.stderr };
}

// A shell, for redirections that node cannot make.
function shell(line) {
  const result = spawnSync('sh', ['-c', line], { cwd: folder, encoding: 'utf8', env: { ...process.env, T: command } });
  return { code: result.status, out: result.stdout, err: result.stderr };
}

function file(name, text) {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const handshake = readFileSync(join(scenarios, 'rfc9293-figure-06.json'), 'utf8');
const wrong = file('wrong.json', handshake.replace('"B:80"', '"C:80"'));
const lineOfWrong = handshake.split('"B:80"', 1)[0].split('\n').length;
const wrongLine = new RegExp(`^\\S+wrong\\.json:${lineOfWrong}:\\d+: /script/1/to: no host is called "C"`);

test('--version and --help are answers, not errors', () => {
  const version = tcplab(['--version']);
  assert.equal(version.code, 0);
  assert.match(version.out, /^tcplab \d+\.\d+\.\d+\n$/);
  const help = tcplab(['--help']);
  assert.equal(help.code, 0);
  for (const word of [
    'run',
    'grade',
    'check',
    'schema',
    'profile',
    'names',
    'Exit codes',
    '  0  ',
    '  1  ',
    '  2  ',
    '  3  ',
    '  4  ',
  ]) {
    assert.ok(help.out.includes(word), word);
  }
  for (const name of ['run', 'grade', 'check', 'schema', 'profile', 'names']) {
    const one = tcplab([name, '--help']);
    assert.equal(one.code, 0);
    assert.ok(one.out.includes(`tcplab ${name}`), one.out);
  }
});

test('a wrong command line is refused with exit code 2', () => {
  const good = join(scenarios, 'rfc9293-figure-06.json');
  const wrongs = [
    [],
    ['fly'],
    ['run'],
    ['run', good, good],
    ['run', good, '--speed', '2'],
    ['run', good, '--seed', '-1'],
    ['run', good, '--seed', 'x'],
    ['run', good, '--seed', '9007199254740992'],
    ['run', good, '--until', 'soon'],
    ['run', good, '--pcap-at', 'A'],
    ['run', good, '--pcap', '-', '--trace', '-'],
    ['check'],
    ['check', good, '--seeds', '0'],
    ['schema'],
    ['schema', 'trace'],
    ['profile'],
    ['profile', 'minix'],
    ['names'],
    ['names', 'planets'],
    ['grade', good],
    ['grade', '-', '--answers', '-'],
  ];
  for (const args of wrongs) {
    const { code, out, err } = tcplab(args, { input: '' });
    assert.equal(code, 2, args.join(' '));
    assert.equal(out, '');
    assert.notEqual(err, '');
  }
});

test('run draws the exchange in two columns', () => {
  const { code, out, err } = tcplab(['run', join(scenarios, 'rfc9293-figure-06.json')]);
  assert.equal(code, 0, err);
  const lines = out.split('\n').map((line) => line.replace(/-+/g, '-').replace(/ +/g, ' ').trim());
  assert.ok(lines.includes('0.010 SYN_SENT - #1 SYN seq=100 win=65535 mss=1460 -> SYN_RCVD (+50ms)'), out);
  assert.ok(
    lines.includes('0.060 ESTABLISHED <- #2 SYN,ACK seq=300 ack=101 win=65535 mss=1460 - SYN_RCVD (+50ms)'),
    out,
  );
  assert.ok(lines.includes('0.110 ESTABLISHED - #3 ACK seq=101 ack=301 -..'), out);
  assert.ok(lines.includes('0.160 .. #3 ACK seq=101 ack=301 -> ESTABLISHED'), out);
});

test('losses, copies, held segments and resets are marked', () => {
  const drawn = (name) => tcplab(['run', join(scenarios, `${name}.json`)]).out;
  assert.match(drawn('lost-fin'), /FIN,ACK seq=1001 ack=5001 -+X +\(dropped\)/);
  assert.match(drawn('lost-fin'), /FIN,ACK seq=1001 ack=5001 \(again\) -+>/);
  assert.match(drawn('hold-and-release'), /-\| +\(held\)/);
  assert.match(drawn('hold-and-release'), /\(\+45ms, released\)/);
  assert.match(drawn('no-time-wait-old-segment'), /STALE/);
  assert.match(drawn('refused'), /connect: ECONNREFUSED/);
  assert.match(drawn('lost-last-ack'), /TIME_WAIT +<-+ #\d+ FIN,ACK seq=5001 ack=1002 \(again\)/);
});

test('a SYN shows its options, a call that told or waited its result', () => {
  const drawn = (name) => tcplab(['run', join(scenarios, `${name}.json`)]).out;
  assert.match(drawn('window-scale-and-timestamps'), /#1 SYN seq=1000 win=64240 mss=1460 wscale=10 sack ts -+>/);
  assert.match(drawn('window-scale-and-timestamps'), /#3 ACK seq=1001 ack=5001 win=63 -+>/);
  assert.match(
    drawn('window-scale-and-timestamps'),
    /TCP_INFO: ESTABLISHED rto=\S+ rtt=100ms \S+ snd_mss=1448 .* ts sack wscale/,
  );
  assert.match(drawn('non-blocking-connect'), /SO_ERROR: 0\n.*\n.*SO_ERROR: ECONNREFUSED/);
  assert.match(drawn('linger-waits'), /^0\.610 .*close\(first\) returns$/m);
  assert.match(drawn('linger-waits'), /^3\.810 .*close\(second\) returns$/m);
});

test('with more than two hosts every state says whose it is', () => {
  const { out } = tcplab(['run', join(scenarios, 'two-clients.json')]);
  assert.match(out, /alice: SYN_SENT \[\d\]/);
  assert.match(out, /bob: ESTABLISHED \[\d\]/);
  assert.match(out, /server: ESTABLISHED \[\d\]/);
});

test('a host that talks to itself is named at both ends', () => {
  const self = JSON.parse(handshake);
  self.script = [{ at: '0', host: 'A', do: 'connect', to: 'A:4000', port: 4000 }];
  const { code, out } = tcplab(['run', file('self.json', JSON.stringify(self))]);
  assert.equal(code, 0);
  const states = out
    .split('\n')
    .filter((line) => line.includes(' #'))
    .map((line) => line.match(/\w: [A-Z_]+/g));
  // Its SYN crosses itself: a simultaneous open (RFC 9293, figure 7).
  assert.deepEqual(states, [
    ['A: SYN_RCVD', 'A: SYN_SENT'],
    ['A: ESTABLISHED', 'A: SYN_RCVD'],
  ]);
});

test('every scenario runs, to the same trace each time, and each line of it is an event', () => {
  for (const name of readdirSync(scenarios)) {
    const args = ['run', join(scenarios, name), '--trace', '-', '--seed', '7'];
    const first = tcplab(args);
    assert.equal(first.code, 0, name + first.err);
    assert.equal(tcplab(args).out, first.out, name);
    const events = first.out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    events.forEach((event, n) => {
      assert.equal(event.n, n);
      assert.ok(event.rule, name);
      assert.ok(event.cause === undefined || event.cause < n, name);
    });
  }
});

test('--pcap writes a capture: to a file beside the drawing, or alone to standard output', () => {
  const scenario = join(scenarios, 'rfc9293-figure-06.json');
  const path = join(folder, 'out.pcapng');
  const { code, out, err } = tcplab(['run', scenario, '--pcap', path]);
  assert.equal(code, 0, err);
  assert.match(out, /nothing more can happen/);
  const written = readFileSync(path);
  // A section header block (draft-ietf-opsawg-pcapng, 4.1).
  assert.equal(written.subarray(0, 4).toString('hex'), '0a0d0d0a');
  const piped = spawnSync(command, ['run', scenario, '--pcap', '-']);
  assert.deepEqual(piped.stdout, written);
  // What arrives is captured at a host only.
  assert.equal(tcplab(['run', scenario, '--pcap', path, '--pcap-at', 'B']).code, 0);
  assert.notDeepEqual(readFileSync(path), written);
});

test('--pcap-at a host that does not exist: the hosts are named, and nothing is written', () => {
  const path = join(folder, 'none.pcapng');
  const scenario = join(scenarios, 'rfc9293-figure-06.json');
  const { code, out, err } = tcplab(['run', scenario, '--pcap', path, '--pcap-at', 'C\u001b[2J']);
  assert.equal(code, 2);
  assert.equal(out, '');
  assert.equal(err, '--pcap: no host is called "C\\u001B[2J"; hosts: "A", "B"\n');
  assert.ok(!existsSync(path));
});

test('the seed decides what chance does', () => {
  const trace = (seed) => tcplab(['run', join(scenarios, 'loss-10-percent.json'), '--trace', '-', '--seed', seed]).out;
  assert.notEqual(trace('1'), trace('2'));
  assert.equal(trace('1'), tcplab(['run', join(scenarios, 'loss-10-percent.json'), '--trace', '-']).out);
});

test('--trace writes a file beside the drawing, --until ends the run early', () => {
  const path = join(folder, 'trace.jsonl');
  const whole = tcplab(['run', join(scenarios, 'handshake-data-close.json'), '--trace', path]);
  assert.equal(whole.code, 0);
  assert.match(whole.out, /nothing more can happen/);
  const events = readFileSync(path, 'utf8').trimEnd().split('\n');
  assert.match(whole.out, new RegExp(` ${events.length} events\\.`));
  const early = tcplab(['run', join(scenarios, 'handshake-data-close.json'), '--until', '100ms', '--trace', path]);
  assert.match(early.out, /End at 0\.100 s: the time is up/);
  const times = readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line).t);
  assert.ok(Math.max(...times) <= 100_000);
});

test('no output overwrites the scenario, whatever it is called, nor another output', () => {
  const scenario = file('mine.json', handshake);
  symlinkSync(scenario, join(folder, 'soft.json'));
  linkSync(scenario, join(folder, 'hard.json'));
  for (const option of ['--trace', '--pcap']) {
    for (const name of ['mine.json', './mine.json', 'soft.json', 'hard.json']) {
      const { code, out, err } = tcplab(['run', scenario, option, name], { cwd: folder });
      assert.equal(code, 2, name);
      assert.equal(out, '');
      assert.match(err, /^--(trace|pcap): \S+ is the scenario itself; allowed: another file\n$/);
    }
  }
  assert.equal(shell('"$T" run - --trace mine.json < mine.json').code, 2);
  assert.equal(shell('"$T" run soft.json --trace one --pcap ./one; test $? = 2 && ! test -s one').code, 0);
  assert.equal(readFileSync(scenario, 'utf8'), handshake);
});

test('- is standard input', () => {
  const { code, out } = tcplab(['run', '-'], { input: handshake });
  assert.equal(code, 0);
  assert.equal(out, tcplab(['run', join(scenarios, 'rfc9293-figure-06.json')]).out);
  const bad = tcplab(['run', '-'], { input: '{' });
  assert.equal(bad.code, 1);
  assert.match(bad.err, /^standard input:1:2: /);
  assert.equal(tcplab(['check', '-'], { input: handshake }).code, 0);
});

test('what is wrong in a scenario is told with file, place and pointer, and exit code 1', () => {
  for (const subcommand of ['run', 'check']) {
    const { code, err } = tcplab([subcommand, wrong]);
    assert.equal(code, 1);
    assert.match(err, wrongLine);
  }
});

test('check goes on after a bad file and tells of each', () => {
  const garbage = file('garbage.json', Buffer.from([...Array(256).keys()]));
  const list = file('list.json', '[1, 2]');
  const other = file('other.json', '{"format": "tcplab-trace/1"}');
  const none = file('none.json', '{"name": "tcplab"}');
  const good = join(scenarios, 'rfc9293-figure-07.json');
  const { code, out, err } = tcplab(['check', garbage, list, other, none, wrong, good]);
  assert.equal(code, 1);
  for (const name of ['garbage', 'list', 'other', 'none', 'wrong']) assert.ok(err.includes(`${name}.json:`), name);
  assert.match(err, /list\.json:1:1: found a list; allowed: a scenario or an exercise \(an object\)/);
  assert.match(
    err,
    /other\.json:1:12: \/format: found "tcplab-trace\/1"; allowed: "tcplab-scenario\/1", "tcplab-exercise\/1", "tcplab-lesson\/1"/,
  );
  assert.equal(out, '1 of 6 files are right\n');
});

test('check takes folders, at any depth, and leaves texts and schemas out', () => {
  const inner = join(folder, 'pack/chapter/deep');
  mkdirSync(inner, { recursive: true });
  writeFileSync(join(inner, 'one.json'), handshake);
  writeFileSync(join(inner, 'readme.txt'), 'not JSON');
  writeFileSync(join(folder, 'pack/rules.json'), '{}');
  writeFileSync(join(folder, 'pack/misconceptions.json'), '{}');
  writeFileSync(join(folder, 'pack/scenario.schema.json'), '{}');
  assert.deepEqual(tcplab(['check', join(folder, 'pack')]), { code: 0, out: '1 of 1 file is right\n', err: '' });
  writeFileSync(join(inner, 'two.json'), '{');
  const { code, err } = tcplab(['check', join(folder, 'pack')]);
  assert.equal(code, 1);
  assert.match(err, /two\.json:1:2: /);
  mkdirSync(join(folder, 'nothing'));
  assert.equal(tcplab(['check', join(folder, 'nothing')]).code, 1);
});

test('check takes a pack of lessons, with the exercises that lie in it', () => {
  const pack = join(folder, 'week-3');
  const id = '01-what-a-connection-is';
  cpSync(join(root, 'exercises/lessons', id), join(pack, id), { recursive: true });
  cpSync(join(root, 'exercises/lessons/terms.json'), join(pack, 'terms.json'));
  mkdirSync(join(pack, 'exercises'));
  renameSync(join(pack, id, 'exercises/1b-which-connection.json'), join(pack, 'exercises/1b-which-connection.json'));
  const contents = { format: 'tcplab-contents/1', title: { en: 'Week 3', zh: '第三周' }, lessons: [id] };
  const told = (more) => {
    writeFileSync(join(pack, 'pack.json'), JSON.stringify({ ...contents, ...more }));
    return tcplab(['check', '--seeds', '1', pack]);
  };
  const right = told({ exercises: ['1b-which-connection'] });
  assert.equal(right.code, 0, right.err);
  assert.match(told({ lessons: ['gone'] }).err, /pack\.json:1:\d+: \/lessons\/0: no folder "gone" with a lesson\.json/);
  assert.match(told({ title: 'Week 3' }).err, /pack\.json:1:\d+: \/title: /);
});

test('check takes a lesson, whose files are right only together', () => {
  const lessons = join(folder, 'shelf/lessons');
  cpSync(join(root, 'exercises/lessons/01-what-a-connection-is'), join(lessons, '01-what-a-connection-is'), {
    recursive: true,
  });
  cpSync(join(root, 'exercises/lessons/terms.json'), join(lessons, 'terms.json'));
  const lesson = join(lessons, '01-what-a-connection-is');
  const right = tcplab(['check', '--strict', '--seeds', '1', join(lesson, 'lesson.json'), join(lesson, 'beats')]);
  assert.deepEqual([right.code, right.err], [0, '']);
  // lesson.json, its prose in two languages, and its beats.
  assert.match(right.out, /\n9 of 9 files are right\n$/);

  // A copy far from the other lessons says where it looked for what it lacks.
  const alone = readFileSync(join(lesson, 'lesson.json'), 'utf8');
  const resting = alone.replace('"rests_on": []', '"rests_on": ["02-three-way-handshake"]');
  writeFileSync(join(lesson, 'lesson.json'), resting.replace('"exercises": [', '"exercises": ["9z-mine", '));
  const lacking = tcplab(['check', join(lesson, 'lesson.json')]).err;
  assert.match(lacking, /\/rests_on\/0: no other lesson is called "02-three-way-handshake"; there are: none/);
  const shelves = [join(lesson, 'exercises'), join(lessons, 'exercises'), join(folder, 'shelf')];
  const places = `looked for in: ${shelves.join(' and ')}`;
  assert.ok(lacking.includes(`no file has the exercise "9z-mine"; ${places}`), lacking);
  writeFileSync(join(lesson, 'lesson.json'), alone);

  const prose = readFileSync(join(lesson, 'lesson.en.md'), 'utf8');
  writeFileSync(join(lesson, 'lesson.en.md'), prose.replace('](term:tcb)', '](term:tbc)').replace('---', '<b>'));
  rmSync(join(lesson, 'beats/five-weeks.json'));
  const wrong = tcplab(['check', join(lesson, 'lesson.json')]);
  assert.equal(wrong.code, 1);
  assert.match(wrong.err, /lesson\.json:\d+:\d+: \/beats\/0: no file has the beat "five-weeks"/);
  assert.match(wrong.err, /lesson\.en\.md:\d+:1: found HTML; allowed: Markdown/);
  assert.match(wrong.err, /lesson\.en\.md:\d+:1: terms\.json has no term "tbc" \(did you mean "tcb"\?\)/);
  assert.match(wrong.out, /^1 of 3 files are right\n$/);

  rmSync(join(lesson, 'lesson.zh.md'));
  const named = readFileSync(join(lesson, 'lesson.json'));
  rmSync(join(lesson, 'lesson.json'));
  assert.match(tcplab(['check', lesson]).err, /01-what-a-connection-is\/lesson\.json: this file is missing/);
  writeFileSync(join(lesson, 'lesson.json'), named);
  assert.match(tcplab(['check', join(lesson, 'lesson.json')]).err, /the file lesson\.zh\.md is missing/);
  writeFileSync(
    join(lesson, 'lesson.zh.md'),
    readFileSync(join(root, 'exercises/lessons/01-what-a-connection-is/lesson.zh.md')),
  );
  writeFileSync(join(lessons, 'terms.json'), '{}');
  assert.match(tcplab(['check', join(lesson, 'lesson.json')]).err, /\/terms: \S*terms\.json is not right/);
});

// The lesson that the README gives to copy, at a place of its own.
function copiedLesson(place) {
  const lessons = readFileSync(join(root, 'exercises/lessons/README.md'), 'utf8');
  const path = join(folder, place);
  mkdirSync(join(path, 'beats'), { recursive: true });
  for (const [, name, text] of lessons.matchAll(/^`my-lesson\/([\w./]+)`:\n\n```\w+\n([\s\S]*?)```$/gm)) {
    writeFileSync(join(path, name), text);
  }
  const edit = (name, change) => writeFileSync(join(path, name), change(readFileSync(join(path, name), 'utf8')));
  return { path, edit, err: () => tcplab(['check', '--strict', path]).err };
}

test('cards of a lesson stand in its folder or beside it, and those of the page need no copy', () => {
  const { path, edit, err } = copiedLesson('cards/my-lesson');
  assert.equal(err(), '');
  edit('lesson.en.md', (text) => text.replace('(term:syn)', '(term:my-word)'));
  assert.match(err(), /lesson\.en\.md:13:1: terms\.json has no term "my-word"/);
  const card = {
    id: 'my-word',
    lesson: 1,
    name: { en: 'my word', zh: '我的词' },
    text: { en: 'A.', zh: '甲。' },
    source: 'RFC 9293',
  };
  const terms = (list) => JSON.stringify({ format: 'tcplab-terms/1', terms: list });
  edit('lesson.json', (text) => text.replace('"terms": []', '"terms": ["my-word"]'));
  for (const place of [path, join(path, '..')]) {
    writeFileSync(join(place, 'terms.json'), terms([card]));
    assert.equal(err(), '');
    rmSync(join(place, 'terms.json'));
  }
  edit('lesson.json', (text) => text.replace('["my-word"]', '[]'));
  edit('lesson.en.md', (text) => text.replace('(term:my-word)', '(term:syn)'));
  writeFileSync(join(path, 'terms.json'), terms([]));
  assert.equal(err(), '');
});

test('packs may have beats of the same ids, and exercises of one pack may not', () => {
  copiedLesson('two/week-1/my-lesson');
  copiedLesson('two/week-2/my-lesson');
  const contents = (lessons) => JSON.stringify({ format: 'tcplab-contents/1', title: { en: 'W', zh: '周' }, lessons });
  for (const week of ['week-1', 'week-2'])
    writeFileSync(join(folder, 'two', week, 'pack.json'), contents(['my-lesson']));
  assert.deepEqual(tcplab(['check', '--strict', join(folder, 'two')]).err, '');
  copiedLesson('two/week-1/other');
  assert.match(tcplab(['check', join(folder, 'two')]).err, /\/id: "third" is also the id of /);
});

test('a file that the page would not find by its name is told', () => {
  const { path } = copiedLesson('names/my-lesson');
  const contents = { format: 'tcplab-contents/1', title: { en: 'W', zh: '周' }, lessons: ['my-lesson'] };
  writeFileSync(join(path, '../Pack.json'), JSON.stringify(contents));
  const check = () => tcplab(['check', join(path, '..')]);
  assert.match(
    check().err,
    /Pack\.json:1:\d+: \/format: warning: .* found by the name pack\.json.* called "Pack\.json"/,
  );
  renameSync(join(path, '../Pack.json'), join(path, '../pack.json'));
  assert.deepEqual([check().code, check().err], [0, '']);
  renameSync(join(path, 'beats/third.json'), join(path, 'beats/fourth.json'));
  assert.match(check().err, /fourth\.json:\d+:\d+: \/id: warning: found "third"; .* as "fourth", the name of its file/);
});

test('no more variants are tried than students are given', () => {
  const { path } = copiedLesson('seeds/my-lesson');
  const { err, out } = tcplab(['check', '--strict', '--seeds', '2', path]);
  assert.equal(err, '');
  assert.match(out, /third\.json: 1 variant,/);
});

test('a title of blanks or of two lines, and cards that read the same, are told', () => {
  const { edit, err } = copiedLesson('titles/my-lesson');
  edit('beats/third.json', (text) => text.replace('"task": "Look at the first two segments."', '"task": " \u3000"'));
  assert.match(err(), /third\.json:\d+:\d+: \/text\/en\/task: this text has blanks alone/);
  edit('beats/third.json', (text) => text.replace('"title": "The client answers"', '"title": "The client\\nanswers"'));
  assert.match(err(), /\/text\/en\/title: found a line end; allowed: one line/);
  const order = {
    id: 'numbers',
    kind: 'order',
    text: { en: 'In which order?', zh: '按什么顺序？' },
    cards: ['one', 'two', 'three'].map((id) => ({
      id,
      text: { en: id === 'two' ? 'one' : id, zh: `卡片 ${id === 'two' ? 1 : id.length}${id[0] === 't' ? 'b' : 'a'}` },
      of: { kind: 'segment.sent' },
    })),
  };
  edit('beats/third.json', (text) => JSON.stringify({ ...JSON.parse(text), questions: [order] }));
  assert.match(err(), /\/questions\/0\/cards\/1\/text\/en: "one" and "two" read the same/);
});

test('answers tells what a mutant answers although a chaff is wrong', () => {
  const { path, edit } = copiedLesson('chaff/my-lesson');
  const chaffs = [{ answers: { numbers: { seq: 7, ack: 7 } }, diagnosed_as: 'M01' }];
  edit('beats/third.json', (text) => JSON.stringify({ ...JSON.parse(text), chaffs }));
  const beat = join(path, 'beats/third.json');
  const { code, out, err } = tcplab(['answers', beat]);
  assert.equal(code, 0);
  assert.match(
    err,
    /third\.json:\d+:\d+: \/chaffs\/0\/diagnosed_as: warning: the chaff is diagnosed as nothing, not as "M01"; \w+ answers "numbers" with \{/,
  );
  // RFC 9293 §3.4: the SYN takes one number, which M01 does not believe.
  assert.equal(JSON.parse(out).answers.numbers.seq, 1001);
  assert.equal(JSON.parse(out).mutants.find((each) => each.misconception === 'M01').answers.numbers.seq, 1000);
});

test('a matrix of what cannot be read promises nothing', () => {
  const { code, out } = tcplab(['check', '--matrix', join(folder, 'missing.json')]);
  assert.equal(code, 3);
  assert.equal(out, '');
});

test('names lists misconceptions with their names in both languages', () => {
  const { misconceptions } = JSON.parse(readFileSync(join(root, 'exercises/misconceptions.json'), 'utf8'));
  const told = Object.entries(misconceptions).map(([id, { en, zh }]) => `${id}  ${en.name}  ${zh.name}`);
  assert.deepEqual(tcplab(['names', 'misconceptions']).out.trimEnd().split('\n'), told);
  const { terms } = JSON.parse(readFileSync(join(root, 'exercises/lessons/terms.json'), 'utf8'));
  assert.deepEqual(tcplab(['names', 'terms']).out.trimEnd().split('\n'), terms.map(({ id }) => id).sort());
});

test('what cannot be read or written is exit code 3, with the reason', () => {
  const missing = tcplab(['run', join(folder, 'missing.json')]);
  assert.equal(missing.code, 3);
  assert.match(missing.err, /missing\.json: cannot be read: No such file or directory/);
  const directory = tcplab(['run', folder]);
  assert.equal(directory.code, 3);
  assert.match(directory.err, /cannot be read: Is a directory/);
  assert.equal(tcplab(['check', join(folder, 'missing.json'), wrong]).code, 3);
  const good = join(scenarios, 'rfc9293-figure-06.json');
  const nowhere = tcplab(['run', good, '--trace', join(folder, 'no/such/folder/trace')]);
  assert.equal(nowhere.code, 3);
  assert.match(nowhere.err, /cannot be written: No such file or directory/);
});

test('a file without permission is exit code 3', { skip: process.getuid() === 0 && 'root may read everything' }, () => {
  const secret = file('secret.json', handshake);
  chmodSync(secret, 0);
  const { code, err } = tcplab(['run', secret]);
  assert.equal(code, 3);
  assert.match(err, /cannot be read: Permission denied/);
});

test('100 MB are refused without reading them', () => {
  const path = join(folder, 'huge.json');
  const handle = openSync(path, 'w');
  ftruncateSync(handle, 100_000_000);
  closeSync(handle);
  for (const subcommand of ['run', 'check']) {
    const { code, err } = tcplab([subcommand, path]);
    assert.equal(code, 1);
    assert.match(err, /huge\.json: the text has 100000000 bytes; at most 4194304 are allowed/);
  }
  const endless = shell('"$T" run - < /dev/zero');
  assert.equal(endless.code, 1);
  assert.match(endless.err, /standard input: the text has more than 4194304 bytes/);
});

test('a full disk and a closed output are exit code 3', { skip: !existsSync('/dev/full') && 'no /dev/full' }, () => {
  const good = join(scenarios, 'loss-10-percent.json');
  const full = shell(`"$T" run '${good}' > /dev/full`);
  assert.equal(full.code, 3);
  assert.match(full.err, /standard output: cannot be written: No space left on device/);
  assert.equal(shell(`"$T" run '${good}' --trace /dev/full`).code, 3);
  assert.equal(shell(`"$T" run '${good}' >&-`).code, 3);
});

test('a reader that goes away ends the command quietly', async () => {
  // More than a pipe holds: it cannot all be written before the reader is gone.
  const long = JSON.parse(readFileSync(join(scenarios, 'handshake-data-close.json'), 'utf8'));
  const send = { at: '600ms', host: 'client', do: 'send', socket: 'socket', bytes: 65536 };
  long.script.push(send, send, send, send);
  const child = spawn(command, ['run', file('long.json', JSON.stringify(long)), '--trace', '-'], { cwd: root });
  let err = '';
  child.stderr.on('data', (data) => (err += data));
  child.stdout.destroy();
  const code = await new Promise((done) => child.on('close', done));
  assert.equal(code, 3);
  assert.equal(err, '');
});

test('hostile names reach the terminal as harmless text', () => {
  const hostile = file('\u001b[31mred\u202e.json', '{');
  const { err } = tcplab(['run', hostile]);
  assert.doesNotMatch(err, /[\u001b\u202e]/);
  const title = '"en": "\\u001b[2J\\u202e<b>x</b>", "zh": "x"';
  const { code, out } = tcplab(['run', '-'], { input: handshake.replace(/"title": \{[^}]*\}/, `"title": {${title}}`) });
  assert.equal(code, 0);
  assert.doesNotMatch(out, /[\u001b\u202e]/);
  assert.match(out, /\?\[2J\?<b>x<\/b>, seed 1/);
});

test('names lists what a file may name, and of a mutant its misconception', () => {
  const { code, out } = tcplab(['names', 'mutants']);
  assert.equal(code, 0);
  assert.match(out, /^[a-z_]+  M\d+$/m);
  for (const kind of ['profiles', 'rules', 'events', 'states', 'calls', 'faults', 'timers', 'errnos']) {
    assert.match(tcplab(['names', kind]).out, /^(\S+\n)+$/, kind);
  }
  assert.match(tcplab(['names', 'states']).out, /^TIME_WAIT$/m);
  const settings = tcplab(['names', 'settings']).out;
  assert.match(settings, /^mss  1 to 65495 octets  MSS option of its SYNs, in octets$/m);
  assert.match(settings, /^msl  1us to 24h  \S/m);
  assert.match(settings, /^nagle  Small segments wait while something is unacknowledged$/m);
});

test('names and check know in which notations a question is shown', () => {
  const names = tcplab(['names', 'notations']).out;
  assert.match(names, /^dump {2}The segments, as tcpdump prints them$/m);
  const shown = (notations) => {
    const exercise = JSON.parse(readFileSync(join(root, 'exercises/02-third-ack-and-first-data.json'), 'utf8'));
    exercise.questions[0].notations = notations;
    const { code, out, err } = tcplab(['check', '--seeds', '2', file('shown.json', JSON.stringify(exercise))]);
    return { code, told: out + err };
  };
  // Each that the command names is one that the format takes.
  for (const [name] of names.matchAll(/^\w+/gm)) assert.ok(!shown(['ladder', name]).told.includes('allowed'), name);
  assert.equal(shown(['ladder', 'dump']).code, 0);
  const unknown = shown(['ladder', 'dmp']);
  assert.equal(unknown.code, 1);
  assert.match(unknown.told, /\/questions\/0\/notations\/1.*"dmp"/);
  const unfit = shown(['ladder', 'ss']);
  assert.equal(unfit.code, 1);
  assert.match(unfit.told, /"ss" shows no segments, and one is asked for/);
  const one = shown(['dump']);
  assert.equal(one.code, 0);
  assert.match(one.told, /every variant is shown in this notation/);
});

test('profile tells each value of a profile, and where it was learnt', () => {
  const { code, out } = tcplab(['profile', 'linux']);
  assert.equal(code, 0);
  assert.match(out, /^msl +30s +measured +TCP_TIMEWAIT_LEN is 60 s, fixed$/m);
  assert.match(tcplab(['profile', 'windows']).out, /^r1 +3 +assumed +RFC 9293 section 3.8.3, SHLD-10$/m);
  for (const line of out.trimEnd().split('\n')) assert.match(line, /^\w+ +\S.*? (measured|read|assumed) +\S/);
});

test('the schemas in exercises/ are what tcplab schema prints', () => {
  const formats = readdirSync(join(root, 'exercises')).flatMap((name) => /^(.*)\.schema\.json$/.exec(name)?.[1] ?? []);
  assert.ok(formats.length >= 6, 'there is a schema for each format');
  for (const format of formats) {
    const { code, out } = tcplab(['schema', format]);
    assert.equal(code, 0);
    assert.equal(JSON.parse(out).$id, `${format}.schema.json`);
    assert.ok(
      out === readFileSync(join(root, `exercises/${format}.schema.json`), 'utf8'),
      `exercises/${format}.schema.json is old: tcplab schema ${format} > exercises/${format}.schema.json`,
    );
  }
});

const exercises = readdirSync(join(root, 'exercises')).filter((name) => /^\d.*\.json$/.test(name));

test('grade: the verdict is JSON, and no answers score nothing', () => {
  for (const name of exercises) {
    const exercise = JSON.parse(readFileSync(join(root, 'exercises', name), 'utf8'));
    const answers = { format: 'tcplab-answers/1', exercise: exercise.id, rev: exercise.rev, seed: 3, answers: {} };
    const path = file('answers.json', JSON.stringify(answers));
    const { code, out, err } = tcplab(['grade', join('exercises', name), '--answers', path]);
    assert.equal(code, 0, name + err);
    const verdict = JSON.parse(out);
    assert.equal(verdict.exercise, exercise.id);
    assert.equal(verdict.seed, 3);
    assert.equal(verdict.score, 0);
    assert.ok(verdict.max > 0);
    assert.equal(
      tcplab(['grade', join('exercises', name), '--answers', '-'], { input: JSON.stringify(answers) }).out,
      out,
    );
  }
});

test('grade: each of several answers files has the verdict that it has alone, on a line in their order', () => {
  const path = join('exercises', '03-close-states.json');
  const { id, rev } = JSON.parse(readFileSync(join(root, path), 'utf8'));
  const answersFor = (seed, answers) =>
    JSON.stringify({ format: 'tcplab-answers/1', exercise: id, rev, seed, answers });
  const keyOf = (seed) => JSON.parse(tcplab(['answers', path, '--seed', `${seed}`]).out);
  const [five, two] = [keyOf(5), keyOf(2)];
  const ann = file('ann.json', answersFor(5, five.answers));
  const bob = file('bob.json', answersFor(2, two.mutants[0].answers));
  const eve = file('eve.json', answersFor(5, five.mutants[0].answers));
  const { code, out, err } = tcplab(['grade', path, '--answers', ann, bob, eve]);
  assert.equal(code, 0, err);
  const lines = out.trimEnd().split('\n');
  assert.equal(lines.length, 3);
  for (const [i, name] of [ann, bob, eve].entries()) {
    const { file: told, ...verdict } = JSON.parse(lines[i]);
    assert.equal(told, name);
    assert.deepEqual(verdict, JSON.parse(tcplab(['grade', path, '--answers', name]).out));
  }
});

/** The cells of a table as RFC 4180 has them. */
function cellsOf(csv) {
  const rows = [[]];
  const cell = /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r\n)/gy;
  for (const [, text, end] of csv.matchAll(cell)) {
    rows.at(-1).push(text.startsWith('"') ? text.slice(1, -1).replaceAll('""', '"') : text);
    if (end !== ',') rows.push([]);
  }
  assert.deepEqual(rows.pop(), [], 'every row ends with CRLF');
  return rows;
}

test('grade --csv: a row for each question of each file, with points, ideas and problems', () => {
  const path = join('exercises', exercises[0]);
  const { id, rev, questions } = JSON.parse(readFileSync(join(root, path), 'utf8'));
  const answersOf = (answers, more = {}) =>
    JSON.stringify({ format: 'tcplab-answers/1', exercise: id, rev, seed: 3, answers, ...more });
  const { answers: right } = JSON.parse(tcplab(['answers', path, '--seed', '3']).out);
  const ann = file('ann.json', answersOf(right));
  const both = { client: 'ESTABLISHED', server: 'ESTABLISHED' };
  const bob = file('bob, "the 2nd".json', answersOf({ connect: both }));
  const eve = file('eve.json', answersOf({}, { exercise: 'another' }));
  const odd = file('odd.json', answersOf({ connect: { client: 'OPEN', server: 'LISTEN' } }));
  assert.match(cellsOf(tcplab(['grade', path, '--csv', '--answers', odd]).out)[1][6], /^client: found "OPEN"/);
  const { code, out, err } = tcplab(['grade', path, '--csv', '--answers', ann, bob, eve]);
  assert.equal(code, 1);
  const [head, ...rows] = cellsOf(out);
  assert.deepEqual(head, ['file', 'question', 'points', 'of', 'ideas', 'earlier_ideas', 'problem']);
  const ids = questions.map((question) => question.id);
  assert.deepEqual(
    rows.slice(0, ids.length),
    ids.map((name) => [ann, name, '2', '2', '', '', '']),
  );
  assert.deepEqual(
    rows.slice(ids.length, 2 * ids.length),
    ids.map((name) => [bob, name, '0', '2', name === 'connect' ? 'M56 M08' : '', '', '']),
  );
  assert.equal(rows.length, 2 * ids.length + 1);
  const [name, question, points, of, ideas, before, problem] = rows.at(-1);
  assert.deepEqual([name, question, points, of, ideas, before], [eve, '', '', '', '', '']);
  assert.match(problem, /: \/exercise: these answers are for exercise "another"/);
  assert.ok(err.includes(problem));
});

test('grade --csv: one file, parts of an explain, half points; nothing that is not marked', () => {
  const path = join('exercises', '06-explain-time-wait.json');
  const { id, rev, questions } = JSON.parse(readFileSync(join(root, path), 'utf8'));
  const { answers } = JSON.parse(tcplab(['answers', path, '--seed', '3']).out);
  const input = JSON.stringify({
    format: 'tcplab-answers/1',
    exercise: id,
    rev,
    seed: 3,
    answers: { explain: { claim: answers.explain.claim, words: 'So.' } },
    tries: { 'explain/claim': 2 },
  });
  const { code, out, err } = tcplab(['grade', path, '--csv', '--answers', '-'], { input });
  assert.equal(code, 0, err);
  // Five slots, right at a second try whose first is not told: half of five. A say has no points.
  const parts = questions[0].parts.filter((part) => part.kind !== 'say');
  assert.deepEqual(
    cellsOf(out)
      .slice(1)
      .map(([name, question, points, of]) => [name, question, points, of]),
    [
      ['standard input', 'explain/claim', '2.5', '5'],
      ['standard input', 'explain/evidence', '0', '6'],
      ['standard input', 'explain/lost-ack', '0', '6'],
      ['standard input', 'explain/old-data', '0', '6'],
    ],
  );
  assert.equal(parts.length, 4);
});

test('grade --csv: what earlier answers fitted is told; a file that cannot be read costs nobody else a row', () => {
  const path = join('exercises', exercises[0]);
  const { id, rev, questions } = JSON.parse(readFileSync(join(root, path), 'utf8'));
  const { answers } = JSON.parse(tcplab(['answers', path, '--seed', '3']).out);
  const both = { client: 'ESTABLISHED', server: 'ESTABLISHED' };
  const mended = { format: 'tcplab-answers/1', exercise: id, rev, seed: 3, answers: {}, earlier: { connect: [both] } };
  // Alone: an idea that another answer refutes is nobody's.
  mended.answers = { connect: answers.connect };
  const ann = file('mended.json', JSON.stringify(mended));
  const missing = join(folder, 'gone.json');
  const { code, out } = tcplab(['grade', path, '--csv', '--answers', missing, ann]);
  assert.equal(code, 3);
  const [, gone, connect, ...others] = cellsOf(out);
  assert.deepEqual(gone, [missing, '', '', '', '', '', `${missing}: cannot be read: No such file or directory`]);
  assert.deepEqual(connect, [ann, 'connect', '1', '2', '', 'M08 M56', '']);
  assert.equal(others.length, questions.length - 1);
});

test('grade --csv: no cell is a formula to a spreadsheet', () => {
  const path = join('exercises', exercises[0]);
  const { id, rev } = JSON.parse(readFileSync(join(root, path), 'utf8'));
  const input = JSON.stringify({ format: 'tcplab-answers/1', exercise: id, rev, seed: 3, answers: {} });
  for (const name of ['=1+1.json', '+1.json', '-1.json', '@SUM(A1).json']) {
    writeFileSync(join(folder, name), input);
    const { code, out, err } = tcplab(['grade', join(root, path), '--csv', `--answers=./${name}`], { cwd: folder });
    assert.equal(code, 0, err);
    assert.equal(cellsOf(out)[1][0], `./${name}`);
    const bare = tcplab(['grade', join(root, path), '--csv', `--answers=${name}`], { cwd: folder });
    assert.equal(bare.code, 0, bare.err);
    assert.equal(cellsOf(bare.out)[1][0], `'${name}`);
  }
});

test('grade: a variant that students are not given is warned of, and graded', () => {
  const path = join('exercises', '03-close-states.json');
  const { id, rev, variants = 200 } = JSON.parse(readFileSync(join(root, path), 'utf8'));
  for (const [seed, warned] of [
    [0, true],
    [1, false],
    [variants, false],
    [variants + 1, true],
  ]) {
    const answers = { format: 'tcplab-answers/1', exercise: id, rev, seed, answers: {} };
    const { code, out, err } = tcplab(['grade', path, '--answers', file('far.json', JSON.stringify(answers))]);
    assert.equal(code, 0, err);
    assert.equal(JSON.parse(out).seed, seed);
    const warning = new RegExp(
      `far\\.json: /seed: warning: students are given the variants 1 to ${variants}, not ${seed}\n$`,
    );
    if (warned) assert.match(err, warning);
    else assert.equal(err, '');
  }
});

test('grade --help says what a wrong pick costs', () => {
  assert.match(tcplab(['grade', '--help']).out, /A wrong pick costs what right ones earn/);
});

test('answers lists what is right as well, and grade takes each of it', () => {
  const path = join('exercises', '06-explain-time-wait.json');
  const { rev, seed, answers, also } = JSON.parse(tcplab(['answers', path]).out);
  const { evidence } = answers.explain;
  const others = also.explain.evidence;
  assert.equal(others.length, evidence.length);
  assert.ok(others.flat().length > 0);
  assert.equal(also.explain.claim, undefined);
  others.forEach((numbers, need) => {
    for (const number of numbers) {
      const picks = evidence.with(need, number);
      const given = { format: 'tcplab-answers/1', exercise: '06-explain-time-wait', rev, seed };
      given.answers = { explain: { evidence: picks } };
      const { out } = tcplab(['grade', path, '--answers', '-'], { input: JSON.stringify(given) });
      assert.equal(JSON.parse(out).questions[0].parts[0].correct, true, `${picks}`);
    }
  });
  assert.match(tcplab(['answers', '--help']).out, /also the others/);
});

test('check tells of a fault that strikes nothing before what does not come of it', () => {
  const { err } = tcplab(['check', 'tests/unit/exercise/malformed/fault-strikes-nothing.json']);
  assert.match(err, /^\S+: \/scenario\/faults\/0: warning: no segment matches.*wanted: "SYN", seen: "SYN ACK"\n/);
  assert.match(err, /\n\S+: \/questions\/0\/pause: no event of the run matches/);
});

test('grade: of several answers files a wrong one costs no other, and the exit code tells of it', () => {
  const path = join('exercises', exercises[0]);
  const { id, rev } = JSON.parse(readFileSync(join(root, path), 'utf8'));
  const answers = { format: 'tcplab-answers/1', exercise: id, rev, seed: 3, answers: {} };
  const right = file('right.json', JSON.stringify(answers));
  const other = file('other.json', JSON.stringify({ ...answers, exercise: 'another' }));
  const { code, out, err } = tcplab(['grade', path, '--answers', other, right]);
  assert.equal(code, 1);
  assert.match(err, /other\.json:1:\d+: \/exercise: these answers are for exercise "another"/);
  const [first, second] = out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  assert.equal(first.problems[0].pointer, '/exercise');
  assert.equal(second.score, 0);
  assert.equal(tcplab(['grade', path, '--answers', right, '-', '-'], { input: '' }).code, 2);
});

test('grade: a file may say how its answers came about', () => {
  const path = join('exercises', exercises[0]);
  const { id, rev, questions } = JSON.parse(readFileSync(join(root, path), 'utf8'));
  const answers = { format: 'tcplab-answers/1', exercise: id, rev, seed: 3, answers: {} };
  const step = questions[0].id;
  const about = { engine: '1.0.0', tries: { [step]: 2 }, revealed: { [step]: true } };
  for (const hints of [2, { [step]: 1 }]) {
    const input = JSON.stringify({ ...answers, ...about, hints });
    assert.equal(tcplab(['grade', path, '--answers', '-'], { input }).code, 0);
  }
  const input = JSON.stringify({ ...answers, tries: { a: 'twice' } });
  assert.match(tcplab(['grade', path, '--answers', '-'], { input }).err, /: \/tries\/a: /);
  const misspelt = JSON.stringify({ ...answers, revealed: { [`${step}-x`]: true } });
  const { code, err } = tcplab(['grade', path, '--answers', '-'], { input: misspelt });
  assert.equal(code, 1);
  assert.match(err, new RegExp(`nothing to answer is called "${step}-x" \\(did you mean "${step}"`));
});

test('grade and answers refuse an exercise that is wrong, and blame no other file', () => {
  const exercise = JSON.parse(readFileSync(join(root, 'exercises/01-handshake-states.json'), 'utf8'));
  exercise.questions[0].hosts = ['sever'];
  const path = join(folder, 'wrong-host.json');
  writeFileSync(path, JSON.stringify(exercise));
  const input = JSON.stringify({
    format: 'tcplab-answers/1',
    exercise: exercise.id,
    rev: exercise.rev,
    seed: 3,
    answers: {},
  });
  for (const args of [
    ['grade', path, '--answers', '-'],
    ['answers', path, '--seed', '3'],
  ]) {
    const { code, out, err } = tcplab(args, { input });
    assert.equal(code, 1);
    assert.equal(out, '');
    assert.match(err, /wrong-host\.json:1:\d+: \/questions\/0\/hosts\/0: no host is called "sever"/);
  }
});

test('check warns of what a scenario says in vain', () => {
  const scenario = JSON.parse(readFileSync(join(root, 'exercises/scenarios/handshake-data-close.json'), 'utf8'));
  scenario.faults = [{ match: { flags: 'URG' }, do: 'drop' }];
  scenario.script.push({ when: { host: 'client', state: 'CLOSING' }, host: 'client', do: 'close', socket: 'sokket' });
  const path = join(folder, 'in-vain.json');
  writeFileSync(path, JSON.stringify(scenario));
  const { code, err } = tcplab(['check', path]);
  assert.equal(code, 0);
  assert.match(err, /\/faults\/0: warning: no segment matches this fault/);
  assert.match(err, /\/when: warning: this state is not reached/);
  assert.match(err, /\/socket: warning: no socket is called "sokket" \(did you mean "socket"\?\)/);
  assert.equal(tcplab(['check', '--strict', path]).code, 1);
});

test('grade: answers that are not answers to this exercise are refused', () => {
  if (exercises.length === 0) return;
  const path = join('exercises', exercises[0]);
  const { id, rev } = JSON.parse(readFileSync(join(root, path), 'utf8'));
  const answers = { format: 'tcplab-answers/1', exercise: id, rev, seed: 3, answers: {} };
  const bad = [
    '',
    '[]',
    JSON.stringify({ ...answers, exercise: 'another' }),
    JSON.stringify({ ...answers, answers: { 'no-such-question': 1 } }),
    JSON.stringify({ ...answers, score: 100 }),
  ];
  for (const text of bad) {
    const { code, out, err } = tcplab(['grade', path, '--answers', '-'], { input: text });
    assert.equal(code, 1, text);
    assert.equal(out, '');
    assert.match(err, /^standard input:\d+:\d+: /);
  }
  const another = tcplab(['grade', path, '--answers', '-', '--seed', '4'], { input: JSON.stringify(answers) });
  assert.equal(another.code, 1);
  assert.equal(tcplab(['grade', join(folder, 'missing.json'), '--answers', '-'], { input: '' }).code, 3);
});

test('a word that is no command is told with the nearest one', () => {
  const { code, out, err } = tcplab(['chek', 'x']);
  assert.equal(code, 2);
  assert.equal(out, '');
  assert.match(err, /no command is called "chek" \(did you mean "check"\?\); allowed: "run", "grade", "check", /);
  assert.match(tcplab(['fly']).err, /no command is called "fly"; allowed: /);
});

test('run takes an exercise: the scenario of the variant that the seed makes', () => {
  const exercise = join('exercises', exercises[0]);
  const events = (seed) => {
    const { code, out, err } = tcplab(['run', exercise, '--seed', seed, '--trace', '-']);
    assert.equal(code, 0, err);
    return out;
  };
  assert.equal(events('7'), events('7'));
  assert.notEqual(events('7'), events('8'));
  const { answers } = JSON.parse(tcplab(['answers', exercise, '--seed', '7']).out);
  assert.ok(Object.keys(answers).length > 0);
  const broken = file('broken-exercise.json', '{"format": "tcplab-exercise/1"}');
  const { code, err } = tcplab(['run', broken]);
  assert.equal(code, 1);
  assert.match(err, /broken-exercise\.json:1:1: missing key "id" in exercise/);
});

test('check says that more is checked once the errors of a stage are mended', () => {
  const wait = /further checks wait until these are mended\n$/;
  const written = JSON.parse(readFileSync(join('exercises', exercises[0]), 'utf8'));
  const broken = [
    { ...written, extra: true }, // its shape
    { ...written, teaches: ['M01', 'M01'] }, // its texts
    { ...written, scenario: { ...written.scenario, script: [] } }, // its run
  ];
  for (const exercise of broken) {
    const { code, err } = tcplab(['check', file('stage.json', JSON.stringify(exercise)), '--seeds', '1']);
    assert.equal(code, 1);
    assert.match(err, wait);
  }
  assert.doesNotMatch(tcplab(['check', wrong]).err, wait);
});

test('a file that is for another command is told so', () => {
  const exercise = join('exercises', exercises[0]);
  const scenario = join(scenarios, 'rfc9293-figure-06.json');
  const answers = file('some.answers.json', JSON.stringify({ format: 'tcplab-answers/1', answers: {} }));
  const wrongs = [
    [['run', answers], 'answers to an exercise', 'a scenario', 'tcplab grade EXERCISE'],
    [['answers', scenario], 'a scenario', 'an exercise', 'tcplab run FILE'],
    [['grade', answers, '--answers', exercise], 'answers to an exercise', 'an exercise', 'tcplab grade EXERCISE'],
    [['grade', exercise, '--answers', scenario], 'a scenario', 'answers to an exercise', 'tcplab run FILE'],
  ];
  for (const [args, found, allowed, command] of wrongs) {
    const { code, out, err } = tcplab(args);
    assert.equal(code, 1, args.join(' '));
    assert.equal(out, '');
    assert.match(
      err,
      new RegExp(`:\\d+:\\d+: /format: this file holds ${found}; allowed: ${allowed}\\. For .*${command}`),
    );
  }
});

test('check: answers, too, are told which command takes them', () => {
  const answers = file('my.answers.json', JSON.stringify({ format: 'tcplab-answers/1', answers: {} }));
  const { code, err } = tcplab(['check', answers]);
  assert.equal(code, 1);
  assert.match(
    err,
    /: \/format: this file holds answers to an exercise; allowed: a scenario or an exercise\. For .*tcplab grade EXERCISE/,
  );
});

test('what "tcplab answers" prints is told from answers, by every command', () => {
  const exercise = join('exercises', exercises[0]);
  const key = file('key.json', tcplab(['answers', exercise]).out);
  const wrongs = [
    [['grade', exercise, '--answers', key], 'answers to an exercise'],
    [['grade', key, '--answers', key], 'an exercise'],
    [['answers', key], 'an exercise'],
    [['run', key], 'a scenario'],
    [['check', key], 'a scenario or an exercise'],
  ];
  for (const [args, allowed] of wrongs) {
    const { code, err } = tcplab(args);
    assert.equal(code, 1, args.join(' '));
    assert.match(err, new RegExp(`:1:1: this file holds what "tcplab answers" prints; allowed: ${allowed}\n`));
  }
});

test('problems that are not listed are counted', () => {
  const script = Array.from({ length: 30 }, () => ({ do: 'close', at: 'x', host: 'A' }));
  const many = file('many-problems.json', JSON.stringify({ ...JSON.parse(handshake), script }));
  const lines = tcplab(['run', many]).err.trimEnd().split('\n');
  assert.equal(lines.length, 51);
  assert.match(lines.at(-1), /many-problems\.json: and 10 more$/);
});

test('grade: --help says what the points mean', () => {
  const help = tcplab(['grade', '--help']).out;
  for (const word of ['max', 'score', 'half_points']) assert.match(help, new RegExp(`\\b${word}\\b`));
});

test('check: a file that is named twice is one file', () => {
  const path = join('exercises', exercises[0]);
  const link = join(folder, 'link.json');
  symlinkSync(join(root, path), link);
  const { code, out, err } = tcplab(['check', path, path, `./exercises/../${path}`, link, '--seeds', '1']);
  assert.equal(code, 0, err);
  assert.match(out, /^1 of 1 file is right$/m);
  const copy = file('copy.json', readFileSync(join(root, path), 'utf8'));
  assert.match(tcplab(['check', path, copy, '--seeds', '1']).err, /copy\.json:\d+:\d+: \/id: .* is also the id of /);
});

test('text in another encoding than UTF-8 is told how to be saved', () => {
  const chinese = handshake.replace(/"zh": "[^"]*"/, '"zh": "\u63e1\u624b"');
  const gbk = Buffer.concat(
    chinese
      .split('\u63e1\u624b')
      .flatMap((part, i) => [...(i > 0 ? [Buffer.from([0xce, 0xd5, 0xca, 0xd6])] : []), Buffer.from(part)]),
  );
  const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(chinese, 'utf16le')]);
  for (const text of [gbk, utf16, utf16.subarray(2), Buffer.from(`\ufeff${chinese}`)]) {
    const { code, err } = tcplab(['check', file('encoded.json', text)]);
    assert.equal(code, 1);
    assert.match(err, /save it as UTF-8/);
  }
});

test('a link to nowhere is told of by its name, and the rest of the folder is checked', () => {
  const below = join(folder, 'links');
  mkdirSync(below);
  writeFileSync(join(below, 'good.json'), handshake);
  symlinkSync(join(below, 'nowhere'), join(below, 'gone.json'));
  symlinkSync(join(below, 'nowhere'), join(below, 'notes.txt'));
  const { code, out, err } = tcplab(['check', below]);
  assert.equal(code, 3);
  assert.match(err, /^\S+gone\.json: cannot be read: No such file or directory\n$/);
  assert.match(out, /1 of 2 files are right/);
});

test('a wrong option leads to the help of its command', () => {
  assert.match(tcplab(['grade', '--seeds', '3']).err, /Run tcplab grade --help/);
  assert.match(tcplab(['--nothing']).err, /Run tcplab --help/);
});

test('a mutant that only numbers events otherwise has no other answers', () => {
  const { out } = tcplab(['answers', 'exercises/06-explain-time-wait.json']);
  const { answers, mutants } = JSON.parse(out);
  const withoutPicks = (value) =>
    Array.isArray(value)
      ? 'picks'
      : value && typeof value === 'object'
        ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withoutPicks(inner)]))
        : value;
  for (const { mutant, answers: other } of mutants) {
    for (const id of Object.keys(other)) {
      assert.notDeepEqual(withoutPicks(other[id]), withoutPicks(answers[id]), `${mutant}: ${id}`);
    }
  }
});

test('rubric measures rules against labelled answers, and refuses what is neither', () => {
  const rules = join(root, 'exercises/rubrics/06-explain-time-wait.json');
  const labelled = join(root, 'tests/rubrics/06-explain-time-wait.labelled.json');
  const report = tcplab(['rubric', rules, labelled]);
  assert.equal(report.code, 0, report.err);
  assert.match(report.out, /^\| all \| \d+ \| \d+ \| [01]\.\d\d \| [01]\.\d\d \| [01]\.\d\d \|$/m);
  assert.ok(report.out.indexOf('## Held out') < report.out.indexOf('## Tuned'));
  const other = tcplab(['rubric', labelled, rules]);
  assert.equal(other.code, 1);
  assert.match(other.err, /this file holds labelled answers; allowed: rules for a free text/);
  assert.equal(tcplab(['rubric', rules]).code, 2);
  assert.equal(tcplab(['rubric', '-', '-']).code, 2);
  assert.equal(tcplab(['rubric', rules, join(folder, 'nowhere-at-all.json')]).code, 3);
  const lost = file('rubric.json', readFileSync(rules, 'utf8').replace('"lost": [', '"lots": ['));
  const refused = tcplab(['check', lost]);
  assert.equal(refused.code, 1);
  assert.match(refused.err, /no set of words is called "lost" \(did you mean "lots"\?\)/);
});

test('check --matrix: which misconceptions an exercise can show, by which mutant, on how many variants', () => {
  const spot = 'tests/unit/exercise/one-thing-wrong.json';
  const { code, out } = tcplab(['check', '--matrix', spot]);
  assert.equal(code, 0);
  // The client of this mutant passes through SYN_RCVD in every variant.
  assert.match(out, /^M07\n {2}one-thing-wrong +20 of 20, taught: as declared, client_via_syn_rcvd$/m);
  // Where its number is what was forged, its believer sees nothing wrong there but behind.
  assert.match(out, /^M01\n {2}one-thing-wrong +\d+ of 20, taught: syn_takes_no_number$/m);

  const list = JSON.parse(tcplab(['check', '--matrix', '--json', '--seeds', '3', spot]).out);
  const entry = list.find(({ misconception }) => misconception === 'M07');
  assert.deepEqual(entry, {
    misconception: 'M07',
    exercise: 'one-thing-wrong',
    taught: true,
    variants: 3,
    shown: 3,
    by_mutant: { client_via_syn_rcvd: 3 },
    declared: 3,
    rare: false,
  });
  assert.equal(tcplab(['check', '--json', spot]).code, 2);

  const whole = JSON.parse(readFileSync(join(root, spot), 'utf8'));
  whole.teaches = [...whole.teaches, 'M33'];
  const rare = tcplab(['check', '--matrix', file('rare.json', JSON.stringify(whole))]);
  assert.match(rare.out, /fewer than 95 %.*:\n {2}M33 {2}one-thing-wrong +0 of 20, taught: nothing shows it\n$/);
});
