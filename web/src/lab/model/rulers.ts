/** The segments of each direction that take sequence numbers, each once, in the order in which they were first sent. */
import type { Segment } from '../../engine/types.ts';
import { countWhile } from './count-while.ts';

interface Ruler {
  segments: Segment[];
  /** Number of the event that first sent each. */
  sent: number[];
  /** Index of the first segment that begins at a sequence number. */
  placeOf: Map<number, number>;
  seen: Set<string>;
}

const directionOf = ({ src, dst }: Segment): string => `${src} ${dst}`;

export class Rulers {
  readonly #all = new Map<string, Ruler>();

  note(segment: Segment, n: number): void {
    if (segment.takes === 0) return;
    const key = directionOf(segment);
    let ruler = this.#all.get(key);
    if (!ruler) this.#all.set(key, (ruler = { segments: [], sent: [], placeOf: new Map(), seen: new Set() }));
    const same = `${segment.seq} ${segment.takes}`;
    if (ruler.seen.has(same)) return;
    ruler.seen.add(same);
    if (!ruler.placeOf.has(segment.seq)) ruler.placeOf.set(segment.seq, ruler.segments.length);
    ruler.segments.push(segment);
    ruler.sent.push(n);
  }

  /** At most `most` segments around a given one, of its direction and sent before event `shown`. */
  about(segment: Segment, shown: number, most: number): Segment[] {
    const ruler = this.#all.get(directionOf(segment));
    if (!ruler) return [];
    const count = countWhile(ruler.sent, (n) => n < shown);
    const place = ruler.placeOf.get(segment.seq) ?? -1;
    const here = place < count ? place : -1;
    const start = Math.max(0, Math.min(here - most / 2, count - most));
    return ruler.segments.slice(start, Math.min(start + most, count));
  }
}
