/** The variables of a connection, as tables show them. */
import { isTimeVariable } from '../catalogue/names.svelte.ts';
import { clock } from '../model/text.ts';

/** Those that are looked at first, in this order. */
export const firstVariables = ['state', 'snd.una', 'snd.nxt', 'snd.wnd', 'rcv.nxt', 'rcv.wnd', 'iss', 'irs'];

export function valueText(name: string, value: string | number | boolean | null): string {
  if (value === null) return '–';
  return isTimeVariable(name) ? clock(Number(value)) : String(value);
}
