/**
 * While a question is open, before any answer and after a wrong one, nothing on the page may give away the right
 * answer: no tab, no event's reasons or variables, no attribute. The right answers come from the engine itself.
 */
import type { Page } from '@playwright/test';
import { engine, type Asked, type TraceEvent } from './engine.ts';
import { expect, exerciseText, test } from './page.ts';
import { exercises, openAt, predicting, stepsOf, type Step } from './questions.ts';

const seed = 7;

interface Look {
  where: string;
  /** Whether a connection's variables are shown. */
  inside: boolean;
  events: number;
  /** Where a value was found that must be nowhere, and where one was found among a connection's variables. */
  places: string[];
  variables: string[];
  /** The names of the edges of the state diagram that are marked as possible next. */
  next: string[];
  /** "FROM TO words": edges of the state diagram as they are named, written and listed in its table. */
  edges: string[];
}

/** Goes through all tabs, and all events with their reasons; inside the page, since there are hundreds of steps. */
function everywhere(
  page: Page,
  nowhere: readonly string[],
  uncovered: readonly string[],
  deep: boolean,
): Promise<Look[]> {
  return page.evaluate(
    async ({ nowhere, uncovered, deep }) => {
      const looks: Look[] = [];
      const breath = (ms = 30) => new Promise((done) => setTimeout(done, ms));
      const all = (selector: string) => [...document.querySelectorAll<HTMLElement>(selector)];
      const named = (selector: string, name: string) => all(selector).find((each) => each.textContent?.trim() === name);
      const look = (where: string) => {
        const places = all('*').flatMap((element) => [
          ...[...element.attributes].map((attribute) => attribute.value),
          ...[...element.childNodes]
            .filter((node) => node.nodeType === Node.TEXT_NODE)
            .map((node) => node.nodeValue ?? ''),
        ]);
        const tables = all('table').filter((table) =>
          [...table.querySelectorAll('th')].some((head) => head.textContent === 'before'),
        );
        const variables = tables.flatMap((table) =>
          [...table.querySelectorAll('td')].map((cell) => cell.textContent ?? ''),
        );
        const holds = (values: readonly string[]) => (text: string) => values.some((value) => text.includes(value));
        looks.push({
          where,
          inside: tables.length > 0,
          events: all('.panel.events li').length,
          places: places.filter(holds(nowhere)),
          variables: variables.filter(holds(uncovered)),
          next: all('.edge.next').map((edge) => edge.getAttribute('aria-label') ?? ''),
          edges: [
            ...all('.edge').map((edge) =>
              (edge.getAttribute('aria-label') ?? '').replace(/^(\S+) to (\S+): /, '$1 $2 '),
            ),
            ...all('.states tbody tr').map((row) =>
              `${row.querySelector('td')?.textContent?.replace(' → ', ' ') ?? ''} ${[...row.querySelectorAll('td')]
                .slice(1, 3)
                .map((cell) => `${cell.title} ${cell.textContent}`)
                .join(' ')}`.trim(),
            ),
            ...pointed,
          ],
        });
        pointed.length = 0;
      };
      const pointed: string[] = [];
      look('as it opens');
      for (const edge of all('.edge')) {
        const [from, to] = edge.getAttribute('aria-label')?.split(/ to |: /) ?? [];
        edge.focus();
        edge.dispatchEvent(new MouseEvent('click', { bubbles: true }));
        await breath(10);
        const words = all('.states .words.chosen, .states .card').map((each) => each.textContent ?? '');
        pointed.push(`${from} ${to} ${words.join(' ')}`);
        edge.dispatchEvent(new MouseEvent('click', { bubbles: true }));
        edge.blur();
      }
      look('every edge pointed at');
      const tabs = all('[role=tab]').map((tab) => tab.textContent ?? '');
      for (const tab of tabs) {
        named('[role=tab]', tab)?.click();
        await breath();
        look(`the tab ${tab}`);
      }
      for (const again of [true, false]) {
        named('button', 'As a table')?.click();
        await breath();
        if (again) look('the states as a table');
      }
      for (let n = 0; deep; n++) {
        named('[role=tab]', 'Events')?.click();
        await breath();
        // The list's code comes when it is asked for.
        for (let waited = 0; waited < 2000 && all('.panel.events li').length === 0; waited += 10) await breath(10);
        const event = all('.panel.events li button')[n];
        if (!event) break;
        event.click();
        await breath();
        named('[role=tab]', 'Why')?.click();
        // The variables are asked of the engine; not every event has them.
        for (let waited = 0; waited < 120 && !named('button', 'All variables'); waited += 10) await breath(10);
        const variables = named('button', 'All variables');
        if (variables?.getAttribute('aria-pressed') === 'false') variables.click();
        await breath();
        look(`event ${n}`);
      }
      return looks;
    },
    { nowhere, uncovered, deep },
  );
}

