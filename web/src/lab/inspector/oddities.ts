/** Describes what no TCP would have sent in a segment, or what the network has done to it. */
import type { Segment } from '../../engine/types.ts';
import { t } from '../../i18n/index.svelte.ts';

export function oddities(segment: Segment, corrupted: boolean): string[] {
  const said: string[] = [];
  const { urgent, reserved, data_offset: offset, cut_to: left } = segment;
  if (urgent !== undefined) said.push(t('lab.odd.urgent', { n: urgent }));
  if (reserved !== undefined) said.push(t('lab.odd.reserved', { bits: reserved.toString(2).padStart(4, '0') }));
  if (typeof segment.options.raw === 'string') said.push(t('lab.odd.options', { hex: segment.options.raw }));
  if (offset !== undefined) said.push(t('lab.odd.offset', { n: 4 * offset }));
  if (segment.bad_checksum) said.push(t('lab.odd.checksum'));
  if (left !== undefined) said.push(t('lab.odd.cut', { n: left }));
  if (corrupted) said.push(t('lab.odd.corrupted'));
  return said;
}
