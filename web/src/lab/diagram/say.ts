/** What the arrows of all diagrams within a part of the page say, where it is not their flags and main numbers. */
import { getContext, setContext } from 'svelte';
import type { Arrow } from '../model/diagram-types.ts';
import type { Words } from './arrow-words.ts';

export type Said = Pick<Words, 'head' | 'numbers'>;
export interface Say {
  of: (arrow: Arrow) => Said;
  /** Whether sequence numbers are among it, so that it matters how they are counted. */
  numbered: () => boolean;
}

const key = Symbol('say');

export const provideSay = (say: Say): Say => setContext(key, say);
export const useSay = (): Say | undefined => getContext<Say | undefined>(key);
