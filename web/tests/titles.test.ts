/** The titles of the examples and what to watch in each, as a reader meets them in the list. */
import { describe, expect, it } from 'vitest';
import { examples } from '../src/lab/scenarios/examples.ts';

describe.each(examples.map(({ id, title }) => [id, title] as const))('the title of %s', (id, title) => {
  it('is a plain statement in both languages', () => {
    expect(title.en, id).not.toBe(id);
    expect(title.en.length).toBeLessThanOrEqual(72);
    expect([...title.zh].length).toBeLessThanOrEqual(48);
    for (const text of [title.en, title.zh]) {
      // A colon does the work of a verb, and a sentence of two halves tells two stories.
      expect(text).not.toMatch(/[:：;；?？!！。]|\.$/u);
      expect(text).not.toMatch(/mutant|变异|\bour\b|我们|'/iu);
    }
    expect(title.zh).toMatch(/[\u4e00-\u9fff]/u);
    // Chinese and Latin are parted by a blank.
    expect(title.zh).not.toMatch(/[\u4e00-\u9fff][A-Za-z0-9]|[A-Za-z0-9)][\u4e00-\u9fff]/u);
  });
});

it('no two examples have the same title', () => {
  for (const language of ['en', 'zh'] as const) {
    expect(new Set(examples.map(({ title }) => title[language])).size).toBe(examples.length);
  }
});

describe.each(examples.map(({ id, watch }) => [id, watch] as const))('what to watch in %s', (id, watch) => {
  it('is said in one line in both languages', () => {
    const words = watch.en.split(/\s+/).filter((word) => /\w/.test(word)).length;
    expect(words, id).toBeGreaterThan(3);
    expect(words).toBeLessThanOrEqual(20);
    expect([...watch.zh].length).toBeGreaterThan(6);
    expect([...watch.zh].length).toBeLessThanOrEqual(56);
    expect(watch.en).toMatch(/\.$/);
    expect(watch.zh).toMatch(/[\u4e00-\u9fff].*。$/u);
    expect(watch.en).not.toMatch(/[:;!?\n']|\b(just|simply|obviously|of course|world|throw)\b/i);
    expect(watch.zh).not.toMatch(/[：；！？\n]|确保|保证|[\u4e00-\u9fff][A-Za-z0-9]|[A-Za-z0-9)][\u4e00-\u9fff]/u);
  });
});

it('no two examples are watched for the same', () => {
  for (const language of ['en', 'zh'] as const) {
    expect(new Set(examples.map(({ watch }) => watch[language])).size).toBe(examples.length);
  }
});
