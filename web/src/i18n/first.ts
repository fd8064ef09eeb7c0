/** The texts that the first picture may need; those of exercises come with them. */
import * as app from './app.ts';
import * as dock from './dock.ts';
import * as lab from './lab.ts';
import * as reasons from './reasons.ts';

export const en = { ...app.en, ...lab.en, ...dock.en, ...reasons.en } as const;
export const zh = { ...app.zh, ...lab.zh, ...dock.zh, ...reasons.zh };
