/** The diagram for readers who know no TCP yet: other names, no labels beside the lifelines, and no settings. */
import type { Host } from '../../engine/types.ts';

export interface Plain {
  host(host: Host, order: number): string;
}
