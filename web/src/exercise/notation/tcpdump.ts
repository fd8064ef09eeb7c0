/** Segments as tcpdump prints them. */
import type { Numbers } from '../../app/preferences.svelte.ts';
import type { Segment, TraceEvent } from '../../engine/types.ts';
import { ackOf, seqOf } from '../../lab/model/text.ts';

/** The first letter of each flag, except W for CWR, and a dot for ACK, which comes last. */
export const flagLetters = (flags: string): string => {
  const set = flags.split(' ').filter((flag) => flag !== '');
  const letters = set.filter((flag) => flag !== 'ACK').map((flag) => (flag === 'CWR' ? 'W' : flag.slice(0, 1)));
  return [...letters, ...(set.includes('ACK') ? ['.'] : [])].join('') || 'none';
};

/** A time of day, with the run beginning at midnight. */
export function clockText(microseconds: number): string {
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  const seconds = Math.floor(microseconds / 1e6);
  const clock = `${two(seconds / 3600)}:${two((seconds / 60) % 60)}:${two(seconds % 60)}`;
  return `${clock}.${String(microseconds % 1e6).padStart(6, '0')}`;
}

export const endpoint = (text: string): string => text.replace(/:(?=\d+$)/, '.');

const optionTexts: Readonly<Record<string, (value: unknown, all: Segment['options']) => string>> = {
  mss: (value) => `mss ${String(value)}`,
  window_scale: (value) => `wscale ${String(value)}`,
  sack_permitted: () => 'sackOK',
  tsval: (value, all) => `TS val ${String(value)} ecr ${String(all['tsecr'] ?? 0)}`,
};

/**
 * What follows the two ends: "Flags [S], seq 1000, win 65535, options [mss 1460], length 0". `covered` hides the end of
 * a range, which would give away the next sequence number when a question asks for it.
 */
export function fieldsText(segment: Segment, numbers: Numbers, covered = false): string {
  const { flags, len, win, options, urgent } = segment;
  const seq = seqOf(segment, numbers);
  // tcpdump leaves out the seq of a segment that takes no sequence number.
  const takes = len > 0 || /SYN|FIN|RST/.test(flags);
  const ack = ackOf(segment, numbers);
  const said = Object.entries(options).flatMap(([name, value]) => optionTexts[name]?.(value, options) ?? []);
  const end = covered ? '?' : (seq + len) % 2 ** 32;
  return [
    `Flags [${flagLetters(flags)}]`,
    ...(takes ? [len > 0 ? `seq ${seq}:${end}` : `seq ${seq}`] : []),
    ...(ack === undefined ? [] : [`ack ${ack}`]),
    `win ${win}`,
    ...(urgent === undefined ? [] : [`urg ${urgent}`]),
    ...(said.length > 0 ? [`options [${said.join(',')}]`] : []),
    `length ${len}`,
  ].join(', ');
}

export interface Line {
  n: number;
  /** The time when it was sent, and its two ends. */
  head: string;
  fields: string;
  hex: string;
  /** Whether the network has lost it, which a capture at the sender cannot tell. */
  lost: boolean;
}

/** The lines that captures at all senders would contain. */
export function linesOf(events: readonly TraceEvent[], numbers: Numbers, covered = false): Line[] {
  const lost = new Set(
    events.flatMap((event) => (event.kind === 'segment.dropped' && event.where !== 'host' ? event.segment.id : [])),
  );
  return events.flatMap((event) => {
    if (event.kind !== 'segment.sent') return [];
    const { src, dst, id } = event.segment;
    return {
      n: event.n,
      head: `${clockText(event.t)} IP ${endpoint(src)} > ${endpoint(dst)}:`,
      fields: fieldsText(event.segment, numbers, covered),
      hex: event.bytes,
      lost: lost.has(id),
    };
  });
}

/** Octets as `tcpdump -x` prints them: an offset, then 16 octets a line in groups of two. */
export function hexLines(hex: string): string[] {
  const most = 128;
  const octets = hex.slice(0, 2 * most).match(/.{1,32}/g) ?? [];
  const lines = octets.map(
    (line, i) => `0x${(16 * i).toString(16).padStart(4, '0')}:  ${(line.match(/.{1,4}/g) ?? []).join(' ')}`,
  );
  return hex.length > 2 * most ? [...lines, '…'] : lines;
}
