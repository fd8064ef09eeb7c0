/**
 * What is left unsaid of edges and states while a question is open that their words would answer. The diagram, its
 * table and every name that a reader is told ask here, so that none tells what another keeps back.
 */
import type { State, Transition } from '../../engine/types.ts';
import { t } from '../../i18n/index.svelte.ts';
import type { StateChange } from '../model/diagram-model.ts';
import { nameOf } from '../catalogue/names.svelte.ts';
import { latestStates } from './tokens.ts';

/** What the open questions are about. */
export interface Asking {
  /** Hosts whose next step is to be predicted. */
  asked: readonly string[];
  /** How TCP behaves is asked, whatever host it is. */
  asksRules: boolean;
}

export interface Withheld {
  edges: ReadonlySet<string>;
  states: ReadonlySet<State>;
}
const nothing: Withheld = { edges: new Set(), states: new Set() };

/**
 * Edges by which a host that is asked about may go on, and the states to which they lead. Whatever has happened in the
 * run is known, wherever in it the reader stands.
 */
export function withheldFrom(
  transitions: readonly Transition[],
  changes: readonly StateChange[],
  { asked, asksRules }: Asking,
): Withheld {
  if (asked.length === 0 && !asksRules) return nothing;
  const standing = latestStates(changes, Infinity);
  const waiting = new Set(
    asked.flatMap((host): State[] => {
      const states = standing.filter((each) => each.host === host).map(({ state }) => state);
      return states.length > 0 ? states : ['CLOSED'];
    }),
  );
  const taken = new Set(changes.map(({ edge }) => edge));
  const entered = new Set(changes.flatMap(({ from, to }) => [from, to]));
  const kept = transitions.filter(({ id, from }) => !taken.has(id) && (asksRules || waiting.has(from)));
  return {
    edges: new Set(kept.map(({ id }) => id)),
    states: new Set(kept.map(({ to }) => to).filter((to) => !entered.has(to) && to !== 'CLOSED')),
  };
}

export interface EdgeSaid {
  /** What the edge is called as a whole. */
  name: string;
  event: string;
  action: string;
  /** As the specification writes event and action; empty where they are not told. */
  code: { event: string; action: string };
  origin: string;
  withheld: boolean;
}

/** An edge in words. */
export function sayEdge(edge: Transition, withheld: Withheld): EdgeSaid {
  const { from, to, event, action, origin } = edge;
  if (withheld.edges.has(edge.id)) {
    return {
      name: t('lab.states.edge.withheld', { from, to }),
      event: '?',
      action: '',
      code: { event: '', action: '' },
      origin: '',
      withheld: true,
    };
  }
  const said = nameOf('event', event);
  return {
    name: t('lab.states.edge', { from, to, event: said }),
    event: said,
    action: action ? nameOf('action', action) : '',
    code: { event, action: action ?? '' },
    origin: origin ? nameOf('origin', origin) : '',
    withheld: false,
  };
}
