/** What tells segments in flight apart that would otherwise look the same, as in a flood. */
import type { Segment } from '../../engine/types.ts';

interface Chip {
  id: number;
  copy: number;
  from: string;
  to: string;
  segment: Pick<Segment, 'flags' | 'src' | 'dst'>;
  /** The number that is shown on it. */
  said: string;
}

const keyOf = ({ id, copy }: Chip): string => `${id}:${copy}`;
const portOf = (end: string): string => end.slice(end.lastIndexOf(':'));

/** By id and copy: the source or destination port of each chip that would look like another one without it. */
export function portsOfAlike(chips: readonly Chip[]): Map<string, string> {
  const ports = new Map<string, string>();
  const alike = new Map<string, Chip[]>();
  for (const chip of chips) {
    const { from, to, segment, said, copy } = chip;
    const words = [from, to, segment.flags, said, copy].join(' ');
    alike.set(words, [...(alike.get(words) ?? []), chip]);
  }
  for (const group of alike.values()) {
    const differ = (end: 'src' | 'dst') => new Set(group.map(({ segment }) => segment[end])).size > 1;
    const end = differ('src') ? 'src' : differ('dst') ? 'dst' : undefined;
    // Spoofed sources may share one port and differ in their addresses.
    const isPortEnough = end !== undefined && new Set(group.map(({ segment }) => portOf(segment[end]))).size > 1;
    if (end)
      for (const chip of group) ports.set(keyOf(chip), isPortEnough ? portOf(chip.segment[end]) : chip.segment[end]);
  }
  return ports;
}
