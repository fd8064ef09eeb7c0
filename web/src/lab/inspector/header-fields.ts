/** The fields of an IPv4 datagram with a TCP segment, each with the bytes that hold it. For show only. */
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

interface KnownOption {
  name: string;
  length: number;
  value: (view: DataView, at: number) => string;
}

/** RFC 9293 §3.2, RFC 7323, RFC 2018: the options that the engine sends, by kind. */
const knownOptions: Record<number, KnownOption> = {
  0: { name: 'end of options', length: 1, value: () => '' },
  1: { name: 'no operation', length: 1, value: () => '' },
  2: { name: 'MSS', length: 4, value: (view, at) => String(view.getUint16(at)) },
  3: { name: 'window scale', length: 3, value: (view, at) => `× 2^${view.getUint8(at)}` },
  4: { name: 'SACK permitted', length: 2, value: () => '' },
  8: { name: 'timestamps', length: 10, value: (view, at) => `${view.getUint32(at)}, ${view.getUint32(at + 4)}` },
};

const flagNames = ['FIN', 'SYN', 'RST', 'PSH', 'ACK', 'URG', 'ECE', 'CWR'];

/** The eight flag bits in the order of the header, highest first. */
export function flagBits(byte: number): { name: string; set: boolean }[] {
  return flagNames.map((name, i) => ({ name, set: (byte & (1 << i)) !== 0 })).reverse();
}

/** Fields that are there; a datagram cut short simply has fewer. */
export function headerFields(bytes: Uint8Array): Field[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const fields: Field[] = [];
  const add = (part: Field['part'], name: string, from: number, length: number, show: () => string) => {
    if (length > 0 && from + length <= bytes.length) fields.push({ part, name, value: show(), from, to: from + length });
  };
  const hex = (value: number, digits: number) => `0x${value.toString(16).padStart(digits, '0')}`;
  const address = (at: number) => bytes.slice(at, at + 4).join('.');

  const ip = ((bytes[0] ?? 0) & 15) * 4;
  add('IPv4', 'version, header length', 0, 1, () => `4, ${ip}`);
  add('IPv4', 'total length', 2, 2, () => String(view.getUint16(2)));
  add('IPv4', 'identification', 4, 2, () => hex(view.getUint16(4), 4));
  add('IPv4', 'time to live', 8, 1, () => String(view.getUint8(8)));
  add('IPv4', 'protocol', 9, 1, () => `${view.getUint8(9)}`);
  add('IPv4', 'header checksum', 10, 2, () => hex(view.getUint16(10), 4));
  add('IPv4', 'source', 12, 4, () => address(12));
  add('IPv4', 'destination', 16, 4, () => address(16));

  add('TCP', 'source port', ip, 2, () => String(view.getUint16(ip)));
  add('TCP', 'destination port', ip + 2, 2, () => String(view.getUint16(ip + 2)));
  add('TCP', 'sequence number', ip + 4, 4, () => String(view.getUint32(ip + 4)));
  add('TCP', 'acknowledgment number', ip + 8, 4, () => String(view.getUint32(ip + 8)));
  const header = ((bytes[ip + 12] ?? 0) >> 4) * 4;
  add('TCP', 'data offset', ip + 12, 1, () => String(header));
  add('TCP', 'flags', ip + 13, 1, () => hex(view.getUint8(ip + 13), 2));
  add('TCP', 'window', ip + 14, 2, () => String(view.getUint16(ip + 14)));
  add('TCP', 'checksum', ip + 16, 2, () => hex(view.getUint16(ip + 16), 4));
  add('TCP', 'urgent pointer', ip + 18, 2, () => String(view.getUint16(ip + 18)));
  options(ip + 20, ip + header);
  add('data', 'data', ip + header, bytes.length - ip - header, () => printable(bytes.subarray(ip + header)));
  return fields;

  function options(from: number, to: number): void {
    for (let at = from; at < Math.min(to, bytes.length); ) {
      const kind = bytes[at] ?? 0;
      const length = kind < 2 ? 1 : Math.max(2, bytes[at + 1] ?? 2);
      const option = knownOptions[kind];
      const start = at;
      add('options', option?.name ?? `option ${kind}`, start, length, () =>
        option?.length === length ? option.value(view, start + 2) : `${length}`,
      );
      at += length;
    }
  }
}

export function printable(bytes: Uint8Array): string {
  const text = [...bytes.subarray(0, 48)]
    .map((byte) => (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : '·'))
    .join('');
  return bytes.length > 48 ? `${text}…` : text;
}
