/**
 * Which labels of edges and states are hidden because they would answer an open question. The diagram, its table and
 * all accessible names ask here, so that none of them reveals what another hides.
 */
import type { State, Transition } from '../../engine/types.ts';
import { t } from '../../i18n/index.svelte.ts';
import type { StateChange } from '../model/diagram-model.ts';
import { nameOf } from '../catalogue/names.svelte.ts';
import { latestStates } from './tokens.ts';

/** What the open questions are about. */
export interface Asking {
  /** Hosts whose next step a question asks for. */
  asked: readonly string[];
  /** Whether a question asks how TCP behaves, for any host. */
  asksRules: boolean;
}

export interface Withheld {
  edges: ReadonlySet<string>;
  states: ReadonlySet<State>;
}
const nothing: Withheld = { edges: new Set(), states: new Set() };

/**
 * The edges that a host in question may take next, and the states to which they lead. What has already happened in the
 * run is not hidden, even if the reader has gone back before it.
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
  /** The name of the whole edge. */
  name: string;
  event: string;
  action: string;
  /** Event and action as the specification writes them; empty if they are hidden. */
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
