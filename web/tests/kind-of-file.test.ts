import { expect, it } from 'vitest';
import { kindOfFile } from '../src/app/kind-of-file.ts';

it.each(['scenario', 'exercise', 'answers', 'progress'])("knows the lab's files by their format: %s", (kind) => {
  expect(kindOfFile(`{"format": "tcplab-${kind}/1"}`)).toBe(kind);
});

it.each(['pack', 'contents', 'lesson', 'terms'])('knows what belongs to lessons: %s', (kind) => {
  expect(kindOfFile(`{"format": "tcplab-${kind}/1"}`)).toBe('lessons');
});

it('leaves everything else to the check', () => {
  for (const text of ['{"format": "tcplab-exercise/2"}', '{"format": 1}', '{}', '[]', 'null', '{', '']) {
    expect(kindOfFile(text), text).toBeUndefined();
  }
});
