/** A scenario's title; undefined if it has none. */
import * as v from 'valibot';
import { Bilingual } from '../../engine/types.ts';

const Titled = v.object({ title: Bilingual });

export function titleOf(scenario: string): { en: string; zh: string } | undefined {
  try {
    const read = v.safeParse(Titled, JSON.parse(scenario));
    return read.success ? read.output.title : undefined;
  } catch {
    return undefined;
  }
}
