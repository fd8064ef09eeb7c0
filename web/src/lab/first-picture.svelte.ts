/**
 * On a first visit the diagram comes first: the parts around it are fetched while it is made, and added once it is
 * painted. Later views have them at once.
 */
import { onMount } from 'svelte';

type Around = typeof import('./around.ts');

class FirstPicture {
  around = $state.raw<Around>();
  failed = $state.raw<unknown>();
}
const first = new FirstPicture();
let fetched: Promise<Around> | undefined;

/** To be called early, so that the parts have arrived by the time the diagram is drawn. */
export const fetchAround = (): Promise<Around> => (fetched ??= import('./around.ts'));

/** Resolves after a paint: a frame is painted after its callbacks, and before the next task. */
const painted = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));

/** To be called while a component is made. Returns a getter of the parts; undefined until the first paint. */
export function afterFirstPicture(): () => Around | undefined {
  onMount(() => {
    if (first.around) return;
    void Promise.all([fetchAround(), painted()]).then(
      ([parts]) => (first.around = parts),
      (error: unknown) => (first.failed = error),
    );
  });
  return () => first.around;
}

/** Why the parts could not be fetched. */
export const whyNotAround = (): unknown => first.failed;
