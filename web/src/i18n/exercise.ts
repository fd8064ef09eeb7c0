/** The texts of the exercise list and the exercise view. */
import type { Translation } from './message.ts';

export const en = {
  'exercise.list.title': 'Practise',
} as const;

export const zh: Translation<typeof en> = {
  'exercise.list.title': '练习',
};
