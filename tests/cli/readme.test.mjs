// What README.md says of the command, the format and the page is so.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, test } from 'node:test';

const root = new URL('../..', import.meta.url).pathname;
const command = resolve(root, process.env.TCPLAB ?? 'build/native/tcplab');
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'tcplab-readme-'));
after(() => rmSync(folder, { recursive: true }));

function run(line) {
  const words = line.split(' ').map((word) => (/^(exercises|tests)/.test(word) ? join(root, word) : word));
  return spawnSync(command, words, { cwd: folder, encoding: 'utf8' });
}

test('its commands run', () => {
  const answers = { format: 'tcplab-answers/1', exercise: '01-handshake-states', rev: 1, seed: 1, answers: {} };
  const { rev } = JSON.parse(readFileSync(join(root, 'exercises/01-handshake-states.json'), 'utf8'));
  writeFileSync(join(folder, 'my-answers.json'), JSON.stringify({ ...answers, rev }));
  const lines = [...readme.matchAll(/^ {4}tcplab (.*?) *(?:#.*)?$/gm)].map(([, line]) => line);
  assert.ok(lines.length >= 7, String(lines.length));
  for (const line of lines) {
    const { status, stderr } = run(
      line
        .replace('SCENARIO', 'exercises/scenarios/handshake-data-close.json')
        .replace('EXERCISE', 'exercises/01-handshake-states.json')
        .replace('RULES', 'exercises/rubrics/06-explain-time-wait.json')
        .replace('LABELLED', 'tests/rubrics/06-explain-time-wait.labelled.json')
        .replace('class/*.json', 'my-answers.json my-answers.json'),
    );
    assert.equal(status, 0, `${line}\n${stderr}`);
  }
});

test('the keys of an exercise that it explains are those that the format has', () => {
  const { properties } = JSON.parse(run('schema exercise').stdout);
  const section = readme.split('## Writing an exercise')[1].split('\n## ')[0];
  const items = section
    .split('\n')
    .filter((line) => line.startsWith('- '))
    .join('\n');
  const named = [...`${items}\n${section}`.matchAll(/^- `(\w+)`(?: and `(\w+)`)?/gm)].flatMap(([, a, b]) =>
    b ? [a, b] : [a],
  );
  assert.ok(named.length >= 8, named.join());
  for (const key of named)
    assert.ok(key in properties, `README explains the key "${key}", which the format does not have`);
  const told = new Set([...section.matchAll(/`(\w+)`/g)].map(([, key]) => key));
  for (const key of Object.keys(properties)) {
    if (['$schema', 'format', 'id', 'rev', 'chapter'].includes(key)) continue;
    assert.ok(told.has(key), `README does not explain the key "${key}"`);
  }
});

test('the buttons that it names are on the page', () => {
  const page = ['app', 'exercise', 'lab']
    .map((name) => readFileSync(join(root, `web/src/i18n/${name}.ts`), 'utf8'))
    .join('\n');
  const buttons = [...readme.matchAll(/“([^”]+)”/g)].map(([, text]) => text.replaceAll('\n', ' '));
  assert.ok(buttons.length >= 2);
  for (const button of buttons) assert.ok(page.includes(`'${button}'`), `no text of the page is “${button}”`);
});

test('the files and folders that it names are there', () => {
  const paths = [...readme.matchAll(/`([\w.-]+\/[\w./-]*)`/g)].map(([, path]) => path);
  assert.ok(paths.length > 5);
  for (const path of paths) {
    if (/^(web\/dist|build\/)/.test(path)) continue; // built
    assert.ok(existsSync(join(root, path)), path);
  }
});

const guide = readFileSync(join(root, 'exercises/README.md'), 'utf8');
const samples = [...guide.matchAll(/```json\n([\s\S]*?)```/g)].map(([, sample]) => JSON.parse(sample));

test('the exercises in the README of the exercises are right', () => {
  const exercises = samples.filter(({ format }) => format === 'tcplab-exercise/1');
  assert.equal(exercises.length, 2);
  for (const exercise of exercises) {
    writeFileSync(join(folder, 'my.json'), JSON.stringify(exercise));
    const { status, stderr } = spawnSync(command, ['check', '--strict', join(folder, 'my.json')], { encoding: 'utf8' });
    assert.equal(`${status} ${stderr}`, '0 ');
  }
});

test('its question with all the parts is right in that exercise, and its answers are graded', () => {
  const [exercise, , question, witness, answers] = samples;
  assert.equal(samples.length, 5);
  const both = { ...exercise, questions: [...exercise.questions, question] };
  both.witness = { ...exercise.witness, [question.id]: witness };
  const path = join(folder, 'both.json');
  writeFileSync(path, JSON.stringify(both));
  const checked = spawnSync(command, ['check', '--strict', path], { encoding: 'utf8' });
  assert.equal(`${checked.status} ${checked.stderr}`, '0 ');
  writeFileSync(join(folder, 'answers.json'), JSON.stringify(answers));
  const { status, stderr, stdout } = spawnSync(command, ['grade', path, '--answers', join(folder, 'answers.json')], {
    encoding: 'utf8',
  });
  assert.equal(`${status} ${stderr}`, '0 ');
  assert.equal(JSON.parse(stdout).questions[0].score, 1);
});

test('it names every kind of question, parameter and goal', () => {
  const { definitions } = JSON.parse(run('schema exercise').stdout);
  const told = new Set([...guide.matchAll(/`(\w+)`/g)].map(([, key]) => key));
  const object = (name) => definitions[name].anyOf?.[0] ?? definitions[name];
  const kinds = ['question.templated', 'part.templated'].flatMap((name) => object(name).properties.kind.anyOf[0].enum);
  const keys = ['parameter', 'goal.templated'].flatMap((name) => Object.keys(object(name).properties));
  assert.ok(kinds.length >= 6, kinds.join());
  assert.ok(keys.length >= 14, keys.join());
  for (const key of [...kinds, ...keys]) assert.ok(told.has(key), `exercises/README.md does not tell of "${key}"`);
});

test('the lesson in the README of the lessons is right where it is copied to', () => {
  const lessons = readFileSync(join(root, 'exercises/lessons/README.md'), 'utf8');
  const files = [...lessons.matchAll(/^`(my-lesson\/[\w./]+)`:\n\n```\w+\n([\s\S]*?)```$/gm)];
  assert.equal(files.length, 4);
  mkdirSync(join(folder, 'my-lesson/beats'), { recursive: true });
  for (const [, path, text] of files) writeFileSync(join(folder, path), text);
  const { status, stderr } = spawnSync(command, ['check', '--strict', join(folder, 'my-lesson')], { encoding: 'utf8' });
  assert.equal(`${status} ${stderr}`, '0 ');
});
