/** The text of a socket's chip, and which chips fit a row. */
import type { Host, Socket } from '../../engine/types.ts';
import { t } from '../../i18n/index.svelte.ts';
import { endName } from '../model/text.ts';
import { inSight } from './sockets.ts';

/** How much of its ends a chip shows: the peer's name (if alone in its row), both ports, or the port that differs. */
export type Ends = 'named' | 'ports' | 'port';

const portOf = (end: string | null | undefined): string => end?.split(':').at(-1) ?? '*';

/** The host's own address stands above the chip; the peer's is left out where several chips share a row. */
export function endsOf(
  { local, remote }: Socket,
  { hosts, ends, among }: { hosts: readonly Host[]; ends: Ends; among: readonly Socket[] },
): string {
  const here = portOf(local);
  if (remote === null || remote === undefined) return here;
  if (ends === 'named') return `${here} → ${endName(remote, hosts)}`;
  if (ends === 'ports') return `${here} → ${portOf(remote)}`;
  const isShared = among.filter((each) => each.remote && portOf(each.local) === here).length > 1;
  return isShared ? `→ ${portOf(remote)}` : here;
}

/** A socket's queues: in words, in as few letters as possible, and as full sentences. */
export function queuesOf({ state, listener, accept_queue, backlog, unread, unsent }: Socket): {
  said: string;
  brief: string;
  told: string[];
} {
  if (state === 'CLOSED') return { said: '', brief: '', told: [] };
  if (listener) {
    const queue = { length: accept_queue ?? 0, limit: backlog ?? '∞' };
    return {
      said: t('lab.queues.listener', queue),
      brief: `${queue.length}/${queue.limit}`,
      told: [t('lab.queues.listener.told', queue)],
    };
  }
  return {
    said: t('lab.queues.both', { unread, unsent }),
    brief: `R${unread} S${unsent}`,
    told: [t('lab.queues.unread.told', { n: unread }), t('lab.queues.unsent.told', { n: unsent })],
  };
}

/** In pixels, at the chips' font size: the width of a letter, and of what surrounds the text. */
const letter = 7.25;
const around = 38;
const gap = 4;

interface Row {
  hosts: readonly Host[];
  /** The row's width, and the most chips it may have. */
  room: number;
  most: number;
  inHand: Socket | undefined;
  acting: Socket | undefined;
}

/**
 * The sockets that fit one row without being cut off: always the selected one and the one at which something happens,
 * and as many of the others as fit.
 * `words`: whether the queues of the selected one have room in words, too.
 */
export function chipsThatFit(
  sockets: readonly Socket[],
  { hosts, room, most, inHand, acting }: Row,
): { chips: Socket[]; ends: Ends; words: boolean } {
  // Queues may shrink to nothing, so they need no room.
  const fits = (chips: readonly Socket[], ends: Ends, beside = 0) =>
    chips.reduce(
      (sum, each) =>
        sum + around + gap + letter * (each.state.length + endsOf(each, { hosts, ends, among: sockets }).length),
      beside,
    ) <= room;
  if (sockets.length <= most && fits(sockets, 'ports')) {
    const queues = inHand ? gap + letter * queuesOf(inHand).said.length : 0;
    return { chips: [...sockets], ends: 'ports', words: fits(sockets, 'ports', queues) };
  }
  const matter = [inHand, acting];
  const fewest = sockets.length === 2 ? 2 : new Set(matter.filter((each) => each !== undefined)).size;
  for (let count = Math.min(most, sockets.length); count > Math.max(1, fewest); count--) {
    const chips = inSight(sockets, count, matter);
    if (fits(chips, 'port')) return { chips, ends: 'port', words: false };
  }
  return { chips: inSight(sockets, Math.max(1, fewest), matter), ends: 'port', words: false };
}
