/** The world as it stands at the reader's moment: the present at the live edge, and else what it was then. */
import { untrack } from 'svelte';
import type { Status } from '../engine/types.ts';
import type { LabSession } from './session/session.svelte.ts';

/**
 * The least time between two queries to the engine, in ms. The first one is sent at once, so that the status appears in
 * the same frame as the event's details.
 */
const pause = 60;

/** To be called while a component is made. Returns a getter of the status, which is undefined before there is one. */
export function statusHere(session: LabSession): () => Status | undefined {
  let past = $state.raw<Status>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asked = -Infinity;
  $effect(() => {
    void session.beat;
    void session.branch?.revision;
    const known = session.statusWith();
    if (known) past = known;
    if (session.live || known || timer !== undefined) return;
    const ask = () => {
      timer = undefined;
      asked = performance.now();
      void session.statusHere().then((status) => (past = status));
    };
    const wait = asked + pause - performance.now();
    if (wait > 0) timer = setTimeout(ask, wait);
    else untrack(ask);
  });
  $effect(() => () => clearTimeout(timer));
  return () => (session.live ? session.branch?.status : (session.statusWith() ?? past ?? session.branch?.status));
}
