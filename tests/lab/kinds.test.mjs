// A kind of question is known by its name in its own room only: engine/exercise/kinds, web/src/exercise/kinds.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

const root = new URL('../..', import.meta.url).pathname;
const rooms = `${root}/engine/exercise/kinds`;
const kinds = readdirSync(rooms).flatMap((file) =>
  [...readFileSync(`${rooms}/${file}`, 'utf8').matchAll(/\.name = "(\w+)"/g)].map(([, name]) => name),
);

// These are words for something else as well: events, header fields, types of JavaScript, a goal’s shortfall.
const ambiguous = ['state', 'segment', 'number', 'order'];
// The page goes through an explain part by part: there it is no question of its own.
const series = 'explain';

function namedIn(folder, names) {
  const files = readdirSync(folder, { recursive: true }).filter((file) => /\.(cpp|hpp|ts|svelte)$/.test(file));
  return files
    .filter((file) => !file.startsWith('kinds/'))
    .flatMap((file) => {
      const text = readFileSync(`${folder}/${file}`, 'utf8');
      return names.filter((name) => new RegExp(`["']${name}["']`).test(text)).map((name) => `${file}: ${name}`);
    });
}

test('there are kinds', () => assert.ok(kinds.length >= 9));

test('the engine knows none by its name', () =>
  assert.deepEqual(
    namedIn(
      `${root}/engine/exercise`,
      kinds.filter((name) => !ambiguous.includes(name)),
    ),
    [],
  ));

test('the page knows none by its name', () =>
  assert.deepEqual(
    namedIn(
      `${root}/web/src/exercise`,
      kinds.filter((name) => !ambiguous.includes(name) && name !== series),
    ),
    [],
  ));