/** The segments sent before the question, whose headers may be read. */
async function before(scenario: string, asked: Asked): Promise<TraceEvent[]> {
  const events = await engine.events(scenario, seed);
  return asked.pause ? events.filter((event) => event.step < (asked.pause?.step ?? 0)) : [];
}

const numbersIn = (events: readonly TraceEvent[]): Set<string> =>
  new Set(events.flatMap(({ segment }) => (segment ? [segment.seq, segment.ack ?? 0, segment.len].map(String) : [])));

/** The current states of the hosts that the question asks about. */
function statesAsked(asked: Asked, past: readonly TraceEvent[]): string[] {
  const places = asked.kind === 'segment' ? [asked.of.host] : 'hosts' in asked ? asked.hosts : [];
  const sockets = 'sockets' in asked ? (asked.sockets ?? {}) : {};
  const hosts = new Set(places.map((name) => sockets[name]?.host ?? name));
  const latest = new Map<number | undefined, string>();
  for (const { kind, host, conn, to } of past) {
    if (kind === 'state' && hosts.has(host ?? '')) latest.set(conn, to ?? '');
  }
  // A host without a connection still has to open one.
  return latest.size > 0 ? [...latest.values()] : ['CLOSED'];
}

const unsaid = /^(\?|told when the question is answered|)$/;
/** Whether an edge's label gives away how a host in question goes on. */
function tellsNext(edge: string, standing: readonly string[], past: readonly TraceEvent[]): boolean {
  const [from = '', to = '', ...words] = edge.split(/\s+/);
  const happened = past.some((event) => event.kind === 'state' && event.from === from && event.to === to);
  const said = words
    .join(' ')
    .replace(`${from} → ${to}`, '')
    .replace(/\? A “\?” hides words.*?answered\.|No connection has taken this edge yet\./g, '')
    .replace(/\?/g, '')
    .trim();
  return standing.includes(from) && !happened && !unsaid.test(said);
}

async function expectNothingTold(
  page: Page,
  { asked, right }: Step,
  past: readonly TraceEvent[],
  about: string,
  deep: boolean,
) {
  const answers = right as Record<string, unknown>;
  const fields = asked.kind === 'segment' ? ['seq', 'ack'].filter((name) => asked.fields.includes(name)) : [];
  const values = fields.map((name) => String(answers[name]));
  // What a segment on the way carries is there to be read; on no segment so far, it stands nowhere.
  const sent = numbersIn(past);
  const looks = await everywhere(
    page,
    values.filter((value) => !sent.has(value)),
    values,
    deep,
  );
  if (deep) expect(looks.length, about).toBeGreaterThan(past.length);
  if (deep && past.length > 0)
    expect(
      looks.some(({ inside }) => inside),
      `${about}: variables were seen`,
    ).toBe(true);
  const standing = statesAsked(asked, past);
  for (const { where, events, places, variables, next, edges } of looks) {
    expect(events, `${about}, ${where}: nothing of what comes`).toBeLessThanOrEqual(past.length);
    expect(places, `${about}, ${where}: as text or attribute`).toEqual([]);
    expect(variables, `${about}, ${where}: among the variables`).toEqual([]);
    const told = next.filter((edge) => standing.some((state) => edge.startsWith(`${state} to `)));
    expect(told, `${about}, ${where}: as what comes next`).toEqual([]);
    expect(
      edges.filter((edge) => tellsNext(edge, standing, past)),
      `${about}, ${where}: on an edge`,
    ).toEqual([]);
  }
}

