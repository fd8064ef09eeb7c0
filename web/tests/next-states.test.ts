/** Which edges of the state diagram are pointed at as possible next: never those that a question asks for. */
import { describe, expect, it } from 'vitest';
import { Sight } from '../src/exercise/sight.ts';
import type { Step } from '../src/exercise/steps.ts';
import type { Asked } from '../src/exercise/kinds/all.ts';
import type { State, Transition } from '../src/engine/types.ts';
import type { StateChange } from '../src/lab/model/diagram-types.ts';
import { statesToLeave, type Standing } from '../src/lab/states/tokens.ts';
import { sayEdge, withheldFrom } from '../src/lab/states/withheld.ts';

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

describe('what is not put into words', () => {
  const edge = (from: State, to: State): Transition => ({
    id: `${from}-${to}`,
    from,
    to,
    event: `leaves ${from}`,
    action: 'SYN',
  });
  const all = [
    edge('CLOSED', 'SYN_SENT'),
    edge('SYN_SENT', 'ESTABLISHED'),
    edge('SYN_SENT', 'CLOSED'),
    edge('LISTEN', 'SYN_RCVD'),
    edge('TIME_WAIT', 'CLOSED'),
  ];
  const change = (n: number, host: string, conn: number, from: State, to: State) =>
    ({ n, kind: 'state', host, conn, from, to, edge: `${from}-${to}`, event: '' }) as unknown as StateChange;
  const opening = [change(0, 'server', 1, 'CLOSED', 'LISTEN'), change(1, 'client', 2, 'CLOSED', 'SYN_SENT')];
  const kept = (changes: StateChange[], asked: string[], asksRules = false) =>
    [...withheldFrom(all, changes, { asked, asksRules }).edges].sort();

  it('is how a host goes on that is asked about, unless it was seen to happen', () => {
    expect(kept(opening, [])).toEqual([]);
    expect(kept(opening, ['client'])).toEqual(['SYN_SENT-CLOSED', 'SYN_SENT-ESTABLISHED']);
    expect(kept(opening, ['server'])).toEqual(['LISTEN-SYN_RCVD']);
    expect(kept([...opening, change(2, 'other', 3, 'SYN_SENT', 'ESTABLISHED')], ['client'])).toEqual([
      'SYN_SENT-CLOSED',
    ]);
  });

  it('is how a host begins that has no connection yet', () => {
    expect(kept([opening[0] as StateChange], ['client'])).toEqual(['CLOSED-SYN_SENT']);
    expect(kept(opening, ['proxy'])).toEqual([]);
  });

  it('is all that has not happened while the rules themselves are asked', () => {
    expect(kept(opening, [], true)).toEqual([
      'LISTEN-SYN_RCVD',
      'SYN_SENT-CLOSED',
      'SYN_SENT-ESTABLISHED',
      'TIME_WAIT-CLOSED',
    ]);
  });

  it('is neither in the words, nor in the name, nor in the code of the edge; nor is what the state means to which it leads', () => {
    const withheld = withheldFrom(all, opening, { asked: ['client'], asksRules: false });
    const said = sayEdge(all[1] as Transition, withheld);
    expect(said).toMatchObject({ event: '?', action: '', code: { event: '', action: '' }, origin: '', withheld: true });
    expect(JSON.stringify(said)).not.toContain('leaves');
    expect([...withheld.states]).toEqual(['ESTABLISHED']);
    expect(sayEdge(all[4] as Transition, withheld)).toMatchObject({
      event: 'leaves TIME_WAIT',
      name: 'TIME_WAIT to CLOSED: leaves TIME_WAIT',
    });
  });
});

const step = (asked: object): Step => ({
  key: 'q',
  question: 'q',
  part: undefined,
  about: undefined,
  asked: { pause: { step: 1, t: 0 }, covered: [], ...asked } as unknown as Asked,
});

describe('hosts that questions ask about', () => {
  const asked = (stage: 'asked' | 'again' | 'right', of: object) => new Sight([step(of)], () => stage).asked;

  it.each([
    [
      'states',
      {
        kind: 'state',
        hosts: ['client', 'server/accepted'],
        sockets: { 'server/accepted': { host: 'server', socket: 'accepted' } },
      },
      ['client', 'server'],
    ],
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
  const whole = [
    step({ kind: 'role', pause: null, hosts: [], sockets: {} }),
    step({ kind: 'role', pause: null, hosts: [], sockets: {} }),
  ] as const;
  const heldBack = (stages: ('asked' | 'right')[], at: 0 | 1) =>
    new Sight(whole, (each) => stages[whole.indexOf(each)] ?? 'asked').isHeldBack(whole[at]);

  it('stands still while another of them is open, before this one is answered and after', () => {
    expect(heldBack(['asked', 'asked'], 0)).toBe(true);
    expect(heldBack(['right', 'asked'], 0)).toBe(true);
    expect(heldBack(['right', 'asked'], 1)).toBe(false);
    expect(heldBack(['right', 'right'], 1)).toBe(false);
  });
});
