/** What the number of a connection's end is said to be. */
import { expect, it } from 'vitest';
import type { Host, Segment } from '../src/engine/types.ts';
import { Connections } from '../src/lab/model/connections.ts';
import { endNumberText } from '../src/lab/model/end-number.ts';

const hosts = [
  { name: 'client', address: '10.0.0.1' },
  { name: 'server', address: '10.0.0.2' },
] as Host[];

it('is the number of one end of the connection that its segments name', () => {
  const connections = new Connections();
  const segment = { src: '10.0.0.1:40000', dst: '10.0.0.2:80' } as Segment;
  connections.note(segment, 2);
  connections.note({ ...segment, src: segment.dst, dst: segment.src }, 6);
  expect(connections.ends).toBe(2);
  expect(endNumberText(6, connections, hosts)).toContain('#6');
  expect(endNumberText(6, connections, hosts)).toContain('client:40000 ⇄ server:80');
  // A listener has no connection.
  expect(endNumberText(1, connections, hosts)).toContain('#1');
  expect(endNumberText(1, connections, hosts)).not.toContain('⇄');
});
