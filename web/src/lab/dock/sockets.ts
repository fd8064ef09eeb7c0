/** Which of a host's sockets is in hand, and which calls have their place beneath it. */
import type { Host, Socket } from '../../engine/types.ts';
import { t } from '../../i18n/index.svelte.ts';

export const keyOf = (socket: Socket): string => `${socket.conn ?? ''} ${socket.name}`;

/** The one chosen, as long as it exists; else what a person would mean: a live connection, a listener, any. */
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

/** What the button for a new socket says, by the calls that may make one. */
export function newSocketSign(may: (call: string) => boolean): string | undefined {
  const [first, second] = ['connect', 'listen'].filter(may);
  return first && (second ? t('lab.sockets.new.sign') : `+ ${first}`);
}

/** The sockets of which there is room to speak at once: the first, and always those that matter now. */
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
 * The calls that a socket has ever had: each keeps its place when it makes no sense any more.
 * `order` is the engine's own order of calls.
 */
export class CallsSeen {
  readonly #seen = new Map<string, Set<string>>();
  static readonly #ofWorld = new WeakMap<object, CallsSeen>();

  /** Of a session: all branches of a world share them, for a new one knows only what is left after the action. */
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
