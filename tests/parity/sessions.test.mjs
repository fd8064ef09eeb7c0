// Sessions through the module's functions: what the page does, and what it must survive.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exercises, loadEngine, native, ok, scenarios } from './engine.mjs';

const engine = await loadEngine();

const scenario = JSON.stringify({
  format: 'tcplab-scenario/1',
  hosts: [
    { name: 'client', address: '10.0.0.1' },
    { name: 'server', address: '10.0.0.2' },
  ],
  script: [
    { at: '0', host: 'server', do: 'listen', port: 80 },
    { at: '10ms', host: 'client', do: 'connect', to: 'server:80' },
  ],
});

const open = (text = scenario, seed = 1) => ok(engine.open(text, seed)).session;
const all = 1_000_000;
const trace = (session) => engine.trace(session, 0, all);
const act = (session, action, t) => ok(engine.act(session, JSON.stringify(action), t));
const problemsOf = (json) => {
  const { problems } = JSON.parse(json);
  assert.ok(Array.isArray(problems) && problems.length > 0, json.slice(0, 200));
  for (const problem of problems) assert.match(problem.message.zh, /\p{Script=Han}/u);
  return problems;
};

test('act, undo and export: the exported scenario replays to the same trace, here and natively', () => {
  const session = open();
  ok(engine.run_until(session, 40_000, 100));
  const before = trace(session);
  const [flight] = ok(engine.status(session)).in_flight;
  const after = act(session, { do: 'drop', segment: flight.id, copy: flight.copy }, 45_000);
  assert.equal(after.actions, 1);
  assert.equal(after.in_flight.length, 0);
  ok(engine.undo(session));
  assert.equal(trace(session), before);
  problemsOf(engine.undo(session));

  act(session, { do: 'hold', segment: flight.id }, 45_000);
  act(session, { do: 'release', segment: flight.id }, 500_000);
  act(session, { do: 'close', host: 'client', socket: 'socket' }, 3_000_000);
  while (!ok(engine.step(session, 1000)).ended);
  const exported = engine.export_scenario(session);
  const again = open(exported);
  while (!ok(engine.step(again, 1000)).ended);
  assert.equal(trace(again), trace(session));
  const lines = native(['run', '-', '--trace', '-', '--seed', '1'], { input: exported });
  assert.equal(`[${lines.trimEnd().split('\n').join(',')}]`, trace(session));
});

test('fork: a branch that leaves the original alone', () => {
  const session = open();
  ok(engine.run_until(session, 1_000_000, 100));
  const whole = trace(session);
  const { session: branch } = ok(engine.fork(session, 2));
  assert.ok(whole.startsWith(trace(branch).slice(0, -1)));
  act(branch, { do: 'drop', segment: 1 }, 20_000);
  ok(engine.run_until(branch, 1_000_000, 100));
  assert.notEqual(trace(branch), whole);
  assert.equal(trace(session), whole);
  engine.close(branch);
  problemsOf(engine.status(branch));
});

test('trace since, variables, catalogue', () => {
  const session = open();
  ok(engine.run_until(session, 1_000_000, 100));
  const events = JSON.parse(trace(session));
  assert.deepEqual(JSON.parse(engine.trace(session, 5, all)), events.slice(5));
  assert.deepEqual(JSON.parse(engine.trace(session, 5, 3)), events.slice(5, 8));
  assert.deepEqual(JSON.parse(engine.trace(session, 1_000_000, all)), []);
  const change = events.find((event) => event.kind === 'state' && event.from === 'SYN_SENT');
  const variables = JSON.parse(engine.variables(session, change.n));
  assert.equal(variables.before.state, 'SYN_SENT');
  assert.equal(variables.after.state, 'ESTABLISHED');
  assert.equal(variables.after['snd.una'], (variables.before['snd.una'] + 1) % 2 ** 32);
  assert.equal(JSON.parse(engine.variables(session, 1_000_000)), null);
  const catalogue = JSON.parse(engine.catalogue());
  assert.equal(catalogue.states.length, 11);
  assert.ok(catalogue.transitions.some((row) => row.id === 'listen-syn_rcvd'));
});

test('what is wrong is told, never thrown', () => {
  for (const text of ['', 'null', '{', '[1, 2', '"\u0000"', '{"format": "tcplab-scenario/2"}', '\ud800']) {
    problemsOf(engine.open(text, 1));
    problemsOf(engine.exercise(text, 1));
    problemsOf(engine.check(text, 1));
    problemsOf(engine.grade(exercises()[0].text, 1, text));
  }
  const session = open();
  for (const action of ['', '{}', '{"do": "fly"}', '{"do": "close", "host": "nobody", "socket": "x"}']) {
    problemsOf(engine.act(session, action, 0));
  }
  problemsOf(engine.step(99_999, 1));
  problemsOf(engine.fork(99_999, 1));
  problemsOf(JSON.stringify(JSON.parse(engine.act(99_999, '{}', 0))));
  assert.equal(ok(engine.status(session)).actions, 0);
});

test('numbers that are none: the nearest that is', () => {
  const session = open();
  for (const t of [NaN, -1, -Infinity]) ok(engine.run_until(session, t, 10));
  assert.equal(ok(engine.status(session)).now, 0);
  ok(engine.run_until(session, Infinity, 4_000_000_000));
  assert.equal(ok(engine.status(session)).ended, true);
  for (const seed of [NaN, -1, 1e300, 0.5]) engine.close(open(scenario, seed));
});

test('hostile input: too large, too deep, too long is refused and does no harm', () => {
  const huge = 'x'.repeat(100 * 1024 * 1024);
  problemsOf(engine.open(huge, 1));
  problemsOf(engine.open(JSON.stringify({ format: huge }), 1));
  problemsOf(engine.exercise(huge, 1));
  problemsOf(engine.grade(exercises()[0].text, 1, huge));
  const deep = '['.repeat(1_000_000);
  problemsOf(engine.open(deep, 1));
  problemsOf(engine.open('{"a":'.repeat(1_000_000), 1));
  problemsOf(engine.act(open(), deep, 0));
  const many = JSON.stringify({
    ...JSON.parse(scenario),
    script: Array.from({ length: 10_000 }, () => ({ at: '0', host: 'client', do: 'send', socket: 's', bytes: 65536 })),
  });
  problemsOf(engine.open(many, 1));
  // And the module is as it was.
  const session = open();
  ok(engine.run_until(session, 1_000_000, 100));
  assert.ok(JSON.parse(trace(session)).length > 10);
});

test('an endless scenario ends, in calls that are bounded', () => {
  const text = scenarios().find(({ name }) => name === 'endless')?.text;
  assert.ok(text, 'exercises/scenarios/endless.json');
  const session = open(text);
  let calls = 0;
  let status;
  do status = ok(engine.step(session, 10_000));
  while (!status.ended && ++calls < 100);
  assert.equal(status.end_reason, 'limit');
  problemsOf(engine.act(session, '{"do": "drop", "segment": 1}', 0));
});
