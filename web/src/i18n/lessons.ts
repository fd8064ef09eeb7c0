/** The texts of lessons, which whoever shows them takes in, with those of exercises. */
import './exercises.ts';
import { takeTexts } from './index.svelte.ts';
import * as learn from './learn.ts';

export const { en, zh } = learn;

takeTexts({ en, zh });
