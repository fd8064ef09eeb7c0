/** Labels for the arrows of all diagrams within a part of the page, in place of their flags and main numbers. */
import { getContext, setContext } from 'svelte';
import type { Arrow } from '../model/diagram-types.ts';
import type { Words } from './arrow-words.ts';

export type Said = Pick<Words, 'head' | 'numbers'>;
export interface Say {
  of: (arrow: Arrow) => Said;
  /** Whether the labels have sequence numbers, so that the choice of how to count them applies. */
  numbered: () => boolean;
}

const key = Symbol('say');

export const provideSay = (say: Say): Say => setContext(key, say);
export const useSay = (): Say | undefined => getContext<Say | undefined>(key);
