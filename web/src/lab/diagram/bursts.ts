/** A burst: four or more similar segments, one right after the other, drawn as one broad arrow with a count. */
import type { Arrow } from '../model/diagram-types.ts';

export interface Burst {
  key: string;
  arrows: Arrow[];
}

const fewest = 4;
/** How far apart two neighbours of a burst may leave, in pixels. */
const nearest = 32;

export const keyOf = (arrow: Arrow): string => `${arrow.segment.id}:${arrow.copy}`;

/** Does not tell connections apart, since a flood of SYNs is a burst too. */
const kindOf = ({ from, to, segment, retransmission, copy }: Arrow): string =>
  [from, to, segment.flags, segment.len > 0, retransmission, copy > 1].join(' ');

/** `whole` says whether a burst is shown arrow by arrow. */
export function burstsOf(
  arrows: readonly Arrow[],
  whole: (burst: Burst) => boolean,
): { bursts: Burst[]; single: Arrow[] } {
  /** The current run of similar segments in each direction. */
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

/** All bursts, folded or not. */
export const allBursts = (arrows: readonly Arrow[]): Burst[] => burstsOf(arrows, () => false).bursts;
