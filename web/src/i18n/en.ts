/** Every text of the page, which types each use. */
import * as exercises from './exercises.ts';
import * as first from './first.ts';
import * as help from './help.ts';
import * as lessons from './lessons.ts';
import * as open from './open.ts';
import * as scenarios from './scenarios.ts';
import * as search from './search.ts';

export const en = {
  ...first.en,
  ...exercises.en,
  ...help.en,
  ...lessons.en,
  ...open.en,
  ...scenarios.en,
  ...search.en,
} as const;
