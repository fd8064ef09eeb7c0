/**
 * What stands out of sight is not brought up to date with each step of a reader who goes on: that costs time, and nobody
 * sees it. It follows at once while it is in sight, and else when the reader rests.
 */

/** In ms: so long a value stays before what is out of sight follows it. */
const resting = 300;

/** To be called while a component is made. Reads as `latest`, or as what it was when `element` was last brought up to date. */
export function following<Value>(latest: () => Value, element: () => Element | undefined): () => Value {
  let shown = $state.raw(latest());
  let inSight = $state(true);

  $effect(() => {
    const watched = element();
    if (!watched) return;
    const observer = new IntersectionObserver((entries) => (inSight = entries.at(-1)?.isIntersecting ?? true));
    observer.observe(watched);
    return () => observer.disconnect();
  });
  $effect(() => {
    const value = latest();
    if (inSight) return void (shown = value);
    const timer = setTimeout(() => (shown = value), resting);
    return () => clearTimeout(timer);
  });
  return () => (inSight ? latest() : shown);
}
