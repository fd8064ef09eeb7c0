// Free text is read alike natively and in WebAssembly: what differs from the labels is the same, answer by answer.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { loadEngine, native, ok, root } from './engine.mjs';

const engine = await loadEngine();
const folder = join(root, 'exercises/rubrics');

for (const name of readdirSync(folder)) {
  test(`rules of ${name}`, () => {
    const rules = join(folder, name);
    const labelled = join(root, 'tests/rubrics', name.replace('.json', '.labelled.json'));
    const text = readFileSync(rules, 'utf8');
    const missed = [];
    for (const answer of JSON.parse(readFileSync(labelled, 'utf8')).answers) {
      for (const { id, outcome, spans } of ok(engine.match_text(text, answer.text)).ideas) {
        const label = answer.found.includes(id)
          ? 'found'
          : (answer.contradicted ?? []).includes(id)
            ? 'contradicted'
            : 'not_found';
        if (label !== outcome) missed.push(`- ${answer.id}, \`${id}\`: ${label}, ${outcome}`);
        assert.equal(spans.length > 0, outcome !== 'not_found');
        for (const [from, to] of spans) assert.ok(from < to && to <= answer.text.length);
      }
    }
    const told = native(['rubric', rules, labelled]).match(/^- .*: \w+, \w+$/gm);
    assert.deepEqual(missed.sort(), told.sort());
  });
}

test('a text that is too long, and rules that are none, are refused in words', () => {
  const text = readFileSync(join(folder, readdirSync(folder)[0]), 'utf8');
  const [long] = JSON.parse(engine.match_text(text, 'a'.repeat(6001))).problems;
  assert.equal(long.message.en, 'the text is too long; allowed: at most 6000 characters');
  assert.equal(JSON.parse(engine.match_text('{}', 'a')).problems.length > 0, true);
});
