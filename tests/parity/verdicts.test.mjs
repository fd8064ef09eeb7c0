// Witnesses and chaffs of every exercise get the same verdict natively and in WebAssembly.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { exercises, loadEngine, native, ok, runToEnd } from './engine.mjs';

const engine = await loadEngine();
const folder = mkdtempSync(join(tmpdir(), 'tcplab-parity-'));
after(() => rmSync(folder, { recursive: true }));

const placeholder = /\$\{(\w+)\}/g;

/** The parameters' values for "${name}", in texts and keys; sums are added up modulo 2^32. */
function filled(value, params) {
  if (Array.isArray(value)) return value.map((item) => filled(item, params));
  if (value !== null && typeof value === 'object') {
    const entries = Object.entries(value);
    return Object.fromEntries(entries.map(([k, v]) => [filled(k, params), filled(v, params)]));
  }
  if (typeof value !== 'string') return value;
  const whole = /^\$\{(\w+)\}$/.exec(value);
  if (whole) return params[whole[1]];
  const text = value.replace(placeholder, (_, name) => String(params[name]));
  if (text === value || !/^\d+( [+-] \d+)*$/.test(text)) return text;
  const terms = text.replaceAll('- ', '-').replaceAll('+ ', '').split(' ').map(Number);
  return ((terms.reduce((a, b) => a + b, 0) % 2 ** 32) + 2 ** 32) % 2 ** 32;
}

/** The numbers of the events that the matches of a `pick` describe. */
function picked(matches, events) {
  const fits = (match, event) =>
    Object.entries(match).every(([key, value]) => {
      const found = key in event ? event[key] : event.segment?.[key];
      return found === value;
    });
  return matches.map((match) => events.find((event) => fits(match, event))?.n ?? 0);
}

/** An answer as a student's page would send it: events by number. */
function asSent(answer, events) {
  if (Array.isArray(answer)) {
    const isPick = answer.length > 0 && answer.every((item) => item !== null && typeof item === 'object' && !item.do);
    return isPick ? picked(answer, events) : answer;
  }
  if (answer === null || typeof answer !== 'object') return answer;
  return Object.fromEntries(Object.entries(answer).map(([k, v]) => [k, asSent(v, events)]));
}

function verdicts(file, seed, exercise, answers) {
  const path = join(folder, 'answers.json');
  const attempt = { format: 'tcplab-answers/1', exercise: exercise.id, rev: exercise.rev, seed, answers };
  writeFileSync(path, JSON.stringify(attempt));
  const fromNative = JSON.parse(native(['grade', file, '--answers', path]));
  return [fromNative, ok(engine.grade(exercise.source, seed, JSON.stringify(answers)))];
}

for (const { name, path, text } of exercises()) {
  test(`exercise ${name}`, () => {
    const written = JSON.parse(text);
    for (const seed of [1, 2, 3, 77]) {
      const { exercise } = ok(engine.exercise(text, seed));
      exercise.source = text;
      const scenario =
        typeof exercise.scenario === 'string' ? exercise.scenario : JSON.stringify(exercise.scenario);
      const session = runToEnd(engine, scenario, seed);
      const events = JSON.parse(engine.trace(session, 0));
      engine.close(session);
      const send = (answers) => asSent(filled(answers, exercise.params), events);

      const [a, b] = verdicts(path, seed, exercise, send(written.witness));
      assert.equal(JSON.stringify(a), JSON.stringify(b), `witness, seed ${seed}`);
      assert.equal(a.score, a.max, `the witness passes, seed ${seed}: ${JSON.stringify(a)}`);
      for (const chaff of written.chaffs) {
        const [c, d] = verdicts(path, seed, exercise, send(chaff.answers));
        assert.equal(JSON.stringify(c), JSON.stringify(d), `${chaff.about}, seed ${seed}`);
      }
    }
  });
}

test('an answers file of nonsense is refused by both', () => {
  const [first] = exercises();
  const path = join(folder, 'nonsense.json');
  for (const nonsense of ['', '[]', '{"no": "such question"}', '{"x": 1e999}']) {
    writeFileSync(path, nonsense);
    native(['grade', first.path, '--answers', path], { code: 1 });
    assert.ok(JSON.parse(engine.grade(first.text, 1, nonsense)).problems.length > 0, nonsense);
  }
});
