/** Which of a host's sockets is selected, and which calls are shown below it. */
import type { Host, Socket } from '../../engine/types.ts';
import { t } from '../../i18n/index.svelte.ts';

export const keyOf = (socket: Socket): string => `${socket.conn ?? ''} ${socket.name}`;

/** The chosen socket while it exists; else the likeliest one: a live connection, then a listener, then any. */
export function socketInHand(host: Host, chosen: string | undefined): Socket | undefined {
  const { sockets } = host;
  const live = (socket: Socket) => socket.state !== 'CLOSED' && socket.name !== '';
  return (
    sockets.find((each) => keyOf(each) === chosen) ??
    sockets.findLast((each) => live(each) && !each.listener) ??
    sockets.find(live) ??
    sockets.findLast((each) => each.name !== '') ??
    sockets.at(-1)
  );
}

/** The text of the button for a new socket, according to the calls that are allowed. */
export function newSocketSign(may: (call: string) => boolean): string | undefined {
  const [first, second] = ['connect', 'listen'].filter(may);
  return first && (second ? t('lab.sockets.new.sign') : `+ ${first}`);
}

/** At most `most` sockets to show: the first ones, and always those in `matter`. */
export function inSight(sockets: readonly Socket[], most: number, matter: readonly (Socket | undefined)[]): Socket[] {
  const later = sockets.slice(most).filter((each) => matter.includes(each));
  const earlier = sockets.slice(0, most);
  while (earlier.length + later.length > most)
    earlier.splice(
      earlier.findLastIndex((each) => !matter.includes(each)),
      1,
    );
  return [...earlier, ...later];
}

/**
 * The calls that each socket has ever offered, so that a button keeps its place when its call makes no sense any more.
 * `order` is the engine's own order of calls.
 */
export class CallsSeen {
  readonly #seen = new Map<string, Set<string>>();
  static readonly #ofWorld = new WeakMap<object, CallsSeen>();

  /** All branches of a world share one, since a new branch knows only the calls that are left after its action. */
  static in([main]: readonly object[]): CallsSeen {
    const seen = (main && CallsSeen.#ofWorld.get(main)) ?? new CallsSeen();
    if (main) CallsSeen.#ofWorld.set(main, seen);
    return seen;
  }

  of(host: string, socket: Socket, order: readonly string[]): string[] {
    const key = `${host} ${keyOf(socket)}`;
    const seen = this.#seen.get(key) ?? new Set();
    this.#seen.set(key, seen);
    for (const call of socket.calls) seen.add(call);
    const known = order.filter((call) => seen.has(call));
    return [...known, ...[...seen].filter((call) => !order.includes(call))];
  }
}
