// Witnesses and chaffs of every exercise get the same verdict natively and in WebAssembly.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { exercises, loadEngine, native, ok, tcplab } from './engine.mjs';

const engine = await loadEngine();
const folder = mkdtempSync(join(tmpdir(), 'tcplab-parity-'));
after(() => rmSync(folder, { recursive: true }));

/** The answers of this copy's witnesses and chaffs. */
function answersOf(file, seed) {
  const run = spawnSync(join(dirname(tcplab), 'parity_answers'), [file, `${seed}`], { encoding: 'utf8' });
  assert.equal(run.status, 0, `parity_answers ${file} ${seed}`);
  return JSON.parse(run.stdout);
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
      const { witnesses, chaffs } = answersOf(path, seed);

      for (const witness of witnesses) {
        const [a, b] = verdicts(path, seed, exercise, witness);
        assert.equal(JSON.stringify(a), JSON.stringify(b), `witness, seed ${seed}`);
        assert.equal(a.score, a.max, `the witness passes, seed ${seed}: ${JSON.stringify(a)}`);
      }
      assert.equal(chaffs.length, written.chaffs.length);
      for (const [i, chaff] of chaffs.entries()) {
        const [c, d] = verdicts(path, seed, exercise, chaff);
        assert.equal(JSON.stringify(c), JSON.stringify(d), `${written.chaffs[i].about}, seed ${seed}`);
      }
    }
  });
}

test('what an attempt earns comes out the same, whatever its history', () => {
  const path = join(folder, 'attempt.json');
  for (const { path: file, text } of exercises()) {
    const seed = 3;
    const { exercise } = ok(engine.exercise(text, seed));
    const {
      witnesses: [witness],
      chaffs,
    } = answersOf(file, seed);
    const attempt = { format: 'tcplab-answers/1', exercise: exercise.id, rev: exercise.rev, seed };
    // Steps of an explain are told by part.
    const steps = (answers) =>
      exercise.questions.flatMap(({ id, parts }) =>
        answers[id] === undefined
          ? []
          : parts
            ? Object.entries(answers[id]).map(([part, answer]) => [`${id}/${part}`, answer])
            : [[id, answers[id]]],
      );
    const earlier = Object.fromEntries(steps(chaffs[0]).map(([step, answer]) => [step, [answer, null]]));
    const tries = Object.fromEntries(steps(witness).map(([step]) => [step, 2]));
    const revealed = Object.fromEntries(steps(witness).map(([step]) => [step, true]));
    const earned = [{}, { tries }, { earlier, tries }, { earlier, tries, revealed }].map((history) => {
      const written = JSON.stringify({ ...attempt, answers: witness, ...history });
      writeFileSync(path, written);
      const fromNative = JSON.parse(native(['grade', file, '--answers', path]));
      assert.equal(JSON.stringify(ok(engine.grade_file(text, written))), JSON.stringify(fromNative), exercise.id);
      return fromNative.half_points;
    });
    const [full, half, after, copied] = earned;
    assert.equal(full, 2 * exercise.questions.reduce((sum, { points }) => sum + points, 0), exercise.id);
    assert.equal(half, full / 2, exercise.id);
    assert.ok(after >= half && after < full && copied <= after, `${exercise.id}: ${earned}`);
  }
});

test('an answers file of nonsense is refused by both', () => {
  const [first] = exercises();
  const path = join(folder, 'nonsense.json');
  for (const nonsense of ['', '[]', '{"no": "such question"}', '{"x": 1e999}']) {
    writeFileSync(path, nonsense);
    native(['grade', first.path, '--answers', path], { code: 1 });
    assert.ok(JSON.parse(engine.grade(first.text, 1, nonsense)).problems.length > 0, nonsense);
  }
});
