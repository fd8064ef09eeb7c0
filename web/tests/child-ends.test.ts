/** A RST ends a connection in SYN_RCVD: its socket vanishes, and the listener stays the only one in LISTEN. */
import { describe, expect, it, vi } from 'vitest';
import { setLanguage } from '../src/i18n/index.svelte.ts';
import { geometryOf } from '../src/lab/diagram/geometry.ts';
import { lifelineWords } from '../src/lab/diagram/lifeline-words.ts';
import { latestStates } from '../src/lab/states/tokens.ts';
import { examples } from '../src/lab/scenarios/examples.ts';
import { api, hasEngine } from './engine.ts';
import { ran } from './ran.ts';

vi.stubGlobal('document', { documentElement: {} });

// RFC 9293 section 3.10.7.4, second check: a RST in SYN_RCVD after a passive OPEN returns the connection to LISTEN.
const world = examples.find(({ id }) => id === 'rfc9293-figure-08')?.text ?? '';
const listening = ({ state }: { state: string }) => state === 'LISTEN';

describe.runIf(hasEngine)('after the RST', async () => {
  if (!hasEngine) return;
  const branch = await ran(api, world);
  const { model } = branch;
  const back = model.changes.find(({ from, to }) => from === 'SYN_RCVD' && to === 'LISTEN');
  const shown = (back?.n ?? 0) + 1;

  it('the scenario has such a RST', () => expect(back).toBeDefined());

  it('the engine lists one socket in LISTEN, and so does every picture of the page', () => {
    const server = branch.status?.hosts.find(({ name }) => name === back?.host);
    expect(server?.sockets.filter(listening)).toHaveLength(1);
    expect(latestStates(model.changes, shown).filter(listening)).toHaveLength(1);
    expect(latestStates(model.changes, shown).map(({ conn }) => conn)).not.toContain(back?.conn);
    const bands = [...model.bands.between(-1e6, 1e6), ...model.standing.values()].filter(listening);
    expect(bands).toHaveLength(1);
  });

  it('the child’s own band ends with the event, and the words there say what ended', () => {
    const band = model.bands.between(-1e6, 1e6).find(({ conn }) => conn === back?.conn);
    expect(band).toMatchObject({ state: 'SYN_RCVD', endN: back?.n });
    const labels = model.labels.between(-1e6, 1e6).filter(({ n }) => n === back?.n);
    const geometry = geometryOf(900, ['A', 'B', 'ghost'], model);
    for (const [language, words] of [
      ['en', 'SYN_RCVD ends'],
      ['zh', 'SYN_RCVD 结束'],
    ] as const) {
      setLanguage(language);
      expect(lifelineWords(labels, geometry)[0]?.words).toContain(words);
    }
  });
});

describe('a listener that opened actively', () => {
  it('is in LISTEN again when it comes back', () => {
    const change = (n: number, from: string, to: string) => ({ n, conn: 1, host: 'a', from, to, event: '' });
    const changes = [change(0, 'CLOSED', 'LISTEN'), change(1, 'LISTEN', 'SYN_SENT'), change(2, 'SYN_SENT', 'LISTEN')];
    expect(latestStates(changes as never, 3).filter(listening)).toHaveLength(1);
  });
});
