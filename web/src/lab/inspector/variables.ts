/** How tables show the variables of a connection. */
import { isTimeVariable } from '../catalogue/names.svelte.ts';
import { clock } from '../model/text.ts';

/** The most important variables, which come first in this order. */
export const firstVariables = ['state', 'snd.una', 'snd.nxt', 'snd.wnd', 'rcv.nxt', 'rcv.wnd', 'iss', 'irs'];

export function valueText(name: string, value: string | number | boolean | null): string {
  if (value === null) return '–';
  return isTimeVariable(name) ? clock(Number(value)) : String(value);
}
