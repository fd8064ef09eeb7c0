/** Lays out all the text of the sequence diagram together, so that nothing overlaps. */
import type { Numbers } from '../../app/preferences.svelte.ts';
import { t } from '../../i18n/index.svelte.ts';
import { boxOfLine, touch, upright, type Box } from '../model/boxes.ts';
import { connectionOf } from '../model/connections.ts';
import type { Arrow, Label } from '../model/diagram-types.ts';
import { ackOf, clock, flagsOf, numbersOf, roughly, seqOf } from '../model/text.ts';
import type { Echo } from '../model/echoes.ts';
import type { Fold } from '../model/time-scale.ts';
import { placeWords, type PlacedWords, type Words } from './arrow-words.ts';
import { burstsOf, keyOf, type Burst } from './bursts.ts';
import { breadthOf, foldPlaces, type Geometry } from './geometry.ts';
import { glyphsOf } from './glyphs.ts';
import { lifelineWords, type LifelineWords } from './lifeline-words.ts';
import type { Say } from './say.ts';
import { placer, wordsLine } from './ways.ts';

export interface Scene {
  arrows: readonly Arrow[];
  labels: readonly Label[];
  folds: readonly Fold[];
  echoes: readonly Echo[];
  /** The range of heights in view. */
  span: { from: number; to: number };
  geometry: Geometry;
  numbers: Numbers;
  /** Whether a burst is shown arrow by arrow. */
  whole: (burst: Burst) => boolean;
  /** The highlighted connection; the others have no labels. */
  focus: string | undefined;
  /** The labels of arrows, if they are not flags and main numbers. */
  say?: Say | undefined;
}

export interface Composed {
  bursts: Burst[];
  single: Arrow[];
  beside: LifelineWords[];
  /** By the key of the arrow or of the burst. */
  words: Map<string, Words>;
  placed: PlacedWords[];
  folds: { fold: Fold; text: string; x: number; y: number; box: Box }[];
  echoes: { echo: Echo; text: string; x: number; ys: number[] }[];
  /** The boxes of all text. */
  written: Box[];
}

export function headOf(arrow: Arrow): string {
  const said = [flagsOf(arrow.segment.flags)];
  if (arrow.retransmission) said.push(t('lab.again'));
  if (arrow.copy > 1) said.push(t('lab.copy', { number: arrow.copy }));
  return said.join(' ');
}

function wordsOfArrow(arrow: Arrow, { geometry, numbers, say }: Scene): Words {
  const said = say?.of(arrow) ?? {
    head: headOf(arrow),
    // A copy has the same numbers as its original, so they are not repeated.
    numbers: arrow.copy > 1 ? '' : numbersOf(arrow.segment, numbers),
  };
  return { key: keyOf(arrow), line: wordsLine(arrow, geometry), ...said };
}

/** The range from the first end to the last: ports alone if the address is the same, as the lifeline tells the host. */
function span(first: string, last: string): string {
  if (first === last) return first;
  const at = first.lastIndexOf(':');
  const isOneAddress = last.startsWith(first.slice(0, at + 1));
  return isOneAddress ? `${first.slice(at)} … ${last.slice(at)}` : `${first} … ${last}`;
}

/** The range of a burst's sequence or ack numbers; for several connections, the range of their ends. */
function rangeOf(arrows: readonly Arrow[], numbers: Numbers): string {
  const first = arrows[0]?.segment;
  const last = arrows.at(-1)?.segment;
  if (!first || !last) return '';
  if (arrows.some(({ segment }) => connectionOf(segment) !== connectionOf(first))) {
    return arrows.some(({ segment }) => segment.src !== first.src)
      ? span(first.src, last.src)
      : span(first.dst, last.dst);
  }
  const bytes = arrows.reduce((sum, { segment }) => sum + segment.len, 0);
  if (bytes > 0) return `seq ${seqOf(first, numbers)} … ${seqOf(last, numbers)} · len ${bytes}`;
  return `ack ${ackOf(first, numbers) ?? '—'} … ${ackOf(last, numbers) ?? '—'}`;
}

export const lostOf = ({ arrows }: Burst): number => arrows.filter(({ end }) => end?.kind === 'lost').length;

/** A name that is unique to a burst: how many segments of what kind, between which hosts, their numbers, and when. */
export function burstName(burst: Burst, numbers: Numbers): string {
  const first = burst.arrows[0];
  const last = burst.arrows.at(-1);
  if (!first || !last) return '';
  const lost = lostOf(burst);
  return [
    t('lab.burst.what', { n: burst.arrows.length, head: headOf(first), from: first.from, to: first.to }),
    rangeOf(burst.arrows, numbers),
    t('lab.burst.when', { from: clock(first.way[0]?.t ?? 0), to: clock(last.way[0]?.t ?? 0) }),
    ...(lost > 0 ? [t('lab.burst.lost', { n: lost })] : []),
  ].join(t('punctuation.clause'));
}

function wordsOfBurst(burst: Burst, { geometry, numbers, say }: Scene): Words {
  const first = wordsLine(burst.arrows[0] as Arrow, geometry);
  const last = wordsLine(burst.arrows.at(-1) as Arrow, geometry);
  const middle = (a: { x: number; y: number }, b: { x: number; y: number }) => ({
    x: (a.x + b.x) / 2,
    y: (a.y + b.y) / 2,
  });
  const lost = lostOf(burst);
  const said = say?.of(burst.arrows[0] as Arrow);
  const head = `${burst.arrows.length} × ${said?.head ?? headOf(burst.arrows[0] as Arrow)}${lost > 0 ? ` · ${t('lab.burst.lost', { n: lost })}` : ''}`;
  return {
    key: burst.key,
    line: { from: middle(first.from, last.from), to: middle(first.to, last.to) },
    head,
    numbers: said?.numbers === '' ? '' : rangeOf(burst.arrows, numbers),
    within: true,
  };
}

