/** The ends that an injected segment may pretend to have, and how the engine writes them. */
import type { Host } from '../../engine/types.ts';

/** The ends of an existing connection, or else of a possible one. */
export function ends(hosts: readonly Host[]): { from: string; to: string } {
  const live = hosts.flatMap((host) =>
    host.sockets.flatMap(({ local, remote, state }) =>
      local && remote && state !== 'CLOSED' && state !== 'LISTEN'
        ? [{ from: named(remote, hosts), to: named(local, hosts) }]
        : [],
    ),
  );
  const [first, second] = hosts.filter((host) => host.stack !== 'none').map((host) => host.name);
  return live.at(-1) ?? { from: `${first ?? 'client'}:40000`, to: `${second ?? first ?? 'server'}:80` };
}

const cut = (end: string): [string, string] => {
  const at = end.lastIndexOf(':');
  return at < 0 ? [end, ''] : [end.slice(0, at), end.slice(at)];
};

/** "10.0.0.1:80" as "client:80", where a host has this address. */
function named(end: string, hosts: readonly Host[]): string {
  const [address, port] = cut(end);
  return `${hosts.find((host) => host.address === address)?.name ?? address}${port}`;
}

/** "client:80" as "10.0.0.1:80", the way traces write it. */
export function resolved(end: string, hosts: readonly Host[]): string {
  const [name, port] = cut(end);
  return `${hosts.find((host) => host.name === name)?.address ?? name}${port}`;
}
