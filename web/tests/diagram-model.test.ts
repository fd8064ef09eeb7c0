import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { Trace, type TraceEvent } from '../src/engine/types.ts';
import { DiagramModel } from '../src/lab/model/diagram-model.ts';
import { latestStates, takenEdges } from '../src/lab/states/tokens.ts';
import lifetime from './fixtures/lifetime.json' with { type: 'json' };

const hosts = [
  { name: 'client', address: '10.0.0.1' },
  { name: 'server', address: '10.0.0.2' },
];
const trace = v.parse(Trace, lifetime);

function modelOf(events: readonly TraceEvent[]): DiagramModel {
  const model = new DiagramModel(hosts, 50_000);
  for (const event of events) model.append(event);
  return model;
}

describe('DiagramModel', () => {
  const model = modelOf(trace);
  const arrows = model.arrows.between(-1e6, 1e6);

  it('draws one arrow for each segment sent', () => {
    expect(arrows).toHaveLength(trace.filter((event) => event.kind === 'segment.sent').length);
    expect(model.flying.size).toBe(0);
  });

  it('ends a lost segment half way and the others at the receiver', () => {
    const lost = arrows.filter((arrow) => arrow.end?.kind === 'lost');
    expect(lost).toHaveLength(1);
    expect(lost[0]?.way.at(-1)?.share).toBeCloseTo(0.5);
    for (const arrow of arrows) {
      if (arrow.end?.kind === 'received') expect(arrow.way.at(-1)?.share).toBe(1);
    }
  });

  it('changes a band exactly where the state event stands', () => {
    const bands = [...model.bands.between(-1e6, 1e6), ...model.standing.values()];
    for (const event of trace) {
      if (event.kind !== 'state' || event.to === 'CLOSED') continue;
      expect(bands.find((band) => band.n === event.n)?.top).toBe(model.yOf(event.n));
    }
  });

  it('keeps the listener listening while its child lives', () => {
    const listener = [...model.standing.values()].find((band) => band.listener);
    expect(listener).toMatchObject({ host: 'server', state: 'LISTEN', bottom: undefined });
  });

  it('marks retransmissions', () => {
    expect(arrows.filter((arrow) => arrow.retransmission)).toHaveLength(1);
  });

  it('counts the beats before a step and by a time', () => {
    expect(model.beatsBefore(0)).toBe(0);
    expect(model.beatsBefore(model.beats[3]?.step ?? -1)).toBe(3);
    expect(model.beatsUntil(110_000)).toBe(4);
  });

  it('knows what flies in the middle of a flight', () => {
    const shown = model.beats[model.beatsUntil(80_000) - 1]?.end ?? 0;
    const flying = model.flyingAt(shown, model.scale.y(80_000));
    expect(flying.map((arrow) => arrow.segment.flags)).toEqual(['SYN ACK']);
    expect(model.shareAt(flying[0] as (typeof flying)[0], 85_000)).toBeCloseTo(0.5);
  });

  it('puts segments sent at one instant below each other', () => {
    const sent = trace.filter((event) => event.kind === 'segment.sent').slice(0, 1);
    const first = sent[0] as Extract<TraceEvent, { kind: 'segment.sent' }>;
    const burst = [0, 1, 2].map((n) => ({
      ...first,
      n,
      t: 10_000,
      segment: { ...first.segment, id: n + 1 },
    }));
    const heights = burst.map((_, n) => modelOf(burst).yOf(n));
    expect(new Set(heights).size).toBe(3);
  });

  it('begins a silence below the mark of a segment that was lost as it was sent', () => {
    const sent = trace.find((event) => event.kind === 'segment.sent') as Extract<TraceEvent, { kind: 'segment.sent' }>;
    const lost = { ...sent, n: 1, step: 1, t: 0, kind: 'segment.dropped', where: 'network' } as unknown as TraceEvent;
    const later = { ...sent, n: 2, step: 2, t: 1_000_000 };
    const model = modelOf([{ ...sent, n: 0, t: 0 }, lost, later]);
    const mark = model.arrowOf(1)?.way.at(-1)?.y ?? Infinity;
    expect(model.scale.folds).toHaveLength(1);
    // Half of the cross is 6 pixels high.
    expect(model.scale.folds[0]?.top).toBeGreaterThanOrEqual(mark + 6);
  });

  it('gives a moment with many words the height that they need', () => {
    const call = { kind: 'call', rule: 'script_action', host: 'server', call: 'setsockopt' } as const;
    const heightOf = (words: number) => {
      const calls = Array.from({ length: words }, (_, n) => ({ ...call, n, step: n, t: 0 }));
      return modelOf(calls).scale.bottom;
    };
    expect(heightOf(2)).toBe(0);
    expect(heightOf(6) - heightOf(5)).toBe(15);
  });

  it('has a word for a close() that returns when it has waited, and for no other', () => {
    const call = { kind: 'call', rule: 'script_action', host: 'server', call: 'close', n: 0, step: 0, t: 0 } as const;
    const returned = { ...call, kind: 'return', n: 2 } as const;
    const fired = {
      kind: 'timer.fired',
      rule: 'linger_over',
      timer: 'linger',
      host: 'server',
      n: 1,
      step: 1,
      t: 9,
    } as const;
    const words = (events: TraceEvent[]) =>
      modelOf(events)
        .labels.between(-1e6, 1e6)
        .map(({ event }) => event.kind);
    expect(words([call, fired, { ...returned, step: 1, t: 9, cause: 1 }])).toEqual(['call', 'timer.fired', 'return']);
    expect(words([call, { ...returned, n: 1, cause: 0 }])).toEqual(['call']);
  });

  it('builds ten thousand events quickly', () => {
    const many: TraceEvent[] = [];
    for (let round = 0; many.length < 10_000; round++) {
      for (const event of trace) {
        const shifted = structuredClone(event);
        shifted.n = many.length;
        shifted.step += round * 1000;
        shifted.t += round * 70_000_000;
        if (shifted.conn !== undefined) shifted.conn += round * 10;
        if ('segment' in shifted) (shifted.segment as { id: number }).id += round * 100;
        many.push(shifted);
      }
    }
    const start = performance.now();
    const large = modelOf(many);
    expect(performance.now() - start).toBeLessThan(1000);
    expect(large.arrows.between(1000, 2000).length).toBeLessThan(60);
  });
});

