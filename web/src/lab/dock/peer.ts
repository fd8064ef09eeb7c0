import type { Host } from '../../engine/types.ts';

/** Whom to connect to from this host: somebody who listens, or else the next host's usual port. */
export function suggestedPeer(host: Host, hosts: readonly Host[]): string {
  const others = hosts.filter((each) => each.name !== host.name && each.stack !== 'none');
  for (const other of others) {
    const listener = other.sockets.find((socket) => socket.listener && socket.state === 'LISTEN');
    if (listener?.local) return `${other.name}:${listener.local.split(':').at(-1)}`;
  }
  return `${others[0]?.name ?? 'server'}:80`;
}
