import * as app from './app.ts';
import * as exercise from './exercise.ts';
import * as lab from './lab.ts';

export const en = { ...app.en, ...lab.en, ...exercise.en } as const;
