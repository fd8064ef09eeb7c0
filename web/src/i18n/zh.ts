import * as app from './app.ts';
import * as exercise from './exercise.ts';
import * as feedback from './feedback.ts';
import * as goals from './goals.ts';
import * as lab from './lab.ts';
import type { en } from './en.ts';
import type { Translation } from './message.ts';

export const zh: Translation<typeof en> = { ...app.zh, ...lab.zh, ...exercise.zh, ...feedback.zh, ...goals.zh };
