/**
 * On a first visit the diagram comes first: what stands around it is fetched while that is made, and made once that is
 * drawn. Ever after it is there at once.
 */
import { onMount } from 'svelte';

type Around = typeof import('./around.ts');

class FirstPicture {
  around = $state.raw<Around>();
  failed = $state.raw<unknown>();
}
const first = new FirstPicture();
let fetched: Promise<Around> | undefined;

/** So early that it has come when the diagram is drawn. */
export const fetchAround = (): Promise<Around> => (fetched ??= import('./around.ts'));

/** A frame is painted after its callbacks, and before the next task. */
const painted = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));

/** To be called while a component is made. Reads as what stands around the diagram, or undefined before it may. */
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

/** Why it could not be fetched. */
export const whyNotAround = (): unknown => first.failed;
