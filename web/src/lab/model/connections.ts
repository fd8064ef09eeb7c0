/** Groups segments and states by connection; a connection is identified by its two ends. */
import type { Segment } from '../../engine/types.ts';

export interface Connection {
  key: string;
  /** The ends as in its first segment. */
  src: string;
  dst: string;
  /** The engine's numbers for it, one or more at each end. */
  conns: Set<number>;
}

export const connectionOf = ({ src, dst }: Pick<Segment, 'src' | 'dst'>): string => [src, dst].sort().join(' ');

export class Connections {
  readonly #all = new Map<string, Connection>();
  readonly #byNumber = new Map<number, Connection>();

  note(segment: Segment, conn: number | undefined): void {
    const key = connectionOf(segment);
    let connection = this.#all.get(key);
    if (!connection) {
      connection = { key, src: segment.src, dst: segment.dst, conns: new Set() };
      this.#all.set(key, connection);
    }
    if (conn === undefined) return;
    connection.conns.add(conn);
    this.#byNumber.set(conn, connection);
  }

  get(key: string): Connection | undefined {
    return this.#all.get(key);
  }

  /** The connection that has this number at one of its ends. */
  ofNumber(conn: number): Connection | undefined {
    return this.#byNumber.get(conn);
  }

  /** How many ends have a number. */
  get ends(): number {
    return this.#byNumber.size;
  }

  get size(): number {
    return this.#all.size;
  }

  values(): IterableIterator<Connection> {
    return this.#all.values();
  }
}
