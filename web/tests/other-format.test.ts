import { expect, it } from 'vitest';
import { otherFormat } from '../src/exercise/other-format.ts';

it('knows the lab\'s other files by their format', () => {
  expect(otherFormat('{"format": "tcplab-scenario/1"}')).toBe('isScenario');
  expect(otherFormat('{"format": "tcplab-answers/1"}')).toBe('isAnswers');
});

it('leaves everything else to the check', () => {
  for (const text of ['{"format": "tcplab-exercise/1"}', '{"format": 1}', '{}', '[]', 'null', '{', '']) {
    expect(otherFormat(text), text).toBeUndefined();
  }
});
