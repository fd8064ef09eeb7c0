import type { Host } from '../../engine/types.ts';

/** The peer suggested for a connect from this host: a listener, or else the usual port of the next host. */
export function suggestedPeer(host: Host, hosts: readonly Host[]): string {
  const others = hosts.filter((each) => each.name !== host.name && each.stack !== 'none');
  for (const other of others) {
    const listener = other.sockets.find((socket) => socket.listener && socket.state === 'LISTEN');
    if (listener?.local) return `${other.name}:${listener.local.split(':').at(-1)}`;
  }
  return `${others[0]?.name ?? 'server'}:80`;
}
