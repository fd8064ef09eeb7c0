/** What is told of a segment that was lost. */
import { describe, expect, it } from 'vitest';
import { fateOf } from '../src/lab/model/fate.ts';
import type { Branch } from '../src/lab/session/branch.svelte.ts';
import { api, hasEngine } from './engine.ts';
import { ran } from './ran.ts';

const scenario = (match: object, script: object[]) =>
  JSON.stringify({
    format: 'tcplab-scenario/1',
    profile: 'rfc9293',
    hosts: [
      { name: 'client', address: '10.0.0.1' },
      { name: 'server', address: '10.0.0.2' },
    ],
    network: { delay: '50ms' },
    faults: [{ match, do: 'drop' }],
    script: [
      { at: '0', host: 'server', do: 'listen', port: 80 },
      { at: '10ms', host: 'client', do: 'connect', to: 'server:80' },
      ...script,
    ],
  });

/** Of the first segment that is lost, at that moment and at the end of the run. */
function fates({ events, model }: Branch) {
  const lost = events.findIndex(({ kind }) => kind === 'segment.dropped');
  const arrow = model.arrowOf(lost);
  if (!arrow) throw new Error('nothing is lost');
  return [lost, lost + 1, events.length].map((shown) => fateOf(arrow, model, events, shown));
}

describe.skipIf(!hasEngine)('a lost segment', () => {
  it('is sent again when the timer of its sender expires, and until then the page says when that is', async () => {
    const [before, then, last] = fates(await ran(api, scenario({ from: 'client', flags: 'SYN', nth: 1 }, [])));
    expect(before).toBeUndefined();
    // RFC 6298: the first RTO is a second.
    expect(then).toMatchObject({ kind: 'timer', at: 1_010_000 });
    expect(last).toMatchObject({ kind: 'again', event: { t: 1_010_000, segment: { flags: 'SYN' } } });
  });

  it('is waited for by no timer if it takes no number', async () => {
    const [, then, last] = fates(await ran(api, scenario({ from: 'client', flags: 'ACK', nth: 1 }, [])));
    expect(then).toEqual({ kind: 'numberless' });
    expect(last).toEqual({ kind: 'numberless' });
  });
});
