/** The words beside the lifelines: what they say in the room there is, and the box they take. */
import { t } from '../../i18n/index.svelte.ts';
import { upright, type Box } from '../model/boxes.ts';
import type { Label } from '../model/diagram-types.ts';
import { fit, labelText } from '../model/text.ts';
import { labelRoom, type Geometry } from './geometry.ts';

export interface LifelineWords {
  label: Label;
  /** In full, and as it is shown. */
  words: string;
  text: string;
  /** Whether its words end with a connection's number. */
  numbered: boolean;
  x: number;
  anchor: 'start' | 'end';
  box: Box;
}

/** What a child leaves is its own; LISTEN, to which it is said to go back, is its listener's. */
const textOf = ({ event, kind }: Label, narrow: boolean) =>
  kind === 'gone' && event.kind === 'state' ? t('lab.label.gone', { state: event.from }) : labelText(event, narrow);

const letters = (text: string) => [...text].reduce((sum, each) => sum + (/[\u2e80-\uffef]/u.test(each) ? 2 : 1), 0);

/** Where several connections stand, these words say of which they speak. */
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
    // A state's whole name says more than the first letters of it and a number that is cut off.
    const bare = number !== '' && letters(short) > room ? textOf(label, true) : short;
    const text = fit(letters(words) > room && letters(bare) < letters(words) ? bare : words, room);
    const width = letters(text) * letter;
    const left = column.side < 0 ? column.labelX - width : column.labelX;
    const anchor = column.side < 0 ? 'end' : 'start';
    const box = upright(left - 1, label.y - 7, width + 2, 14);
    return [{ label, words, text, numbered: number !== '', x: column.labelX, anchor, box }];
  });
}
