/** Advances playback in every frame. While nothing plays, no frames are requested. */
import type { LabSession } from './session.svelte.ts';

/** To be called while a component is made. */
export function runFrames(session: LabSession): void {
  $effect(() => {
    if (!session.playing) return;
    let before = performance.now();
    let frame = requestAnimationFrame(function beat(now: number) {
      session.tick(now - before);
      before = now;
      frame = requestAnimationFrame(beat);
    });
    return () => cancelAnimationFrame(frame);
  });
}
