import type { en } from './en.ts';
import * as exercises from './exercises.ts';
import * as first from './first.ts';
import * as help from './help.ts';
import * as lessons from './lessons.ts';
import * as open from './open.ts';
import * as scenarios from './scenarios.ts';
import * as search from './search.ts';
import type { Translation } from './message.ts';

export const zh: Translation<typeof en> = {
  ...first.zh,
  ...exercises.zh,
  ...help.zh,
  ...lessons.zh,
  ...open.zh,
  ...scenarios.zh,
  ...search.zh,
};
