/** Nothing that is written in the sequence diagram stands on anything else: in every example, at several widths. */
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { setLanguage } from '../src/i18n/index.svelte.ts';
import { compose, type Composed } from '../src/lab/diagram/compose.ts';
import { geometryOf } from '../src/lab/diagram/geometry.ts';
import { touch } from '../src/lab/model/boxes.ts';
import { examples, freeSeed } from '../src/lab/scenarios/examples.ts';
import { Branch } from '../src/lab/session/branch.svelte.ts';
import { api, hasEngine } from './engine.ts';

const widths = { en: [320, 620, 740, 1000], zh: [320, 740] };
/** Events of an example that are looked at. */
const most = 400;

async function ran(text: string): Promise<Branch> {
  const opened = await api.open(text, freeSeed);
  if ('problems' in opened) throw new Error(JSON.stringify(opened.problems));
  const branch = new Branch(1, opened.session, 1, freeSeed);
  let status = await api.status(opened.session);
  while (branch.events.length < most) {
    branch.grow(status, await api.trace(opened.session, branch.events.length));
    if (status.ended || status.next === null || status.next === undefined) break;
    status = await api.step(opened.session, 50);
  }
  await api.close(opened.session);
  return branch;
}

function composed(branch: Branch, width: number, folded: boolean): Composed {
  const { model } = branch;
  const geometry = geometryOf(width, branch.status?.hosts.map((host) => host.name) ?? [], model);
  return compose({
    arrows: [...model.arrows.between(-1000, model.scale.bottom + 1000), ...model.flying.values()],
    labels: model.labels.between(-1000, model.scale.bottom + 1000),
    folds: model.scale.folds,
    geometry,
    numbers: 'absolute',
    whole: () => !folded,
    focus: undefined,
  });
}

describe.runIf(hasEngine).each(['en', 'zh'] as const)('words in the sequence diagram: %s', (language) => {
  beforeAll(() => {
    vi.stubGlobal('document', { documentElement: {} });
    setLanguage(language);
  });
  it.each(examples.map((example) => [example.id, example] as const))('%s', { timeout: 120_000 }, async (_, example) => {
    const branch = await ran(example.text);
    for (const width of widths[language]) {
      for (const folded of [true, false]) {
        const { placed, beside, folds, words } = composed(branch, width, folded);
        const boxes = placed.flatMap((each) => each.boxes.map((box) => ({ of: each.key, box })));
        const others = [...beside.map(({ box }) => box), ...folds.map(({ box }) => box)];
        const collisions = boxes.flatMap(({ of, box }, i) => {
          const on = boxes.slice(i + 1).filter((other) => other.of !== of && touch(box, other.box));
          const words = others.filter((other) => touch(box, other));
          return [...on.map((other) => `${of} on ${other.of}`), ...words.map(() => `${of} on words beside`)];
        });
        expect(collisions, `at ${width}`).toEqual([]);
        // On a desk nearly all of them find room; what does not is told when it is asked about.
        if (width >= 740) expect(placed.length, `at ${width}`).toBeGreaterThanOrEqual(Math.floor(0.8 * words.size));
      }
    }
  });
});
