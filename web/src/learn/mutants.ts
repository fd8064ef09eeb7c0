/** The wrong rules under which a run can stand beside the real one. */
import { engine } from '../engine/client.ts';
import type { Catalogue } from '../engine/types.ts';

let asked: Promise<Catalogue['mutants']> | undefined;

/** Asked of the engine itself: what is known before it is there has none of them. */
export function allMutants(): Promise<Catalogue['mutants']> {
  asked ??= engine.ask('catalogue').then(
    ({ mutants }) => mutants,
    (why: unknown) => {
      asked = undefined;
      throw why;
    },
  );
  return asked;
}
