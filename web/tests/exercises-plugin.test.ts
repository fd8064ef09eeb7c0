/** What of an exercise reaches the browser, and which variants of it are offered. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { shipped } from '../src/exercise/pack.ts';
import { freshSeed, usualVariants } from '../src/exercise/seed.ts';
import { Loaded } from '../src/exercise/types.ts';
import { withoutAnswers } from '../src/exercise/without-answers.ts';
import { api, hasEngine } from './engine.ts';

const repository = resolve(import.meta.dirname, '../..');
const exercises = resolve(repository, 'exercises');
const original = (name: string) => readFileSync(resolve(exercises, name), 'utf8');
const names = readdirSync(exercises, { recursive: true, encoding: 'utf8' }).filter((name) =>
  /^(\d\d-[^/]*|lessons\/[^/]+\/exercises\/[^/]+)\.json$/.test(name),
);

describe('an exercise in the page', () => {
  it('has no witness and no chaffs, and all the rest', () => {
    for (const name of names) {
      const whole = JSON.parse(original(name)) as Record<string, unknown>;
      const page = JSON.parse(withoutAnswers(original(name))) as Record<string, unknown>;
      expect(Object.keys(whole).filter((key) => !Object.hasOwn(page, key))).toEqual(['witness', 'chaffs']);
      expect({ ...page, witness: whole.witness, chaffs: whole.chaffs }).toEqual(whole);
    }
    expect(shipped).toHaveLength(names.length);
    for (const { text } of shipped) expect(text).not.toMatch(/"(witness|chaffs)"/);
  });

  it.skipIf(!hasEngine)('can be asked without them', async () => {
    for (const { text } of shipped) expect(v.is(Loaded, await api.exercise(text, 1))).toBe(true);
  });

  it.skipIf(!hasEngine)(
    'can be checked without them, and not with one of both',
    async () => {
      for (const { id, text } of shipped) expect(await api.check(text, 1), id).toMatchObject({ problems: [] });
      const whole = original('02-third-ack-and-first-data.json');
      const { witness } = JSON.parse(whole) as { witness: unknown };
      const half = JSON.stringify({ ...(JSON.parse(withoutAnswers(whole)) as object), witness });
      expect((await api.check(half, 3)).problems).toHaveLength(1);
      // What is wrong with its questions is told as ever.
      const broken = withoutAnswers(whole).replace('"kind":"segment"', '"kind":"segmint"');
      expect((await api.check(broken, 3)).problems).not.toHaveLength(0);
    },
    120_000,
  );

  const dist = resolve(repository, 'web/dist');
  it.skipIf(!existsSync(dist))('is built without them', () => {
    const files = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.js'));
    expect(files.length).toBeGreaterThan(0);
    // Not the keys alone, which the engine's messages name too: what stands in the exercises themselves.
    const secrets = names.flatMap((name) => original(name).match(/"diagnosed_as": *"[^"]+"/g) ?? []);
    expect(secrets.length).toBeGreaterThan(0);
    for (const file of files) {
      const text = readFileSync(resolve(dist, file), 'utf8').replaceAll('\\"', '"');
      expect(text, file).not.toMatch(/"diagnosed_as":/);
      expect(text, file).not.toMatch(/"witness": *\{/);
    }
  });
});

describe('the variants on offer', () => {
  it('are as many as the format says for those that do not say', () => {
    const schema = JSON.parse(original('exercise.schema.json')) as {
      properties: { variants: { default: number } };
    };
    expect(schema.properties.variants.default).toBe(usualVariants);
  });

  it('are those of the seeds from 1 on, and another one each time', () => {
    const drawn = new Set(Array.from({ length: 400 }, () => freshSeed(7)));
    expect([...drawn].sort()).toEqual([1, 2, 3, 4, 5, 6, 7]);
    for (let seed = 1; seed <= 2; seed += 1) expect(freshSeed(2, seed)).toBe(3 - seed);
  });
});
