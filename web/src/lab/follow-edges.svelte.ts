/** Records on the map of edges which edges a student's own run has taken, as far as they have watched it. */
import type { LabSession } from './session/session.svelte.ts';
import { takenEdges } from './states/tokens.ts';

let keeper: Promise<typeof import('../mastery/edges.ts')> | undefined;

/** Call while a component is made; `isOwn` says whether the student acts in that run. */
export function followEdges(session: LabSession, isOwn: () => boolean): void {
  $effect(() => {
    void session.branch?.revision;
    if (!isOwn()) return;
    const taken = [...takenEdges(session.model?.changes ?? [], session.shown).keys()];
    if (taken.length === 0) return;
    // The first picture does without it; where it does not come, the next step asks again.
    keeper ??= import('../mastery/edges.ts');
    keeper.then(
      ({ keepEdges }) => keepEdges(taken, Date.now()),
      () => (keeper = undefined),
    );
  });
}
