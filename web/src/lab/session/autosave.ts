/** Keeps a session in the browser's storage as scenarios that replay to it. */
import * as v from 'valibot';
import { forget, load, store, type Stored } from '../../app/storage.ts';

const Saved = v.object({
  version: v.literal(1),
  active: v.number(),
  branches: v.array(
    v.object({
      scenario: v.string(),
      seed: v.number(),
      /** The world step and the time at which the student stood. */
      step: v.number(),
      t: v.number(),
      parent: v.optional(v.object({ index: v.number(), step: v.number() })),
    }),
  ),
});
export type Saved = v.InferOutput<typeof Saved>;

export function saveSession(key: string, saved: Saved): Stored {
  return store(key, JSON.stringify(saved));
}

/** What was kept, or undefined when there is nothing that can be used. */
export function loadSession(key: string): Saved | undefined {
  const text = load(key);
  if (text === null) return undefined;
  try {
    const result = v.safeParse(Saved, JSON.parse(text));
    return result.success && result.output.branches.length > 0 ? result.output : undefined;
  } catch {
    return undefined;
  }
}

export const forgetSession = forget;
