/** The world as it stands at the reader's moment: the present at the live edge, and else what it was then. */
import type { Status } from '../engine/types.ts';
import type { LabSession } from './session/session.svelte.ts';

/**
 * Looking back asks the engine, at once, so that what is read of it comes in one picture with the details of the event;
 * while time runs it is not asked more often than this, in milliseconds.
 */
const pause = 60;

/** To be called while a component is made. Reads as the status, or undefined before there is one. */
export function statusHere(session: LabSession): () => Status | undefined {
  let past = $state.raw<Status>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asked = -Infinity;
  $effect(() => {
    void session.beat;
    void session.branch?.revision;
    if (session.live || timer !== undefined) return;
    timer = setTimeout(
      () => {
        timer = undefined;
        asked = performance.now();
        void session.statusHere().then((status) => (past = status));
      },
      Math.max(0, asked + pause - performance.now()),
    );
  });
  $effect(() => () => clearTimeout(timer));
  return () => (session.live ? session.branch?.status : (past ?? session.branch?.status));
}
