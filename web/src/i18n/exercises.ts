/** The texts of exercises, which whoever shows them takes in. */
import * as exercise from './exercise.ts';
import * as feedback from './feedback.ts';
import * as goals from './goals.ts';
import { takeTexts } from './index.svelte.ts';
import * as tune from './tune.ts';

export const en = { ...exercise.en, ...feedback.en, ...goals.en, ...tune.en } as const;
export const zh = { ...exercise.zh, ...feedback.zh, ...goals.zh, ...tune.zh };

takeTexts({ en, zh });
