/** Two ends that say the same over and over are one echo, of hardly any height; whatever else happens ends it. */
import { describe, expect, it } from 'vitest';
import type { TraceEvent } from '../src/engine/types.ts';
import { DiagramModel } from '../src/lab/model/diagram-model.ts';

const hosts = [
  { name: 'client', address: '10.0.0.1' },
  { name: 'server', address: '10.0.0.2' },
];
const ends = ['10.0.0.1:40000', '10.0.0.2:80'] as const;
const flight = 50_000;

class Talk {
  readonly events: TraceEvent[] = [];
  #id = 0;
  #t = 0;

  add(event: object): void {
    this.events.push({
      n: this.events.length,
      step: this.events.length,
      t: this.#t,
      rule: 'r',
      ...event,
    } as unknown as TraceEvent);
  }

  /** A segment from one end (0 or 1), which arrives and is turned down. */
  say(from: 0 | 1, more: object = {}, lost = false): void {
    this.#id += 1;
    const segment = {
      id: this.#id,
      src: ends[from],
      dst: ends[1 - from],
      flags: 'ACK',
      seq: 100 + from,
      ack: 200,
      len: 0,
      takes: 0,
      win: 1,
      options: {},
      ...more,
    };
    this.add({ kind: 'segment.sent', host: hosts[from]?.name, conn: from + 1, segment });
    this.#t += flight;
    if (lost) return this.add({ kind: 'segment.dropped', where: 'network', segment });
    for (const kind of ['segment.received', 'segment.dropped'])
      this.add({ kind, where: 'host', host: hosts[1 - from]?.name, conn: 2 - from, segment });
  }

  rounds(count: number): this {
    for (let i = 0; i < count; i++) {
      this.say(0);
      this.say(1);
    }
    return this;
  }

  model(isOpen = false): DiagramModel {
    const model = new DiagramModel(hosts, flight, new Map(), () => isOpen);
    for (const event of this.events) model.append(event);
    return model;
  }
}

const sizes = (model: DiagramModel) => model.echoes.all.map(({ arrows }) => arrows.length);

describe('an echo', () => {
  it('begins after a few rounds, and has hardly any height however long it goes on', () => {
    expect(sizes(new Talk().rounds(5).model())).toEqual([]);
    const model = new Talk().rounds(500).model();
    // Two say something for the first time, and eight more are shown.
    expect(sizes(model)).toEqual([990]);
    expect(model.scale.bottom).toBeLessThan(2000);
    const [echo] = model.echoes.all;
    expect((echo?.bottom ?? 0) - (echo?.top ?? 0)).toBeGreaterThan(900);
    expect(model.yOf(600)).toBeGreaterThan(model.yOf(597));
  });

  it('that is opened has each segment in its whole height', () => {
    const model = new Talk().rounds(500).model(true);
    expect(sizes(model)).toEqual([990]);
    expect(model.scale.bottom).toBeGreaterThan(50_000);
  });

  it('ends with whatever is new, and after that heights are as they were', () => {
    const talk = new Talk().rounds(20);
    talk.say(0, { seq: 100, len: 10, takes: 10 });
    const before = talk.model().scale.bottom;
    talk.say(1, { ack: 210 });
    expect(talk.model().scale.bottom - before).toBeGreaterThan(70);
    talk.rounds(20);
    expect(sizes(talk.model())).toHaveLength(2);
  });

  it('is no part of what brings something: numbers that go on, data, states, timers', () => {
    const growing = new Talk();
    for (let i = 0; i < 40; i++) {
      growing.say(0, { seq: 100 + i, len: 1, takes: 1 });
      growing.say(1, { ack: 101 + i });
    }
    expect(sizes(growing.model())).toEqual([]);
    const timed = new Talk();
    for (let i = 0; i < 20; i++) {
      timed.rounds(1);
      timed.add({ kind: 'timer.fired', host: 'client', conn: 1, timer: 'keepalive' });
    }
    expect(sizes(timed.model())).toEqual([]);
  });

  it('does not hide a segment that is lost in it', () => {
    const talk = new Talk().rounds(20);
    talk.say(0, {}, true);
    const model = talk.model();
    const lost = model.arrows.between(-1e6, 1e6).filter(({ end }) => end?.kind === 'lost');
    expect(lost.map(({ echo }) => echo)).toEqual([undefined]);
  });
});
