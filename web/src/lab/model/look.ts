/** How a state looks: the hue of its family, and a fill that tells it from the others. For display only. */
import type { State } from '../../engine/types.ts';

export type Family = 'idle' | 'opening' | 'established' | 'active' | 'passive';

export type Fill = 'solid' | 'hatched' | 'pale';

const looks: Record<State, { family: Family; fill: Fill }> = {
  CLOSED: { family: 'idle', fill: 'solid' },
  LISTEN: { family: 'idle', fill: 'solid' },
  SYN_SENT: { family: 'opening', fill: 'hatched' },
  SYN_RCVD: { family: 'opening', fill: 'hatched' },
  ESTABLISHED: { family: 'established', fill: 'solid' },
  FIN_WAIT_1: { family: 'active', fill: 'solid' },
  FIN_WAIT_2: { family: 'active', fill: 'pale' },
  CLOSING: { family: 'active', fill: 'solid' },
  TIME_WAIT: { family: 'active', fill: 'hatched' },
  CLOSE_WAIT: { family: 'passive', fill: 'solid' },
  LAST_ACK: { family: 'passive', fill: 'hatched' },
};

export const familyOf = (state: State): Family => looks[state].family;
export const fillOf = (state: State): Fill => looks[state].fill;

/** The states with this fill, in the order of a connection's life. */
export const statesWith = (fill: Fill): State[] =>
  (Object.keys(looks) as State[]).filter((state) => looks[state].fill === fill);

export const allFamilies: readonly Family[] = ['idle', 'opening', 'established', 'active', 'passive'];
