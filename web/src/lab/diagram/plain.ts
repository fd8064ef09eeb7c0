/** The diagram for who knows no TCP yet: words in the place of names, flags and numbers, and nothing beside the lifelines. */
import type { Host } from '../../engine/types.ts';
import type { Arrow } from '../model/diagram-types.ts';

export interface Plain {
  host(host: Host, order: number): string;
  /** What an arrow says. */
  said(arrow: Arrow): string;
}
