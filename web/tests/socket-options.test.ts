import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { firstValues } from '../src/lab/dock/socket-options.ts';

test('the page offers the options that the engine knows, and no others', () => {
  const schema = readFileSync(new URL('../../exercises/scenario.schema.json', import.meta.url), 'utf8');
  const known = /\[\s*"SO_REUSEADDR"[^\]]*\]/.exec(schema);
  const names = JSON.parse(known?.[0] ?? '[]') as string[];
  expect(names.sort()).toEqual(Object.keys(firstValues).sort());
});
