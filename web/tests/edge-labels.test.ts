/** The words of the state diagram: whatever was taken last, it and what is possible next find room, apart from each other. */
import { describe, expect, it } from 'vitest';
import type { Transition } from '../src/engine/types.ts';
import type { Language } from '../src/i18n/index.svelte.ts';
import { touch, upright, type Box } from '../src/lab/model/boxes.ts';
import { linesOf, placeEdgeWords } from '../src/lab/states/edge-labels.ts';
import { closedAgain, node, places, pointAt, routes, size } from '../src/lab/states/layout.ts';
import { boxOfMark, marksOf, type Standing } from '../src/lab/states/tokens.ts';
import { api, hasEngine } from './engine.ts';

const hosts = ['client', 'server'];
const nodes = [...Object.values(places), closedAgain].map(({ x, y }) =>
  upright(x - node.width / 2, y - node.height / 2, node.width, node.height),
);

describe('the layout', () => {
  it('has every state and edge within the picture, and no two states on each other', () => {
    nodes.forEach((each, i) => {
      expect(each.x - each.width / 2).toBeGreaterThanOrEqual(0);
      expect(each.x + each.width / 2).toBeLessThanOrEqual(size.width);
      expect(each.y - each.height / 2).toBeGreaterThanOrEqual(0);
      expect(each.y + each.height / 2).toBeLessThanOrEqual(size.height);
      for (const other of nodes.slice(i + 1)) expect(touch(each, other)).toBe(false);
    });
  });

  it('leads an edge past the states that are not its ends', () => {
    for (const [id, route] of Object.entries(routes)) {
      const passed = nodes.filter((each) =>
        Array.from({ length: 41 }, (_, i) => pointAt(route, 0.1 + i * 0.02)).some(({ x, y }) =>
          touch(upright(x, y, 0.1, 0.1), { ...each, width: each.width - 4, height: each.height - 4 }),
        ),
      );
      expect(passed, id).toEqual([]);
    }
  });
});

describe.runIf(hasEngine)('words on edges', async () => {
  const catalogue = hasEngine ? await api.catalogue() : undefined;
  const transitions = catalogue?.transitions ?? [];
  const drawn = transitions.filter((each) => each.id in routes);
  const wordsIn =
    (language: Language) =>
    ({ id, event, action }: Transition) => ({
      id,
      event: catalogue?.names.event[event]?.[language] ?? '',
      action: (action ? catalogue?.names.action[action]?.[language] : '') ?? '',
    });
  const standing = (edge: Transition, host: number): Standing => ({
    host: hosts[host] as string,
    conn: host,
    state: edge.to,
    orderly: edge.to === 'CLOSED',
    event: edge.event,
  });

  const pairs = drawn.flatMap((a) => drawn.map((b) => [`${a.id} and ${b.id}`, a, b] as const));
  describe.each<Language>(['en', 'zh'])('%s', (language) =>
    it.each(pairs)('%s', (_, a, b) => {
      const marks = marksOf([standing(a, 0), standing(b, 1)], hosts).map(boxOfMark);
      const next = drawn.filter((each) => [a.to, b.to].includes(each.from));
      const order = [...new Set([a, b, ...next])];
      const placed = placeEdgeWords(order.map(wordsIn(language)), marks);
      const taken = [...nodes, ...marks, ...placed.map(({ box }) => box)];
      placed.forEach(({ box }) => expect(taken.filter((other) => other !== box && touch(box, other))).toEqual([]));
      const ids = placed.map(({ id }) => id);
      expect(ids).toEqual(expect.arrayContaining([a.id, b.id]));
      // In a crowd one may have to be pointed at.
      expect(ids.length).toBeGreaterThanOrEqual(order.length - 1);
    }),
  );

  it.each<Language>(['en', 'zh'])(
    '%s: hardly ever lie across a line',
    (language) => {
      const across = (box: Box) => Object.keys(routes).some((id) => linesOf(id).some((line) => touch(line, box)));
      const placed = pairs.flatMap(([, a, b]) => {
        const marks = marksOf([standing(a, 0), standing(b, 1)], hosts).map(boxOfMark);
        const next = drawn.filter((each) => [a.to, b.to].includes(each.from));
        return placeEdgeWords([...new Set([a, b, ...next])].map(wordsIn(language)), marks);
      });
      expect(placed.filter(({ box }) => across(box)).length / placed.length).toBeLessThan(0.02);
    },
    60_000,
  );
});
