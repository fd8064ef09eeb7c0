/** Explains a number such as #6 beside a state: the lab's own number for one end of a connection. */
import type { Host } from '../../engine/types.ts';
import { t } from '../../i18n/index.svelte.ts';
import type { Connections } from './connections.ts';
import { endName } from './text.ts';

export function endNumberText(n: number, connections: Connections, hosts: readonly Host[]): string {
  const connection = connections.ofNumber(n);
  if (!connection) return t('lab.number', { n });
  return t('lab.number.of', { n, one: endName(connection.src, hosts), other: endName(connection.dst, hosts) });
}
