/** The labels beside the lifelines: their text, cut to fit, and their boxes. */
import { t } from '../../i18n/index.svelte.ts';
import { upright, type Box } from '../model/boxes.ts';
import type { Label } from '../model/diagram-types.ts';
import { fit, labelText } from '../model/text.ts';
import { labelRoom, type Geometry } from './geometry.ts';

export interface LifelineWords {
  label: Label;
  /** The full text, and the text as it is shown. */
  words: string;
  text: string;
  /** Whether the text ends with a connection's number. */
  numbered: boolean;
  x: number;
  anchor: 'start' | 'end';
  box: Box;
}

/** A listener's child that ends is said to go back to LISTEN; name the state it leaves, as LISTEN is its listener's. */
const textOf = ({ event, kind }: Label, narrow: boolean) =>
  kind === 'gone' && event.kind === 'state' ? t('lab.label.gone', { state: event.from }) : labelText(event, narrow);

const letters = (text: string) => [...text].reduce((sum, each) => sum + (/[\u2e80-\uffef]/u.test(each) ? 2 : 1), 0);

/** With several connections on a host, labels of these kinds name theirs. */
const numbered: Label['kind'][] = ['state', 'gone'];

export function lifelineWords(labels: readonly Label[], geometry: Geometry): LifelineWords[] {
  const letter = geometry.narrow ? 5.75 : 6.95;
  return labels.flatMap((label) => {
    const column = geometry.columns.get(label.host);
    if (!column) return [];
    const number = label.conn !== undefined && numbered.includes(label.kind) ? ` #${label.conn}` : '';
    const room = Math.floor(labelRoom(geometry, column) / letter);
    const words = textOf(label, geometry.narrow) + number;
    const short = textOf(label, true) + number;
    // If both do not fit, the whole name of the state says more than a part of it with a cut-off number.
    const bare = number !== '' && letters(short) > room ? textOf(label, true) : short;
    const text = fit(letters(words) > room && letters(bare) < letters(words) ? bare : words, room);
    const width = letters(text) * letter;
    const left = column.side < 0 ? column.labelX - width : column.labelX;
    const anchor = column.side < 0 ? 'end' : 'start';
    const box = upright(left - 1, label.y - 7, width + 2, 14);
    return [{ label, words, text, numbered: number !== '', x: column.labelX, anchor, box }];
  });
}
