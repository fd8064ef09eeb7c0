/** The texts of lessons, which whoever shows them takes in, with those of exercises. */
import './exercises.ts';
import { takeTexts } from './index.svelte.ts';
import * as arrowLabels from './arrow-labels.ts';
import * as beginning from './beginning.ts';
import * as known from './known.ts';
import * as learn from './learn.ts';

export const en = { ...learn.en, ...arrowLabels.en, ...beginning.en, ...known.en } as const;
export const zh = { ...learn.zh, ...arrowLabels.zh, ...beginning.zh, ...known.zh };

takeTexts({ en, zh });
