import * as app from './app.ts';
import * as exercise from './exercise.ts';
import * as feedback from './feedback.ts';
import * as goals from './goals.ts';
import * as lab from './lab.ts';

export const en = { ...app.en, ...lab.en, ...exercise.en, ...feedback.en, ...goals.en } as const;
