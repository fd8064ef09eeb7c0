/** The label of an arrow at each level of detail. */
import type { Numbers } from '../../app/preferences.svelte.ts';
import type { Segment } from '../../engine/types.ts';
import { t } from '../../i18n/index.svelte.ts';
import { headOf } from '../../lab/diagram/compose.ts';
import type { Said } from '../../lab/diagram/say.ts';
import type { Arrow } from '../../lab/model/diagram-types.ts';
import { numbersOf, quoted } from '../../lab/model/text.ts';
import type { LabelLevel } from '../format/label-levels.ts';

/** A segment in words for a reader who knows no TCP. */
function inWords({ flags, len, text }: Segment): string {
  const has = new Set(flags.split(' '));
  if (has.has('RST')) return t('learn.labels.rst');
  const said = [
    ...(has.has('SYN') ? [t('learn.labels.syn')] : []),
    ...(len > 0 ? [text === undefined ? t('learn.labels.data', { n: len }) : `“${quoted(text)}”`] : []),
    ...(has.has('FIN') ? [t('learn.labels.fin')] : []),
  ];
  // An ACK that comes with data is not mentioned: a host that replies has obviously received.
  if (has.has('ACK') && len === 0) said.unshift(t('learn.labels.ack'));
  return said.join(t('punctuation.clause')) || '—';
}

function againOrCopy({ retransmission, copy }: Arrow): string[] {
  return [...(retransmission ? [t('lab.again')] : []), ...(copy > 1 ? [t('lab.copy', { number: copy })] : [])];
}

/** Numbers, the window and the options: "seq 1000 · win 65535 · mss 1460". */
function wholeHeader(segment: Segment, numbers: Numbers): string {
  const options = Object.entries(segment.options).map(([name, value]) =>
    typeof value === 'number' || typeof value === 'string' ? `${name} ${value}` : name,
  );
  return [numbersOf(segment, numbers), `win ${segment.win}`, ...options].join(' · ');
}

/** Whether arrows of this level have sequence numbers. */
export const numbered = (level: LabelLevel): boolean => level === 'numbers' || level === 'all';

export function said(arrow: Arrow, level: LabelLevel, numbers: Numbers): Said {
  const { segment } = arrow;
  switch (level) {
    case 'words':
      return { head: [inWords(segment), ...againOrCopy(arrow)].join(' · '), numbers: '' };
    case 'flags':
      return { head: headOf(arrow), numbers: segment.len > 0 ? `len ${segment.len}` : '' };
    case 'numbers':
      return { head: headOf(arrow), numbers: arrow.copy > 1 ? '' : numbersOf(segment, numbers) };
    case 'all':
      return { head: headOf(arrow), numbers: arrow.copy > 1 ? '' : wholeHeader(segment, numbers) };
  }
}
