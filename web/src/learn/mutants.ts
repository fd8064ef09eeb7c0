/** The wrong rules whose runs can be shown beside the real one. */
import { engine } from '../engine/client.ts';
import type { Catalogue } from '../engine/types.ts';

let asked: Promise<Catalogue['mutants']> | undefined;

/** Asks the engine itself, since the prelude's catalogue has no mutants. */
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
