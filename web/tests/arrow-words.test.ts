/** Nothing that is written in the sequence diagram stands on anything else: in every example, at several widths. */
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { setLanguage } from '../src/i18n/index.svelte.ts';
import { compose, type Composed } from '../src/lab/diagram/compose.ts';
import { keyOf } from '../src/lab/diagram/bursts.ts';
import { geometryOf, type Geometry } from '../src/lab/diagram/geometry.ts';
import { glyphOf } from '../src/lab/diagram/glyphs.ts';
import { clockHeight, highest, nowLine } from '../src/lab/diagram/now-line.ts';
import { boxOfLine, touch, upright, type Box } from '../src/lab/model/boxes.ts';
import { clock } from '../src/lab/model/text.ts';
import { examples } from '../src/lab/scenarios/examples.ts';
import type { Branch } from '../src/lab/session/branch.svelte.ts';
import { api, hasEngine } from './engine.ts';
import { ran } from './ran.ts';

const widths = { en: [320, 620, 740, 1000], zh: [320, 740] };
interface Drawn extends Composed {
  geometry: Geometry;
}

function composed(branch: Branch, width: number, folded: boolean): Drawn {
  const { model } = branch;
  const geometry = geometryOf(width, branch.status?.hosts.map((host) => host.name) ?? [], model);
  const scene = compose({
    arrows: [...model.arrows.between(-1000, model.scale.bottom + 1000), ...model.flying.values()].filter(
      ({ echo }) => !echo,
    ),
    labels: model.labels.between(-1000, model.scale.bottom + 1000),
    folds: model.scale.folds,
    echoes: model.echoes.all,
    span: { from: -1000, to: model.scale.bottom + 1000 },
    geometry,
    numbers: 'absolute',
    whole: () => !folded,
    focus: undefined,
  });
  return { ...scene, geometry };
}

/** All words and signs, each with what it belongs to: those of one arrow may touch. */
function everything({ placed, beside, folds, single, bursts, geometry }: Drawn) {
  const inBursts = bursts.flatMap(({ arrows }) => arrows.filter(({ end }) => end?.kind === 'lost'));
  return {
    words: placed.flatMap(({ key, boxes }) => boxes.map((box) => ({ of: `the words of ${key}`, box }))),
    beside: beside.map(({ words, box }) => ({ of: words, box })),
    folds: folds.map(({ text, box }) => ({ of: text, box })),
    signs: [...single, ...inBursts].flatMap((arrow) => {
      const glyph = glyphOf(arrow, geometry);
      return glyph ? [{ of: `the sign ${glyph.kind} of ${keyOf(arrow)}`, box: glyph.box }] : [];
    }),
  };
}

type Thing = { of: string; box: Box };
const collisions = (some: readonly Thing[], others: readonly Thing[]) =>
  some.flatMap((one) =>
    others.flatMap((other) => (one.of !== other.of && touch(one.box, other.box) ? [`${one.of} on ${other.of}`] : [])),
  );

/** Places at which the reader may stand: at every event, and on the way to it. */
const standings = (branch: Branch) =>
  branch.model.beats.flatMap(({ t, y }, i) => {
    const before = branch.model.beats[i - 1];
    return before
      ? [
          { t, y },
          { t: (before.t + t) / 2, y: (before.y + y) / 2 },
        ]
      : [{ t, y }];
  });

describe.runIf(hasEngine).each(['en', 'zh'] as const)('words in the sequence diagram: %s', (language) => {
  beforeAll(() => {
    vi.stubGlobal('document', { documentElement: {} });
    setLanguage(language);
  });
  it.each(examples.map((example) => [example.id, example] as const))('%s', { timeout: 120_000 }, async (_, example) => {
    const branch = await ran(api, example.text);
    for (const width of widths[language]) {
      for (const folded of [true, false]) {
        const drawn = composed(branch, width, folded);
        const { words, beside, folds, signs } = everything(drawn);
        const where = `at ${width}, ${folded ? 'folded' : 'unfolded'}`;
        expect(collisions(words, [...words, ...beside, ...folds, ...signs]), where).toEqual([]);
        expect(collisions(folds, [...folds, ...beside, ...signs]), where).toEqual([]);
        expect(collisions(beside, signs), where).toEqual([]);
        for (const { t, y } of standings(branch)) {
          const { pieces, clock: at } = nowLine(y, clock(t), drawn.written, drawn.geometry);
          const line = pieces.map(({ from, to }) => ({ of: 'the line', box: upright(from, y - 0.5, to - from, 1) }));
          const time = { of: 'the clock', box: upright(at.x, at.y, at.width, clockHeight) };
          expect(at.y, `${where}, ${t} µs`).toBeGreaterThanOrEqual(highest);
          expect(collisions([...line, time], [...words, ...beside, ...folds]), `${where}, ${t} µs`).toEqual([]);
        }
        // On a desk nearly all of them find room; what does not is told when it is asked about.
        if (width >= 740) expect(drawn.placed.length, where).toBeGreaterThanOrEqual(Math.floor(0.8 * drawn.words.size));
      }
    }
  });
});

/** Of two hosts whose segments cross, or not. */
const plain = ['rfc9293-figure-07', 'rfc9293-figure-13', 'handshake-data-close'];

describe.runIf(hasEngine)('at any width, where two hosts speak', () => {
  beforeAll(() => {
    vi.stubGlobal('document', { documentElement: {} });
    setLanguage('en');
  });
  it.each(examples.filter(({ id }) => plain.includes(id)).map((example) => [example.id, example] as const))(
    '%s: every segment has its numbers, and none strikes through the words of another',
    async (_, example) => {
      const branch = await ran(api, example.text);
      for (const width of [360, 460, 620, 1000]) {
        const { placed, words } = composed(branch, width, false);
        const said = placed.filter(({ texts }) => texts.some(({ text }) => text !== 'head'));
        expect(
          said.map(({ key }) => key),
          `at ${width}`,
        ).toEqual([...words.keys()]);
        // On a phone, numbers of ten digits need more than half of the way.
        if (width < 560) continue;
        const lines = [...words.values()].map(({ key, line: { from, to } }) => ({
          of: `the words of ${key}`,
          box: boxOfLine(from.x, from.y, to.x, to.y, 1),
        }));
        const boxes = placed.flatMap(({ key, boxes }) => boxes.map((box) => ({ of: `the words of ${key}`, box })));
        expect(collisions(boxes, lines), `at ${width}`).toEqual([]);
      }
    },
  );
});
