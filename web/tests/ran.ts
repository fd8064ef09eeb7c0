/** A scenario that has run, as the page draws it. */
import type { EngineApi } from '../src/engine/api.ts';
import { freeSeed } from '../src/lab/scenarios/first-visit.ts';
import { Branch } from '../src/lab/session/branch.svelte.ts';

/** To its end, or until so many events have happened. */
export async function ran(api: EngineApi, text: string, most = 400): Promise<Branch> {
  const opened = await api.open(text, freeSeed);
  if ('problems' in opened) throw new Error(JSON.stringify(opened.problems));
  const branch = new Branch(1, opened.session, 1, freeSeed);
  let status = await api.status(opened.session);
  while (branch.events.length < most) {
    branch.grow(status, await api.trace(opened.session, branch.events.length));
    if (status.ended || status.next === null || status.next === undefined) break;
    status = await api.step(opened.session, 50);
  }
  await api.close(opened.session);
  return branch;
}
