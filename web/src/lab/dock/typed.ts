/**
 * Turns what was typed into a form into an action's values. Anything but a whole number goes to the engine as typed:
 * only the engine knows what is allowed, and its message can then quote both.
 */
import type { Key } from '../../i18n/index.svelte.ts';

/** Digits alone become a number, unless it is too large to be exact. */
export function numberTyped(text: string): number | string {
  const trimmed = text.trim();
  const number = Number(trimmed);
  return /^\d+$/.test(trimmed) && Number.isSafeInteger(number) ? number : text;
}

/** The argument of send(): digits alone are always a count of bytes, anything else is the text to send. */
export const sendTyped = (text: string): { bytes: number | string } | { text: string } =>
  /^\d+$/.test(text) ? { bytes: numberTyped(text) } : { text };

const fields = {
  '/port': 'lab.call.port',
  '/to': 'lab.call.to',
  '/text': 'lab.call.text',
  '/bytes': 'lab.call.bytes',
  '/option': 'lab.option.name',
  '/value': 'lab.option.value',
  '/segment/from': 'lab.inject.from',
  '/segment/to': 'lab.call.to',
  '/segment/flags': 'lab.inject.flags',
  '/segment/seq': 'lab.inject.seq',
  '/segment/ack': 'lab.inject.ack',
  '/segment/win': 'lab.inject.win',
  '/segment/text': 'lab.inject.text',
  '/segment/urgent': 'lab.inject.urgent',
  '/segment/options': 'lab.inject.options',
} as const satisfies Record<string, Key>;
type Fields = typeof fields;

/** The form field at which an action's problem lies; undefined if no form has it. */
export function fieldOf(call: string, pointer: string): Fields[keyof Fields] | undefined {
  // One field takes both a text and a count of bytes.
  if (call === 'send' && pointer === '/bytes') return 'lab.call.text';
  return Object.hasOwn(fields, pointer) ? fields[pointer as keyof Fields] : undefined;
}
