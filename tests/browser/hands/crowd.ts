/** A world with more in it than anyone can read: 20 hosts with long names, 500 connections. */
const hostCount = 20;
const connections = 500;
const port = 80;

export function crowd(): string {
  const hosts = Array.from({ length: hostCount }, (_, i) => ({
    name: `a-host-with-a-rather-long-name-number-${i + 1}`,
    address: `10.0.${i}.1`,
  }));
  const [servers, clients] = [hosts.slice(0, hostCount / 2), hosts.slice(hostCount / 2)];
  const script: object[] = servers.flatMap(({ name: host }) => [
    { at: '0s', host, do: 'socket', as: 'listener' },
    { at: '0s', host, do: 'bind', socket: 'listener', port },
    { at: '0s', host, do: 'listen', socket: 'listener', backlog: connections },
  ]);
  for (let i = 0; i < connections; i++) {
    const host = clients[i % clients.length]?.name;
    const to = `${servers[Math.floor((i * servers.length) / connections)]?.address}:${port}`;
    script.push({ at: `${i + 1}ms`, host, do: 'socket', as: `c${i}` });
    script.push({ at: `${i + 1}ms`, host, do: 'connect', socket: `c${i}`, to });
  }
  return JSON.stringify({ format: 'tcplab-scenario/1', hosts, script });
}
