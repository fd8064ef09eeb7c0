/** How a state looks: its family of hue, and whether it waits for something. Shown, never computed with. */
import type { State } from '../../engine/types.ts';

export type Family = 'idle' | 'opening' | 'established' | 'active' | 'passive';

const families: Record<State, { family: Family; hatched: boolean }> = {
  CLOSED: { family: 'idle', hatched: false },
  LISTEN: { family: 'idle', hatched: false },
  SYN_SENT: { family: 'opening', hatched: true },
  SYN_RCVD: { family: 'opening', hatched: true },
  ESTABLISHED: { family: 'established', hatched: false },
  FIN_WAIT_1: { family: 'active', hatched: false },
  FIN_WAIT_2: { family: 'active', hatched: false },
  CLOSING: { family: 'active', hatched: false },
  TIME_WAIT: { family: 'active', hatched: true },
  CLOSE_WAIT: { family: 'passive', hatched: false },
  LAST_ACK: { family: 'passive', hatched: true },
};

export const familyOf = (state: State): Family => families[state].family;
export const hatched = (state: State): boolean => families[state].hatched;
export const allFamilies: readonly Family[] = ['idle', 'opening', 'established', 'active', 'passive'];
