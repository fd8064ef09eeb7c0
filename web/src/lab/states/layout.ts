/**
 * Where states and edges stand: the layout of RFC 9293 figure 5, for recognition. Which edges there are, and
 * what is written on them, comes from the engine's table; an edge without a place here is listed with its state.
 */
import type { State } from '../../engine/types.ts';

export interface Place {
  x: number;
  y: number;
}
export const size = { top: -10, width: 384, height: 566 };
export const node = { width: 92, height: 26 };

export const places: Record<State, Place> = {
  CLOSED: { x: 190, y: 22 },
  LISTEN: { x: 190, y: 100 },
  SYN_RCVD: { x: 52, y: 182 },
  SYN_SENT: { x: 330, y: 182 },
  ESTABLISHED: { x: 190, y: 264 },
  FIN_WAIT_1: { x: 52, y: 344 },
  CLOSE_WAIT: { x: 330, y: 344 },
  FIN_WAIT_2: { x: 52, y: 442 },
  CLOSING: { x: 190, y: 424 },
  LAST_ACK: { x: 330, y: 442 },
  TIME_WAIT: { x: 190, y: 522 },
};
/** The figure shows CLOSED twice: where a life begins, and where an orderly close ends. */
export const closedAgain: Place = { x: 330, y: 522 };

export interface Route {
  path: string;
  /** Base line of the label's first line, and its alignment. */
  x: number;
  y: number;
  anchor: 'start' | 'middle' | 'end';
  /** Event and action on one line. */
  oneLine?: boolean;
  /** Longest line, in characters. */
  limit?: number;
}

export const routes: Record<string, Route> = {
  'closed-listen': { path: 'M176 35L176 86', x: 170, y: 58, anchor: 'end' },
  'listen-closed': { path: 'M204 87L204 36', x: 210, y: 58, anchor: 'start' },
  'closed-syn_sent': { path: 'M236 22C332 22 356 76 350 168', x: 244, y: 4, anchor: 'start', limit: 22 },
  'syn_sent-closed': { path: 'M332 169C330 130 312 70 236 32', x: 298, y: 96, anchor: 'end' },
  'listen-syn_rcvd': { path: 'M144 106C92 112 66 132 62 168', x: 128, y: 130, anchor: 'middle' },
  'listen-syn_sent': { path: 'M236 106C270 114 300 140 308 168', x: 262, y: 138, anchor: 'end' },
  'syn_rcvd-listen': { path: 'M34 169C32 112 80 92 143 96', x: 62, y: 98, anchor: 'end' },
  'syn_sent-syn_rcvd': { path: 'M284 182L99 182', x: 191, y: 176, anchor: 'middle', oneLine: true },
  'syn_rcvd-established': { path: 'M76 195C90 230 114 250 143 258', x: 100, y: 222, anchor: 'start' },
  'syn_sent-established': { path: 'M304 195C290 230 266 250 237 258', x: 281, y: 214, anchor: 'end' },
  'syn_rcvd-fin_wait_1': { path: 'M32 195L32 330', x: 38, y: 240, anchor: 'start' },
  'established-fin_wait_1': { path: 'M152 277C116 290 88 306 76 330', x: 104, y: 286, anchor: 'end' },
  'established-close_wait': { path: 'M228 277C264 290 294 306 306 330', x: 282, y: 288, anchor: 'start' },
  'fin_wait_1-fin_wait_2': { path: 'M32 357L32 428', x: 38, y: 396, anchor: 'start' },
  'fin_wait_1-closing': { path: 'M98 348C142 354 172 376 182 410', x: 156, y: 352, anchor: 'start' },
  'fin_wait_1-time_wait': { path: 'M92 356C130 396 142 452 162 508', x: 152, y: 456, anchor: 'start', limit: 12 },
  'fin_wait_2-time_wait': { path: 'M56 455C62 498 100 520 143 522', x: 72, y: 476, anchor: 'start' },
  'close_wait-last_ack': { path: 'M330 357L330 428', x: 324, y: 390, anchor: 'end' },
  'closing-time_wait': { path: 'M212 437L212 508', x: 218, y: 466, anchor: 'start', limit: 8 },
  'last_ack-closed': { path: 'M340 455L340 508', x: 334, y: 478, anchor: 'end' },
  'time_wait-closed': { path: 'M236 522L283 522', x: 260, y: 543, anchor: 'middle' },
};

/** Lines of at most about `limit` characters. */
export function wrap(text: string, limit = 15): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < limit) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
