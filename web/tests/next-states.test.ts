/** Which edges of the state diagram are pointed at as possible next: never those that a question asks for. */
import { describe, expect, it } from 'vitest';
import { Sight } from '../src/exercise/sight.ts';
import type { Step } from '../src/exercise/steps.ts';
import type { Asked } from '../src/exercise/types.ts';
import type { State } from '../src/engine/types.ts';
import { statesToLeave, type Standing } from '../src/lab/states/tokens.ts';

const at = (host: string, state: State, conn = 1): Standing => ({ host, conn, state, orderly: false, event: '' });
const left = (standing: Standing[], asked: string[] = []) => [...statesToLeave(standing, asked)].sort();

describe('states that may be left next', () => {
  it('a listener is waiting while somebody opens, or where nothing else is alive', () => {
    expect(left([at('server', 'LISTEN')])).toEqual(['LISTEN']);
    expect(left([at('server', 'LISTEN'), at('client', 'SYN_SENT', 2)])).toEqual(['LISTEN', 'SYN_SENT']);
    expect(left([at('server', 'LISTEN'), at('client', 'ESTABLISHED', 2)])).toEqual(['ESTABLISHED']);
    expect(left([at('client', 'CLOSED')])).toEqual([]);
  });

  it('a host that is asked about is not told of, nor another beside it in the same state', () => {
    const both = [at('client', 'ESTABLISHED'), at('server', 'CLOSE_WAIT', 2)];
    expect(left(both, ['client'])).toEqual(['CLOSE_WAIT']);
    expect(left(both, ['client', 'server'])).toEqual([]);
    expect(left([at('client', 'ESTABLISHED'), at('server', 'ESTABLISHED', 2)], ['client'])).toEqual([]);
    // The question about the one does not point at the other's listener as if it came next.
    expect(left([at('server', 'LISTEN'), at('client', 'SYN_SENT', 2)], ['client', 'server'])).toEqual([]);
  });
});

const step = (asked: object): Step => ({ key: 'q', question: 'q', part: undefined, about: undefined, asked: { pause: { step: 1, t: 0 }, covered: [], ...asked } as unknown as Asked });

describe('hosts that questions ask about', () => {
  const asked = (stage: 'asked' | 'again' | 'right', of: object) => new Sight([step(of)], () => stage).asked;

  it.each([
    ['states', { kind: 'state', hosts: ['client', 'server/accepted'], sockets: { 'server/accepted': { host: 'server', socket: 'accepted' } } }, ['client', 'server']],
    ['roles', { kind: 'role', hosts: ['client', 'proxy'], sockets: {} }, ['client', 'proxy']],
    ['a segment', { kind: 'segment', of: { host: 'client' } }, ['client']],
    ['evidence', { kind: 'pick' }, []],
  ])('%s', (_, of, hosts) => {
    expect(asked('asked', of)).toEqual(hosts);
    expect(asked('again', of)).toEqual(hosts);
    expect(asked('right', of)).toEqual([]);
  });
});

describe('a run that several questions are about', () => {
  const whole = [step({ kind: 'role', pause: null, hosts: [], sockets: {} }), step({ kind: 'role', pause: null, hosts: [], sockets: {} })] as const;
  const heldBack = (stages: ('asked' | 'right')[], at: 0 | 1) => new Sight(whole, (each) => stages[whole.indexOf(each)] ?? 'asked').isHeldBack(whole[at]);

  it('stands still while another of them is open, before this one is answered and after', () => {
    expect(heldBack(['asked', 'asked'], 0)).toBe(true);
    expect(heldBack(['right', 'asked'], 0)).toBe(true);
    expect(heldBack(['right', 'asked'], 1)).toBe(false);
    expect(heldBack(['right', 'right'], 1)).toBe(false);
  });
});
