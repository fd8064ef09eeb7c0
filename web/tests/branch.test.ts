import { describe, expect, it, vi } from 'vitest';
import type { Status, TraceEvent } from '../src/engine/types.ts';
import { DiagramModel } from '../src/lab/model/diagram-model.ts';
import { Branch, drawnAtOnce, firstFlight } from '../src/lab/session/branch.svelte.ts';

const hosts = ['a', 'b'].map((name, i) => ({
  name,
  address: `10.0.0.${i + 1}`,
  stack: 'tcp',
  down: false,
  sockets: [],
}));

const statusOf = (events: number): Status => ({
  now: events,
  step: events,
  events,
  ended: false,
  actions: 1,
  msl: 120_000_000,
  in_flight: [],
  hosts,
});

/** One state after the other on host a, one a microsecond. */
const eventsUpTo = (count: number): TraceEvent[] =>
  Array.from({ length: count }, (_, n) => ({
    n,
    step: n,
    t: n,
    host: 'a',
    conn: 1,
    rule: 'open_active',
    kind: 'state' as const,
    from: 'CLOSED' as const,
    to: n % 2 === 0 ? ('SYN_SENT' as const) : ('ESTABLISHED' as const),
    event: 'active OPEN',
  }));

const pictureOf = (model: DiagramModel) => ({
  beats: model.beats,
  changes: model.changes,
  bottom: model.scale.bottom,
  labels: model.labels.between(0, model.scale.bottom),
  standing: [...model.standing.values()],
});

describe('a branch of many events', () => {
  const grown = () => {
    const branch = new Branch(1, 1, 0, 1);
    branch.grow(statusOf(1100), eventsUpTo(1100));
    return branch;
  };

  it('has the same picture after an action was taken back as if it had never been', async () => {
    const branch = grown();
    await branch.shrink(statusOf(700), 700);
    const fresh = new Branch(2, 2, 0, 1);
    fresh.grow(statusOf(700), eventsUpTo(700));
    expect(branch.events).toEqual(fresh.events);
    expect(pictureOf(branch.model)).toEqual(pictureOf(fresh.model));
  });

  it('has the same picture when it leaves another one, and goes on from there', async () => {
    const parent = grown();
    const child = new Branch(2, 2, 0, 1, { id: 1, step: 600 });
    await child.inherit(parent, statusOf(600), 800);
    child.grow(statusOf(650), eventsUpTo(650).slice(600));
    const fresh = new Branch(3, 3, 0, 1);
    fresh.grow(statusOf(650), eventsUpTo(650));
    expect(child.events).toEqual(fresh.events);
    expect(pictureOf(child.model)).toEqual(pictureOf(fresh.model));
  });

  it('lets the page breathe while its picture is drawn anew', async () => {
    const branch = grown();
    const append = vi.spyOn(DiagramModel.prototype, 'append');
    const inOneTask: number[] = [];
    const work = branch.shrink(statusOf(1000), 1000);
    let before = 0;
    let done = false;
    void work.then(() => (done = true));
    while (!done) {
      inOneTask.push(append.mock.calls.length - before);
      before = append.mock.calls.length;
      await new Promise((next) => setTimeout(next));
    }
    append.mockRestore();
    expect(inOneTask.reduce((sum, each) => sum + each, 0)).toBe(1000);
    expect(Math.max(...inOneTask)).toBeLessThanOrEqual(2 * drawnAtOnce);
  });
});

describe('the scale of a picture', () => {
  const sent = (id: number, t: number) => ({ kind: 'segment.sent', t, segment: { id } }) as unknown as TraceEvent;
  const received = (id: number, t: number) =>
    ({ kind: 'segment.received', t, segment: { id } }) as unknown as TraceEvent;
  const late = [{ departed: 300, arrives: 2_000_300 }] as unknown as Status['in_flight'];

  it('is that of the first segment that arrived, not of one that is still late', () => {
    expect(firstFlight({ in_flight: late }, [sent(1, 10), received(1, 60)])).toBe(50);
    expect(firstFlight({ in_flight: late }, [sent(1, 10)])).toBe(2_000_000);
    expect(firstFlight({ in_flight: [] }, [])).toBe(0);
  });
});
