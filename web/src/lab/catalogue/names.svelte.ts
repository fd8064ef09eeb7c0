/** Names for the engine's ids (calls, timers, faults, ...). The engine tells them; the page has no list of its own. */
import type { Catalogue, NameKind } from '../../engine/types.ts';
import { pick } from '../../i18n/index.svelte.ts';

class Known {
  catalogue = $state.raw<Catalogue>();
}
const known = new Known();

export function learn(catalogue: Catalogue): void {
  known.catalogue = catalogue;
}

/** The name in the reader's language; the id itself until the engine has told its names. */
export function nameOf(kind: NameKind, id: string): string {
  const names = known.catalogue?.names[kind];
  return names !== undefined && Object.hasOwn(names, id) ? pick(names[id]) : id;
}

/** The name in every language; none until the engine has told its names. */
export function bothNames(kind: NameKind, id: string): string[] {
  const names = known.catalogue?.names[kind];
  return names !== undefined && Object.hasOwn(names, id) ? Object.values(names[id] ?? {}) : [];
}

/** The control bits of a segment, from the lowest. */
export const segmentFlags = (): string[] => known.catalogue?.header.flags ?? [];

/** The socket options, each with an initial value for its form. */
export const socketOptions = (): Catalogue['options'] => known.catalogue?.options ?? [];

/** Whether a connection's variable counts microseconds. */
export const isTimeVariable = (variable: string): boolean =>
  known.catalogue?.time_variables.includes(variable) ?? false;

export const isTime = (option: string): boolean =>
  socketOptions().some((each) => each.id === option && each.form === 'time');
