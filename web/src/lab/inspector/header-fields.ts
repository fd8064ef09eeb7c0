/** The fields of a datagram with the bytes that hold them, according to the engine's layout. For display only. */
import type { Form, HeaderLayout } from '../../engine/types.ts';
import { pick, t } from '../../i18n/index.svelte.ts';

export interface Field {
  part: 'IPv4' | 'TCP' | 'options' | 'data';
  name: string;
  value: string;
  /** First byte, and the one after the last. */
  from: number;
  to: number;
}

export function bytesOf(hex: string): Uint8Array {
  const bytes = new Uint8Array(Math.floor(hex.length / 2));
  for (let i = 0; i < bytes.length; i++) bytes[i] = Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16);
  return bytes;
}

/** The eight flag bits in the order of the header, highest first. */
export function flagBits(bytes: Uint8Array, layout: HeaderLayout): { name: string; set: boolean }[] {
  const field = partsOf(bytes, layout)
    .flatMap((part) => part.fields)
    .find((each) => each.form === 'flags');
  const byte = field === undefined ? undefined : bytes[field.from];
  if (byte === undefined) return [];
  return layout.flags.map((name, i) => ({ name, set: (byte & (1 << i)) !== 0 })).reverse();
}

/** The fields that a datagram has; one that was cut short has fewer. */
export function headerFields(bytes: Uint8Array, layout: HeaderLayout): Field[] {
  const parts = partsOf(bytes, layout);
  const fields: Field[] = parts.flatMap((part) =>
    part.fields.map(({ form, from, octets, name }) => ({
      part: part.name,
      name: pick(name),
      value: valueOf(bytes, from, octets, form),
      from,
      to: from + octets,
    })),
  );
  const last = parts.at(-1);
  if (last) fields.push(...optionsOf(bytes, last.plain, last.end, layout));
  const data = last?.end ?? bytes.length;
  if (data < bytes.length) {
    fields.push({
      part: 'data',
      name: t('lab.inspector.data'),
      value: printable(bytes.subarray(data)),
      from: data,
      to: bytes.length,
    });
  }
  return fields;
}

interface Part {
  name: 'IPv4' | 'TCP';
  fields: { form: Form; from: number; octets: number; name: HeaderLayout['fields'][number]['name'] }[];
  /** Where the fixed fields end and options begin; where the whole header ends. */
  plain: number;
  end: number;
}

/** The headers one after the other; each contains its own length. */
function partsOf(bytes: Uint8Array, layout: HeaderLayout): Part[] {
  const parts: Part[] = [];
  let start = 0;
  for (const name of new Set(layout.fields.map((field) => field.part))) {
    const own = layout.fields.filter((field) => field.part === name);
    const fields = own
      .map((field) => ({ ...field, from: start + field.at }))
      .filter((field) => field.from + field.octets <= bytes.length);
    const plain = start + Math.max(...own.map((field) => field.at + field.octets));
    const length = fields.find((field) => field.form.endsWith('_words'));
    const end = length ? start + wordsOf(bytes[length.from] ?? 0, length.form) : bytes.length;
    parts.push({ name, fields, plain, end });
    start = end;
  }
  return parts;
}

function optionsOf(bytes: Uint8Array, from: number, to: number, layout: HeaderLayout): Field[] {
  const fields: Field[] = [];
  for (let at = from; at < Math.min(to, bytes.length);) {
    const kind = bytes[at] ?? 0;
    const option = layout.options.find((each) => each.kind === kind);
    const octets = option?.octets === 1 ? 1 : Math.max(2, bytes[at + 1] ?? 2);
    if (at + octets <= bytes.length) {
      fields.push({
        part: 'options',
        name: option ? pick(option.name) : t('lab.inspector.option', { kind }),
        value: option && fits(option, octets) ? valueOf(bytes, at + 2, octets - 2, option.form) : String(octets),
        from: at,
        to: at + octets,
      });
    }
    at += octets;
  }
  return fields;
}

/** Whether an option has the length of its kind; one made of pairs may hold any count of them. */
const fits = (option: HeaderLayout['options'][number], octets: number) =>
  option.form === 'pairs' ? octets > 2 && (octets - 2) % 8 === 0 : option.octets === octets;

const wordsOf = (byte: number, form: Form) => (form === 'low_words' ? byte & 15 : byte >> 4) * 4;

function valueOf(bytes: Uint8Array, from: number, octets: number, form: Form): string {
  const number = (at: number, length: number) =>
    bytes.subarray(at, at + length).reduce((sum, byte) => sum * 256 + byte, 0);
  switch (form) {
    case 'none':
      return '';
    case 'number':
      return String(number(from, octets));
    case 'hex':
    case 'flags':
      return `0x${number(from, octets)
        .toString(16)
        .padStart(2 * octets, '0')}`;
    case 'address':
      return bytes.subarray(from, from + octets).join('.');
    case 'low_words':
      return `${number(from, 1) >> 4}, ${wordsOf(number(from, 1), form)}`;
    case 'high_words':
      return String(wordsOf(number(from, 1), form));
    case 'shift':
      return `× 2^${number(from, 1)}`;
    case 'pair':
      return `${number(from, 4)}, ${number(from + 4, 4)}`;
    case 'pairs':
      return Array.from(
        { length: octets / 8 },
        (_, i) => `${number(from + 8 * i, 4)}–${number(from + 8 * i + 4, 4)}`,
      ).join(', ');
  }
}

export function printable(bytes: Uint8Array): string {
  const text = [...bytes.subarray(0, 48)]
    .map((byte) => (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : '·'))
    .join('');
  return bytes.length > 48 ? `${text}…` : text;
}