test.use({ viewport: { width: 1440, height: 2200 } });

for (const id of exercises) {
  test(`${id}: nothing on the page tells an answer that is not given yet`, async ({ page }) => {
    test.setTimeout(240_000);
    const { steps, scenario } = await stepsOf(id, seed);
    for (const [at, step] of steps.entries()) {
      for (const tried of [false, true]) {
        await openAt(page, id, seed, steps, at, tried);
        const about = `${step.key}, ${tried ? 'after a wrong answer' : 'before an answer'}`;
        // Done or said in one's own words, nothing is left to find out.
        if (!['build', 'say'].includes(step.asked.kind))
          await expect(page.getByRole('button', { name: /Download capture/ })).toHaveCount(0);
        if (step.asked.kind === 'say' && !tried) {
          const model = step.asked.model.en.slice(0, 60);
          expect(await page.content(), about).not.toContain(model);
        }
        if (!predicting.includes(step.asked.kind)) continue;
        const past = await before(scenario, step.asked);
        // The world beside a wrong answer is the same: there the tabs suffice.
        await expectNothingTold(page, step, past, about, !tried);
      }
    }
  });
}

test('while it is asked how TCP behaves, the state diagram puts into words only what has happened', async ({
  page,
}) => {
  const id = '06-explain-time-wait';
  const { steps, scenario } = await stepsOf(id, seed);
  const claim = steps[0] as Step;
  const past = await before(scenario, claim.asked);
  await openAt(page, id, seed, steps, 0, false);
  const states = page.locator('.states');
  for (const table of [false, true]) {
    if (table) await states.getByRole('button', { name: 'As a table' }).click();
    await expect(states.locator(table ? 'tbody tr' : '.edge').first()).toBeVisible();
    // How long TIME_WAIT lasts is one of the sentences.
    expect((await states.innerHTML()).match(/.{0,40}\bMSL\b/g) ?? []).toEqual([]);
  }
  const [listed] = (await everywhere(page, [], [], false)).filter(({ where }) => where === 'the states as a table');
  const all = [...new Set(listed?.edges.map((edge) => edge.split(' ')[0] ?? ''))];
  expect(listed?.edges.filter((edge) => tellsNext(edge, all, past))).toEqual([]);
});

test('of a run that is like a build that waits nothing is told before the build is done', async ({ page }) => {
  const id = '06-explain-time-wait';
  const { steps } = await stepsOf(id, seed);
  const claim = steps[0] as Step;
  const because = page.locator('.verdict').getByRole('region', { name: 'Because' });
  const change = /It is changed like this/;
  // Each sentence about other runs is wrong, and its answer is shown.
  const open = async (more: Record<string, unknown>) => {
    await openAt(page, id, seed, steps, 0, true);
    const { rev } = JSON.parse(exerciseText(`${id}.json`)) as { rev: number };
    const attempt = {
      seed,
      at: 0,
      answers: { [claim.key]: claim.wrong, ...more },
      tries: {},
      seen: { [claim.key]: true },
    };
    await page.evaluate(
      ([key, value]) => localStorage.setItem(key as string, value as string),
      [`tcplab.exercise.${id}`, JSON.stringify({ rev, attempts: [attempt], passed: false, finished: false })],
    );
    await page.reload();
    await expect(because).toBeVisible();
  };
  await open({});
  await expect(because).toContainText('It might tell what you still have to find');
  await expect(because).not.toContainText(change);

  const rest = Object.fromEntries(steps.slice(1).map(({ key, right }) => [key, right]));
  const { 'explain/words': _, ...unfinished } = rest;
  await open(unfinished);
  await expect(because, 'builds that were left, and the exercise is not done').not.toContainText(change);
  await open(rest);
  await expect(because, 'the exercise is done').toContainText(change);
  await expect(because).toContainText('LAST_ACK → CLOSED');
  await expect(because).toContainText('pay 100 to Ann');
  await expect(because).not.toContainText('It might tell what you still have to find');
});
