/** Puts the edges that a student's own run takes, as far as it was seen, on the map of edges. */
import { keepEdges } from '../mastery/edges.ts';
import type { LabSession } from './session/session.svelte.ts';
import { takenEdges } from './states/tokens.ts';

/** Call while a component is made; `isOwn` says whether the student acts in that run. */
export function followEdges(session: LabSession, isOwn: () => boolean): void {
  $effect(() => {
    void session.branch?.revision;
    if (isOwn()) keepEdges(takenEdges(session.model?.changes ?? [], session.shown).keys(), Date.now());
  });
}