/** The boxes of the lifelines, on which no label of an arrow may stand. */
function lifelines(arrows: readonly Arrow[], geometry: Geometry): Box[] {
  const heights = arrows.flatMap(({ way }) => way.map(({ y }) => y));
  if (heights.length === 0) return [];
  const top = Math.min(...heights) - 400;
  const bottom = Math.max(...heights) + 400;
  return [...geometry.columns.values()].map((column) => {
    const { left, right } = breadthOf(column);
    return upright(left - 1, top, right - left + 2, bottom - top);
  });
}

const widthOf = (text: string) =>
  [...text].reduce((sum, each) => sum + (/[\u2e80-\uffef]/u.test(each) ? 12.5 : 7.2), 0) + 8;

/** Labels folds with their durations: clear of arrows if possible, and clear of marks and text whenever it can be. */
function placedFolds(
  folds: readonly Fold[],
  arrows: readonly Arrow[],
  taken: readonly Box[],
  geometry: Geometry,
): Composed['folds'] {
  const lines = arrows.flatMap((arrow) => {
    const place = placer(arrow, geometry);
    const points = arrow.way.map(({ share, y }) => place(share, y));
    return points.slice(1).map((to, i) => boxOfLine(points[i]?.x ?? to.x, points[i]?.y ?? to.y, to.x, to.y, 14));
  });
  return folds.map((fold) => {
    const text = t('lab.fold', { duration: roughly(fold.to - fold.from) });
    const width = widthOf(text);
    const middle = (fold.top + fold.bottom) / 2;
    const heights = [0, -18, 18, -36, 36].map((by) => middle + by);
    const places = foldPlaces(geometry, width).flatMap((x) =>
      heights.map((y) => ({ x, y, box: upright(x - width / 2, y - 9, width, 18) })),
    );
    const free = places.find(({ box }) => ![...lines, ...taken].some((other) => touch(other, box)));
    const off = places.find(({ box }) => !taken.some((other) => touch(other, box)));
    return { fold, text, ...(free ?? off ?? (places[0] as (typeof places)[0])) };
  });
}

/** Distance between the repeated labels of an echo, small enough that one is always in view. */
const echoWords = 320;

/** "4984 × ACK", and what these segments do. */
export function echoText({ arrows }: Echo): string {
  const flags = [...new Set(arrows.slice(0, 2).map(({ segment }) => flagsOf(segment.flags)))].join(' / ');
  return t('lab.echo.what', { n: arrows.length, flags });
}

/** A name that is unique to an echo. */
export function echoName(echo: Echo): string {
  const first = echo.arrows[0];
  const last = echo.arrows.at(-1);
  const when = t('lab.burst.when', { from: clock(first?.way[0]?.t ?? 0), to: clock(last?.way[0]?.t ?? 0) });
  return [t('lab.echo.between', { what: echoText(echo), from: first?.from ?? '', to: first?.to ?? '' }), when].join(
    t('punctuation.clause'),
  );
}

function placedEchoes({ echoes, span, geometry }: Scene): Composed['echoes'] {
  return echoes
    .filter(({ open }) => !open)
    .map((echo) => {
      const ends = [echo.arrows[0]?.from, echo.arrows[0]?.to].map(
        (host) => geometry.columns.get(host ?? '')?.axis ?? 0,
      );
      const x = ((ends[0] ?? 0) + (ends[1] ?? 0)) / 2;
      const first = Math.min(echo.top + 14, (echo.top + echo.bottom) / 2);
      const skipped = Math.max(0, Math.ceil((span.from - first) / echoWords));
      const ys = [];
      for (
        let y = first + skipped * echoWords;
        y <= Math.max(first, Math.min(echo.bottom - 10, span.to));
        y += echoWords
      )
        ys.push(y);
      return { echo, text: echoText(echo), x, ys };
    });
}

export function compose(scene: Scene): Composed {
  const { geometry, focus } = scene;
  const { bursts, single } = burstsOf(scene.arrows, scene.whole);
  const glyphs = glyphsOf(scene.arrows, geometry).map(({ box }) => box);
  const beside = lifelineWords(scene.labels, geometry);
  const echoes = placedEchoes(scene);
  const echoBoxes = echoes.flatMap(({ text, x, ys }) =>
    ys.map((y) => upright(x - widthOf(text) / 2, y - 9, widthOf(text), 18)),
  );
  const signs = [...beside.map(({ box }) => box), ...glyphs, ...echoBoxes];
  const folds = placedFolds(scene.folds, scene.arrows, signs, geometry);
  const lit = (arrow: Arrow) => focus === undefined || connectionOf(arrow.segment) === focus;
  const said = [
    ...bursts
      .filter(({ arrows }) => lit(arrows[0] as Arrow))
      .map((burst) => ({ n: burst.arrows[0]?.n ?? 0, words: wordsOfBurst(burst, scene) })),
    ...single.filter(lit).map((arrow) => ({ n: arrow.n, words: wordsOfArrow(arrow, scene) })),
  ].sort((a, b) => a.n - b.n);
  const taken = [...signs, ...folds.map(({ box }) => box), ...lifelines(scene.arrows, geometry)];
  const all = said.map(({ words }) => words);
  const placed = placeWords(all, taken, geometry);
  return {
    bursts,
    single,
    beside,
    folds,
    echoes,
    words: new Map(all.map((words) => [words.key, words])),
    placed,
    written: [...beside, ...folds]
      .map(({ box }) => box)
      .concat(
        echoBoxes,
        placed.flatMap(({ boxes }) => boxes),
      ),
  };
}
