/** A forged picture: the student finds and corrects the one thing that is wrong in it. */
import * as v from 'valibot';
import { State } from '../../../engine/types.ts';
import { t } from '../../../i18n/index.svelte.ts';
import { asFields } from '../answer.ts';
import { common, count } from '../asked.ts';
import type { QuestionKind } from '../kind.ts';

const Cell = v.object({ field: v.string(), value: v.union([v.string(), v.number()]) });
const Row = v.object({
  from: v.string(),
  to: v.string(),
  /** For a socket, its own end and its peer's. */
  src: v.string(),
  dst: v.string(),
  /** In microseconds. */
  t: count,
  /** Null if the segment is lost. */
  arrives: v.nullable(count),
  cells: v.array(Cell),
});
export type Row = v.InferOutput<typeof Row>;
export type Cell = v.InferOutput<typeof Cell>;

const Asked = v.object({
  ...common,
  kind: v.literal('spot'),
  as: v.picklist(['ladder', 'dump', 'ss', 'netstat']),
  states: v.array(State),
  rows: v.array(Row),
});
type Asked = v.InferOutput<typeof Asked>;
export type Drawn = Asked['as'];

/** Whether its rows are sockets, in which only the state can be wrong. */
export const isTable = ({ as }: Pick<Asked, 'as'>): boolean => as === 'ss' || as === 'netstat';

const header = ['flags', 'seq', 'ack', 'len'];
export const isHeader = (field: string): boolean => header.includes(field);

export const fieldText = (field: string): string =>
  isHeader(field) ? field : t('exercise.spot.state', { host: field });

export const cellOf = (row: Row, field: string): Cell | undefined => row.cells.find((cell) => cell.field === field);

/** "2 ack" as the row's index and the field; the field is empty while only the row is chosen. */
export function placeOf({ rows }: Pick<Asked, 'rows'>, place: unknown): { row: number; field: string } | undefined {
  const found = /^(\d{1,3})(?: (.*))?$/.exec(typeof place === 'string' ? place : '');
  const row = rows[Number(found?.[1]) - 1];
  if (!found || !row) return undefined;
  const field = found[2] ?? '';
  return { row: Number(found[1]) - 1, field: cellOf(row, field) ? field : '' };
}

const placeText = (asked: Asked, place: unknown): string | undefined => {
  const found = placeOf(asked, place);
  return (
    found &&
    t(isTable(asked) ? 'exercise.spot.atLine' : 'exercise.spot.at', { n: found.row + 1, field: fieldText(found.field) })
  );
};

/** A row in words, for screen readers. */
export function spokenRow(row: Row, n: number, as: Drawn): string {
  const cells = row.cells.map(({ field, value }) => `${fieldText(field)} ${value}`).join(', ');
  if (isTable({ as })) {
    return `${t('exercise.spot.line', { n: n + 1, from: row.from, local: row.src, peer: row.dst })}: ${cells}`;
  }
  const what = t('exercise.spot.row', { n: n + 1, from: row.from, to: row.to || row.dst });
  return `${what}: ${cells}${row.arrives === null ? `, ${t('exercise.spot.lost')}` : ''}`;
}

export const spot: QuestionKind<typeof Asked> = {
  asked: Asked,
  isPart: false,
  isJudged: true,
  canBeShown: true,
  isAhead: true,
  hosts: ({ rows }) => [...new Set(rows.flatMap(({ from, to }) => [from, to]))],
  missing: (asked, value) => {
    const fields = asFields(value);
    const place = placeOf(asked, fields['place']);
    if (!place) return ['place'];
    if (place.field === '') return ['field'];
    return String(fields['value'] ?? '').trim() === '' ? ['value'] : [];
  },
  fieldName: (_, name) => t(`exercise.spot.name.${name === 'place' || name === 'field' ? name : 'value'}`),
  fieldValue: (asked, name, value) => (name === 'place' ? placeText(asked, value) : undefined) ?? String(value),
  nextStep: (_, some) => t(some ? 'exercise.step.spot' : 'exercise.step.spot.all'),
};
