/**
 * What was typed into a form, as an action has it. What is no whole number goes to the engine as it was typed: only
 * the engine knows what is allowed, and then it can say both.
 */
import type { Key } from '../../i18n/index.svelte.ts';

/** Digits alone are a number; one that is too large to be exact stays as it was typed. */
export function numberTyped(text: string): number | string {
  const trimmed = text.trim();
  const number = Number(trimmed);
  return /^\d+$/.test(trimmed) && Number.isSafeInteger(number) ? number : text;
}

/** What send() is given: digits alone are always a number of bytes, anything else is the text itself. */
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

/** What the form calls the place of a problem in an action; undefined: no form has it. */
export function fieldOf(call: string, pointer: string): Fields[keyof Fields] | undefined {
  // One box takes both.
  if (call === 'send' && pointer === '/bytes') return 'lab.call.text';
  return Object.hasOwn(fields, pointer) ? fields[pointer as keyof Fields] : undefined;
}
