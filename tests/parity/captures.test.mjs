// Every scenario gives the same capture natively and in WebAssembly, byte for byte, from every place
// from which one can look.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadEngine, native, ok, runToEnd, scenarios } from './engine.mjs';

const engine = await loadEngine();

test('the test compares something', () => assert.ok(scenarios().length >= 50));

for (const { name, path, text } of scenarios()) {
  test(`capture of ${name}`, () => {
    const session = runToEnd(engine, text, 1);
    for (const host of ['', ...JSON.parse(text).hosts.map((each) => each.name)]) {
      const at = host === '' ? [] : ['--pcap-at', host];
      const expected = native(['run', path, '--seed', '1', '--pcap', '-', ...at], { encoding: 'buffer' });
      const found = engine.capture(session, host);
      assert.ok(found instanceof Uint8Array, found);
      assert.ok(expected.equals(found), `${host || 'everywhere'}: ${expected.length} and ${found.length} bytes`);
    }
    engine.close(session);
  });
}

test('a capture holds what happened until now, and stays as it is when the module goes on', () => {
  const { session } = ok(engine.open(scenarios().find(({ name }) => name === 'lost-fin').text, 1));
  const files = [];
  do files.push(engine.capture(session, 'server'));
  while (!ok(engine.step(session, 1)).ended);
  const whole = Buffer.from(engine.capture(session, 'server'));
  for (const file of files) assert.ok(whole.subarray(0, file.length).equals(file));
  assert.ok(new Set(files.map(({ length }) => length)).size > 5);
});

test('a host or a session that does not exist is told, never thrown', () => {
  const session = runToEnd(engine, scenarios()[0].text, 1);
  for (const host of ['nobody', '\u0000', '\ud800', 'x'.repeat(1_000_000)]) {
    const { problems } = JSON.parse(engine.capture(session, host));
    assert.match(problems[0].message.en, /^no host is called /);
  }
  assert.equal(JSON.parse(engine.capture(99_999, '')).problems[0].message.en, 'there is no such session');
});
