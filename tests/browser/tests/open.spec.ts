/** Links to other people's lessons and packs: beside the page, inside the link, broken, or from another origin. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expect, file, main, passBeginning, test } from './page.ts';
import { expectAccessible, expectNoSidewaysScroll, expectRoomForAThumb } from './readable.ts';

const lesson = new URL('../../../exercises/lessons/02-three-way-handshake/', import.meta.url);
const title = readFileSync(new URL('lesson.en.md', lesson), 'utf8').split('\n', 1)[0]?.replace(/^# /, '') ?? '';
/** Beats and exercises are checked one by one. */
const checked = { timeout: 45_000 };

/** Serves a lesson's files at packs/mine/, changed by `change`; like single-page servers, it sends HTML for others. */
async function beside(page: Page, change: (name: string, text: string) => string | undefined = (_, text) => text) {
  await page.context().route('**/packs/mine/**', (route) => {
    const name = decodeURIComponent(new URL(route.request().url()).pathname.replace(/^.*\/packs\/mine\//, ''));
    const file = new URL(name, lesson);
    const text = existsSync(file) ? change(name, readFileSync(file, 'utf8')) : undefined;
    return route.fulfill({ body: text ?? '', contentType: text === undefined ? 'text/html' : 'text/plain' });
  });
}

test.setTimeout(120_000);
test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

test('a lesson in a folder beside the page is checked and shown, and goes on inside a link', async ({ page }) => {
  await beside(page);
  await page.goto('#/open?at=packs/mine/');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(title, checked);
  await page.getByRole('button', { name: 'Copy a link that holds the lesson' }).click();
  await expect(page.getByText('The link is copied')).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link).toMatch(/#\/open\?w=[\w-]+$/);

  await page.context().unroute('**/packs/mine/**');
  await page.goto('#/');
  await page.evaluate((to) => (location.href = to), link);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(title, checked);
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(title, checked);
});

test('an exercise beside the page is opened as one from a file', async ({ page }) => {
  await beside(page);
  await page.goto('#/open?at=packs/mine/exercises/2c-absolute-numbers.json');
  await expect(page).toHaveURL(/#\/practise\/file%3A2c-absolute-numbers/, checked);
});

test('a link gives everybody the same variant of an exercise, alone or of a pack', async ({ page }) => {
  await beside(page);
  await page.goto('#/open?at=packs/mine/exercises/2c-absolute-numbers.json&seed=3');
  await expect(page).toHaveURL(/#\/practise\/file%3A2c-absolute-numbers\?seed=3$/, checked);

  await weekBeside(page);
  await page.goto('#/open?at=packs/week/&item=quiz&seed=5');
  await expect(page).toHaveURL(/#\/practise\/file%3A2c-absolute-numbers\?seed=5$/, checked);
});

test('a lesson with a fault names it, and is not shown', async ({ page }) => {
  await beside(page, (name, text) =>
    name === 'lesson.zh.md'
      ? undefined
      : name === 'beats/two-moments.json'
        ? text.replace('"server"', '"sever"')
        : text,
  );
  await page.goto('#/open?at=packs/mine/');
  const alert = main(page).getByRole('alert');
  await expect(alert).toContainText('lesson.zh.md', checked);
  await expect(alert).toContainText('beats/two-moments.json');
  await expect(alert).toContainText('sever');
});

const first = '01-what-a-connection-is';
const contents = {
  format: 'tcplab-contents/1',
  title: { en: 'Week 3', zh: '第三周' },
  lessons: [first, '02-three-way-handshake', '06-four-way-close', 'none'],
  exercises: ['quiz'],
};
const term = {
  id: 'of-this-pack',
  lesson: 1,
  name: { en: 'own', zh: '自有' },
  text: { en: 'A word.', zh: '一个词。' },
};

/** Three lessons, of which two are broken, one that is not there, their words, and an exercise. */
const week: Record<string, string | ((text: string) => string)> = {
  'pack.json': JSON.stringify(contents),
  'terms.json': JSON.stringify({ format: 'tcplab-terms/1', terms: [term] }),
  'exercises/quiz.json': readFileSync(new URL('exercises/2c-absolute-numbers.json', lesson), 'utf8'),
  [`${first}/lesson.en.md`]: (text) => text.replace('\n\n>', ' Its [own](term:of-this-pack).\n\n>'),
  '02-three-way-handshake/lesson.zh.md': (text) => text.replace('\n---\n', '\n'),
  '06-four-way-close/lesson.json': (text) => text.replace('"rev": 1,', '"rev": 1'),
};

async function weekBeside(page: Page) {
  await page.context().route('**/packs/week/**', (route) => {
    const name = decodeURIComponent(new URL(route.request().url()).pathname.replace(/^.*\/packs\/week\//, ''));
    const change = week[name] ?? ((text: string) => text);
    const file = new URL(`../${name}`, lesson);
    const text =
      typeof change === 'string' ? change : existsSync(file) ? change(readFileSync(file, 'utf8')) : undefined;
    return route.fulfill({ body: text ?? '', contentType: text === undefined ? 'text/html' : 'text/plain' });
  });
}

test('a pack shows its lessons; a broken one names its faults, and the others work', async ({ page }) => {
  await weekBeside(page);
  await page.goto('#/open?at=packs/week/');
  const inMain = main(page);
  await expect(inMain.getByRole('heading', { level: 1 })).toHaveText('Week 3', checked);
  await expect(inMain).toContainText('A pack of 4 lessons.');
  await expect(inMain).toContainText('3 lessons have errors and cannot be opened.');
  // Where its first section begins, whose line “---” is gone.
  const text = readFileSync(new URL('lesson.zh.md', lesson), 'utf8');
  const at = text.split('\n').findIndex((each) => each.startsWith('## ')) + 1;
  await expect(inMain).toContainText(`02-three-way-handshake/lesson.zh.md, line ${at}:`);
  await expect(inMain).toContainText(/06-four-way-close\/lesson\.json, line 5:/);
  await expect(inMain).toContainText('none/lesson.json: this file is missing');
  await expect(inMain.getByRole('link', { name: title })).toHaveCount(0);

  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save the pack as a file' }).click();
  const asOne = readFileSync(await (await saved).path(), 'utf8');
  expect(asOne).not.toMatch(/\\"(witness|chaffs)\\"/);
  await expect(inMain).toContainText('Neither the file nor the link holds the answers of its exercises.');

  await inMain.getByRole('link', { name: 'What a connection is' }).click();
  await expect(inMain.getByRole('heading', { level: 1 })).toHaveText('What a connection is', checked);
  await inMain.getByRole('button', { name: 'own' }).first().click();
  await expect(page.getByText('A word.')).toBeVisible();
  await page.keyboard.press('Escape');
  await inMain.getByRole('link', { name: 'Week 3' }).click();
  await inMain.getByRole('link', { name: /absolute/i }).click();
  await expect(page).toHaveURL(/#\/practise\/file%3A2c-absolute-numbers/, checked);
  await page.goBack();
  await expect(inMain.getByRole('heading', { level: 1 })).toHaveText('Week 3', checked);

  await page.context().unroute('**/packs/week/**');
  await page.context().route('**/packs/week.json', (route) => route.fulfill({ body: asOne }));
  await page.goto(`#/open?at=packs/week.json&item=${first}`);
  await expect(inMain.getByRole('heading', { level: 1 })).toHaveText('What a connection is', checked);
  await page.goto('#/open?at=packs/week.json&item=quiz');
  await expect(page).toHaveURL(/#\/practise\/file%3A2c-absolute-numbers/, checked);
  await page.goto('#/open?at=packs/week.json&item=06-four-way-close');
  await expect(inMain.getByRole('alert')).toContainText('lesson.json, line 5:', checked);
});

/** The two lessons that are right, as one file. */
function weekAsOne(english = contents.title.en): string {
  const files: Record<string, string> = {
    'pack.json': JSON.stringify({ ...contents, lessons: [first], title: { ...contents.title, en: english } }),
    'exercises/quiz.json': readFileSync(new URL('exercises/2c-absolute-numbers.json', lesson), 'utf8'),
  };
  const folder = new URL(`../${first}/`, lesson);
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }))
    if (/\.(json|md)$/.test(name)) files[`${first}/${name}`] = readFileSync(new URL(name, folder), 'utf8');
  return JSON.stringify({ format: 'tcplab-pack/1', files });
}

async function answerFirstStep(page: Page) {
  const step = main(page).locator('.beat').first();
  await expect(step.locator('fieldset').first()).toBeVisible(checked);
  for (const group of await step.locator('fieldset').all())
    await group.getByRole('radio').first().check({ force: true });
  await step.getByRole('button', { name: 'Certain' }).click();
  await expect(step.locator('.told')).toBeVisible();
}

const choosePack = (page: Page) =>
  page
    .getByLabel('Choose a file', { exact: true })
    .and(page.locator('input'))
    .setInputFiles(file('week.json', weekAsOne()));

test('what was answered in a pack counts in what is known, and goes to another browser in the file', async ({
  page,
}) => {
  const inMain = main(page);
  await passBeginning(page);
  await page.goto('#/open');
  await choosePack(page);
  await inMain.getByRole('link', { name: 'What a connection is' }).click();
  await answerFirstStep(page);
  await page.goto('#/known');
  await expect(inMain.getByRole('article').first()).toBeVisible();
  await expect(inMain).not.toContainText('No question is answered yet');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save as a file' }).click();
  const progress = readFileSync(await (await download).path(), 'utf8');

  await page.evaluate(() => localStorage.clear());
  await page.reload();
  await expect(inMain).toContainText('No question is answered yet');
  await inMain.locator('input[type=file]').setInputFiles(file('mine.json', progress));
  await expect(inMain).toContainText('answers 1, steps of lessons 1, exercises 0, edges 0.');
  await expect(inMain.getByRole('article').first()).toBeVisible();
  await page.goto('#/open');
  await choosePack(page);
  await expect(inMain).toContainText(/1 of \d steps/, checked);
  await inMain.getByRole('link', { name: 'What a connection is' }).click();
  await expect(inMain.locator('.beat').first().locator('.told')).toBeVisible(checked);
});

test('the exercises of a pack’s lesson stand at its end in the order of its lesson.json, and may be mastered', async ({
  page,
}) => {
  const { exercises, mastery, beats } = JSON.parse(
    readFileSync(new URL(`../${first}/lesson.json`, lesson), 'utf8'),
  ) as Record<'exercises' | 'mastery' | 'beats', string[]>;
  const backwards = [...exercises].reverse();
  const pack = JSON.parse(weekAsOne()) as { files: Record<string, string> };
  const about = JSON.parse(pack.files[`${first}/lesson.json`] ?? '') as object;
  pack.files[`${first}/lesson.json`] = JSON.stringify({ ...about, exercises: backwards });
  await passBeginning(page);
  await page.goto('#/open');
  await main(page)
    .locator('input[type=file]')
    .setInputFiles(file('week.json', JSON.stringify(pack)));
  await main(page).getByRole('link', { name: 'What a connection is' }).click();
  await answerFirstStep(page);
  await page.evaluate(
    ({ steps, items }) => {
      const key = Object.keys(localStorage).find((each) => each.startsWith('tcplab.learn.file:')) ?? '';
      const done = Object.fromEntries(steps.map((id) => [id, { right: true }]));
      localStorage.setItem(key, JSON.stringify({ version: 1, beats: done }));
      const one = { at: Date.now(), step: 'q', seed: 1, try: 1, right: true, of: 1, could: [], shown: [] };
      const exposures = items.map((id, i) => ({ ...one, item: `file:${id}`, kind: i % 2 ? 'order' : 'claim' }));
      localStorage.setItem('tcplab.mastery', JSON.stringify({ version: 1, older: true, exposures }));
    },
    { steps: beats, items: mastery },
  );
  await page.reload();
  const links = main(page).locator('.end ul a[href*="file%3A"]');
  await expect(links).toHaveCount(backwards.length, checked);
  const ids = await links.evaluateAll((all) => all.map((each) => each.getAttribute('href') ?? ''));
  expect(ids).toEqual(backwards.map((id) => `#/practise/file%3A${id}`));
  await expect(main(page).locator('.end')).toContainText('You have mastered this lesson.');
});

test('a pack from a file is there after a reload, has a way back from its exercises, and a progress of its own', async ({
  page,
}) => {
  const inMain = main(page);
  await passBeginning(page);
  await page.goto('#/learn');
  await page.getByRole('link', { name: 'Open lessons from a file' }).click();
  const choose = page.getByLabel('Choose a file', { exact: true }).and(page.locator('input'));
  await choose.setInputFiles(file('scenario.json', '{"format":"tcplab-pack/2"}'));
  await expect(inMain.getByRole('alert')).toContainText('tcplab-pack/2');
  await page.goBack();
  await choose.setInputFiles(file('week.json', weekAsOne()));
  await expect(inMain.getByRole('heading', { level: 1 })).toHaveText('Week 3', checked);
  await page.reload();
  await expect(inMain.getByRole('heading', { level: 1 })).toHaveText('Week 3', checked);

  await inMain.getByRole('link', { name: /absolute/i }).click();
  await expect(page).toHaveURL(/#\/practise\/file%3A2c-absolute-numbers/, checked);
  await page.getByRole('link', { name: 'Week 3' }).click();
  await inMain.getByRole('link', { name: 'What a connection is' }).click();
  await expect(inMain.getByRole('heading', { level: 1 })).toHaveText('What a connection is', checked);
  await answerFirstStep(page);
  await inMain.getByRole('link', { name: 'Week 3' }).click();
  await expect(inMain).toContainText(/1 of \d steps/);

  // Another pack of the same lessons.
  await page.goto('#/open');
  await expect(inMain.getByRole('link', { name: 'Week 3' })).toBeVisible();
  await choose.setInputFiles(file('other.json', weekAsOne('Week 4')));
  await expect(inMain.getByRole('heading', { level: 1 })).toHaveText('Week 4', checked);
  await expect(inMain).not.toContainText(/1 of \d steps/);
  await page.goto('#/open');
  await inMain.getByRole('button', { name: 'Remove “Week 3”' }).focus();
  await page.keyboard.press('Enter');
  await expect(inMain.getByRole('link', { name: 'Week 3' })).toHaveCount(0);
  await expect(inMain.getByRole('link', { name: 'Week 4' })).toBeVisible();
  // Keyboard users go on from there.
  await expect(inMain.locator(':focus')).toBeVisible();
});

for (const [name, text, said] of [
  ['pack.json', JSON.stringify(contents), 'pack.json is the list of contents of a pack'],
  ['lesson.json', readFileSync(new URL('lesson.json', lesson), 'utf8'), 'lesson.json lists the parts of a lesson'],
  ['lesson.en.md', '# A lesson', 'lesson.en.md is the text of a lesson'],
  ['terms.json', '{"format":"tcplab-terms/1","terms":[]}', 'terms.json holds words of lessons'],
  ['mine.json', '{"format":"tcplab-progress/1"}', 'mine.json is a file of progress'],
] as const)
  test(`${name}, chosen as if it were a lesson, is called what it is`, async ({ page }) => {
    await page.goto('#/open');
    await main(page).locator('input[type=file]').setInputFiles(file(name, text));
    await expect(main(page).getByRole('alert')).toContainText(said);
  });

test('an exercise that is wrong is told under the name of its file', async ({ page }) => {
  await page.goto('#/open');
  await main(page).locator('input[type=file]').setInputFiles(file('quiz 3.json', '{"format":"tcplab-exercise/1"}'));
  await expect(main(page).getByRole('heading', { name: 'quiz 3.json' })).toBeVisible(checked);
});

test('a pack that is opened where exercises are is told where it belongs', async ({ page }) => {
  await page.goto('#/practise');
  const chosen = file('week.json', weekAsOne());
  await main(page).locator('input[type=file]').setInputFiles(chosen);
  await expect(main(page).getByRole('alert')).toContainText('week.json holds lessons. Open it in Learn');
  await page.goto('#/practise/file%3Asomething');
  await expect(main(page)).toContainText('came from a file or with a lesson');
});

test.describe('on a phone', () => {
  test.use({ hasTouch: true, isMobile: true, viewport: { width: 360, height: 740 } });

  for (const [language, colorScheme] of [
    ['en', 'dark'],
    ['zh', 'light'],
  ] as const) {
    test(`a pack’s list is read by everybody (${language}, ${colorScheme})`, async ({ page }) => {
      await page.emulateMedia({ colorScheme });
      await weekBeside(page);
      await page.goto(`./?lang=${language}#/open?at=packs/week/`);
      await expect(main(page).getByRole('heading', { level: 1 })).toHaveText(contents.title[language], checked);
      await expectAccessible(page);
      await expectNoSidewaysScroll(page);
      await expectRoomForAThumb(page);
    });
  }
});

test('words of a pack that are not UTF-8 are told, and lessons without them open', async ({ page }) => {
  await weekBeside(page);
  await page.context().route('**/packs/week/terms.json', (route) => route.fulfill({ body: Buffer.from([0x7b, 0xff]) }));
  await page.goto('#/open?at=packs/week/');
  const inMain = main(page);
  await expect(inMain).toContainText('terms.json, line 1: this is not UTF-8 text', checked);
  await inMain.getByRole('link', { name: /absolute/i }).click();
  await expect(page).toHaveURL(/#\/practise\/file%3A2c-absolute-numbers/, checked);
});

for (const [at, said] of [
  ['https://elsewhere.example/lesson/', /leads away from this site/],
  ['packs/none/', /neither lesson\.json nor pack\.json/],
  ['', /names nothing to open|is not there/],
] as const) {
  test(`“${at}” is refused in words`, async ({ page }) => {
    await page.goto(`#/open?at=${encodeURIComponent(at)}`);
    await expect(main(page).getByRole('alert')).toContainText(said);
  });
}

test('a link that was cut says so, also in Chinese', async ({ page }) => {
  await page.addInitScript(() => localStorage.setItem('tcplab.language', 'zh'));
  await page.goto('?lang=zh#/open?w=7VhLbxs3EP4r');
  await expect(main(page).getByRole('alert')).toContainText('请重新复制整个链接');
});
