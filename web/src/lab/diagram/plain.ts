/** The diagram for who knows no TCP yet: other names, nothing beside the lifelines, and nothing to choose. */
import type { Host } from '../../engine/types.ts';

export interface Plain {
  host(host: Host, order: number): string;
}
