/** Where the reader came from to an exercise (a lesson or a pack): a link leads back there while this tab lives. */
import * as v from 'valibot';
import { forget, load, store } from '../app/storage.ts';

const From = v.object({
  /** An address of this page. */
  href: v.pipe(v.string(), v.startsWith('#/')),
  title: v.string(),
});
export type From = v.InferOutput<typeof From>;

const keyOf = (exercise: string): string => `came-from.${exercise}`;

/** Without `from`, the reader came from the list of all exercises. */
export function cameFrom(exercise: string, from?: From): void {
  if (from) store(keyOf(exercise), JSON.stringify(from), 'tab');
  else forget(keyOf(exercise));
}

let left: string | undefined;

/** To be called when the view of this exercise is removed. */
export function leave(exercise: string): void {
  left = exercise;
  const forgetIt = () => {
    if (left === exercise) left = undefined;
  };
  window.addEventListener('hashchange', forgetIt, { once: true });
}

/** An attachment for an exercise's link in a list: coming back from that exercise puts the focus on the link. */
export const goOnAfter = (exercise: string) => (link: HTMLElement) => {
  if (left === exercise) link.focus();
};

export function whence(exercise: string): From | undefined {
  try {
    return v.parse(From, JSON.parse(load(keyOf(exercise), 'tab') ?? ''));
  } catch {
    return undefined;
  }
}