describe('tokens', () => {
  it('follow the states that the reader has seen', () => {
    const changes = modelOf(trace).changes;
    const end = latestStates(changes, trace.length);
    expect(end.map(({ host, state }) => [host, state])).toEqual([
      ['server', 'LISTEN'],
      ['server', 'CLOSED'],
      ['client', 'CLOSED'],
    ]);
    expect(latestStates(changes, 0)).toEqual([]);
    expect(takenEdges(changes, trace.length).get('fin_wait_2-time_wait')).toBe(1);
  });
});

describe('copies', () => {
  const sent = trace.find((event) => event.kind === 'segment.sent') as Extract<TraceEvent, { kind: 'segment.sent' }>;
  const network = (n: number, t: number, kind: string, copy: number, extra = {}): TraceEvent =>
    ({ n, step: n, t, kind, rule: 'x', segment: sent.segment, copy, ...extra }) as TraceEvent;

  it('goes its own way, and is marked when the host throws it away after receiving it', () => {
    const model = modelOf([
      { ...sent, n: 0, t: 0 },
      network(1, 0, 'segment.duplicated', 2),
      network(2, 50_000, 'segment.received', 2, { host: 'server' }),
      network(3, 50_000, 'segment.dropped', 2, { host: 'server', where: 'host' }),
    ]);
    expect(model.arrowOf(3)).toMatchObject({ copy: 2, end: { n: 2, kind: 'refused' } });
    expect([...model.flying.values()].map((arrow) => arrow.copy)).toEqual([1]);
  });

  it('stands still while it is held', () => {
    const model = modelOf([
      { ...sent, n: 0, t: 0 },
      network(1, 25_000, 'segment.held', 1),
      network(2, 9_000_000, 'segment.released', 1),
    ]);
    const [arrow] = model.flying.values();
    expect(arrow?.held).toBe(false);
    expect(arrow?.way.map((point) => point.share)).toEqual([0, 0.5, 0.5]);
    expect(model.shareAt(arrow as NonNullable<typeof arrow>, 5_000_000)).toBe(0.5);
  });
});
