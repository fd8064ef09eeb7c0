import * as app from './app.ts';
import * as exercise from './exercise.ts';
import * as lab from './lab.ts';
import type { en } from './en.ts';
import type { Translation } from './message.ts';

export const zh: Translation<typeof en> = { ...app.zh, ...lab.zh, ...exercise.zh };
