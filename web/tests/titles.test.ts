/** The titles of the examples, as a reader meets them in the list. */
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
