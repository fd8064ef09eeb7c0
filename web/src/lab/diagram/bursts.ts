/** Four or more alike segments, one right after the other, are one broad arrow with a count: a burst. */
import type { Arrow } from '../model/diagram-types.ts';

export interface Burst {
  key: string;
  arrows: Arrow[];
}

const fewest = 4;
/** Neighbours leave within so many pixels. */
const nearest = 32;

export const keyOf = (arrow: Arrow): string => `${arrow.segment.id}:${arrow.copy}`;

/** Of one connection or of many: a flood of SYNs is a burst as well. */
const kindOf = ({ from, to, segment, retransmission, copy }: Arrow): string =>
  [from, to, segment.flags, segment.len > 0, retransmission, copy > 1].join(' ');

/** `whole` tells that a burst is shown arrow by arrow. */
export function burstsOf(
  arrows: readonly Arrow[],
  whole: (burst: Burst) => boolean,
): { bursts: Burst[]; single: Arrow[] } {
  /** The run that each sender has begun. */
  const open = new Map<string, Arrow[]>();
  const runs: Arrow[][] = [];
  for (const arrow of [...arrows].sort((a, b) => a.n - b.n)) {
    const way = `${arrow.from} ${arrow.to}`;
    const run = open.get(way);
    const last = run?.at(-1);
    const start = arrow.way[0]?.y ?? 0;
    if (run && last && kindOf(last) === kindOf(arrow) && start - (last.way[0]?.y ?? 0) <= nearest) run.push(arrow);
    else {
      const fresh = [arrow];
      open.set(way, fresh);
      runs.push(fresh);
    }
  }
  const bursts: Burst[] = [];
  const single: Arrow[] = [];
  for (const run of runs) {
    const burst = { key: keyOf(run[0] as Arrow), arrows: run };
    if (run.length >= fewest && !whole(burst)) bursts.push(burst);
    else single.push(...run);
  }
  return { bursts, single };
}

/** The bursts there are, folded or not. */
export const allBursts = (arrows: readonly Arrow[]): Burst[] => burstsOf(arrows, () => false).bursts;
