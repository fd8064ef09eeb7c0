/** Files from anywhere: malformed, hostile or huge ones are refused in plain words, and nothing is lost. */
import { truncateSync, writeFileSync } from 'node:fs';
import { eventTexts, exerciseText, expect, file, openLab, test } from './page.ts';

/** 练习 in GBK: other signs than the author's would be worse than none. */
const gbk = Buffer.from([0x7b, 0x22, 0xc1, 0xb7, 0xcf, 0xb0, 0x22, 0x3a, 0x31, 0x7d]);
const inGbk = { name: 'gbk.json', mimeType: 'application/json', buffer: gbk };

const hostile = '<img src=x onerror="alert(1)"><script>alert(2)</script>';

function hugeFile(path: string): string {
  writeFileSync(path, '{');
  truncateSync(path, 100_000_000);
  return path;
}

test('exercises', async ({ page }, info) => {
  await page.goto('#/practise');
  const input = page.locator('input[type=file]');
  const alert = page.getByRole('alert');
  await input.setInputFiles(file('broken.json', '{\n  "format": "tcplab-exercise/1",\n  "id": }'));
  await expect(alert).toContainText('broken.json was not opened');
  await expect(alert).toContainText('line 3');
  await input.setInputFiles(file('none.json', '{"format": "tcplab-exercise/1", "extra": true}'));
  await expect(alert).toContainText('none.json was not opened');
  await input.setInputFiles(file('deep.json', '['.repeat(200_000)));
  await expect(alert).toContainText('deep.json was not opened');
  await input.setInputFiles(hugeFile(info.outputPath('huge.json')));
  await expect(alert).toContainText('100.0 MB');
  await input.setInputFiles(inGbk);
  await expect(alert).toContainText('The byte at line 1, column 3 is not UTF-8. The file may be in GBK');

  for (const [format, said] of [
    ['tcplab-scenario/1', 'holds a scenario, not an exercise'],
    ['tcplab-answers/1', 'holds answers'],
  ] as const) {
    await input.setInputFiles(file('other.json', JSON.stringify({ format })));
    await expect(alert).toContainText(said);
    await expect(alert.getByRole('listitem')).toHaveCount(0);
  }

  const exercise = JSON.parse(exerciseText('01-handshake-states.json')) as Record<string, unknown>;
  const text = { title: hostile, task: `${hostile} \${delay}`, after: hostile };
  const chinese = { title: `${hostile} 中`, task: `${hostile} 中 \${delay}`, after: `${hostile} 中` };
  const mean = { ...exercise, id: 'mean', text: { en: text, zh: chinese } };
  await input.setInputFiles(file('mean.json', JSON.stringify(mean)));
  await expect(page.locator('form')).toBeVisible();
  await expect(page.locator('details').first()).toContainText('<script>alert(2)</script>');
  await expect.poll(() => page.locator('#main img, #main script').count()).toBe(0);
  await page.goto('#/practise');
  await expect(page.getByRole('link', { name: /onerror/ })).toBeVisible();
  // A shell's form of a placeholder is no error: the exercise is there, and its author is warned.
  const shell = {
    en: { ...text, title: 'Warned', task: `$(delay)` },
    zh: { ...chinese, title: '有警告', task: `中 $(delay)` },
  };
  await input.setInputFiles(file('warned.json', JSON.stringify({ ...mean, id: 'warned', text: shell })));
  await expect(alert).toContainText('Warning: "$(delay)"');
  await expect(page.getByRole('link', { name: 'Warned' })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('link', { name: /onerror/ })).toBeVisible();
  // A copy with the same title is told from the first by its id.
  await input.setInputFiles(file('copy.json', JSON.stringify({ ...mean, id: 'mean-copied' })));
  await expect(page.locator('form')).toBeVisible();
  await page.goto('#/practise');
  const ids = page
    .getByRole('listitem')
    .filter({ hasText: /onerror/ })
    .locator('code');
  await expect(ids).toHaveCount(2);
  expect((await ids.allTextContents()).toSorted()).toEqual(['mean', 'mean-copied']);
});

test('scenarios', async ({ page }, info) => {
  await page.setViewportSize({ width: 1440, height: 2400 });
  await openLab(page);
  await page.getByRole('region', { name: 'In flight' }).getByRole('button', { name: 'Drop' }).first().click();
  await expect(page.locator('.arrow.lost')).toHaveCount(1);
  const work = await eventTexts(page);
  const input = page.locator('input[type=file]');
  const alert = page.locator('.refusal');
  for (const [name, text, said] of [
    ['broken.json', '{\n "format": "tcplab-scenario/1",\n "hosts": [}', 'line 3'],
    ['wrong.json', JSON.stringify({ format: 'tcplab-scenario/1', hosts: [], [hostile]: 1 }), '<img src=x'],
    ['deep.json', '['.repeat(200_000), 'nested too deep'],
  ] as const) {
    await input.setInputFiles(file(name, text));
    await expect(alert).toContainText(`${name} was not opened`);
    await expect(alert).toContainText(said);
  }
  // Files for Practise are told where they belong, and not that all their keys are unknown.
  for (const [what, said] of [
    [
      file('practise.json', exerciseText('01-handshake-states.json')),
      'practise.json is an exercise. Open it in Practise',
    ],
    [file('saved.json', JSON.stringify({ format: 'tcplab-answers/1', exercise: 'x' })), 'saved.json holds answers'],
    [inGbk, 'The byte at line 1, column 3 is not UTF-8'],
  ] as const) {
    await input.setInputFiles(what);
    await expect(alert).toContainText(said);
    await expect(alert.getByRole('listitem')).toHaveCount(1);
  }
  // Chosen at once after another that takes longer to read, the last one is what is told of.
  await input.setInputFiles(file('deep.json', '['.repeat(1_900_000)));
  await input.setInputFiles(hugeFile(info.outputPath('huge.json')));
  await expect(alert).toContainText('100.0 MB');
  await expect.poll(() => page.locator('#main img, #main script').count()).toBe(0);
  await expect.poll(() => eventTexts(page)).toEqual(work);
  await expect(alert).toContainText('100.0 MB');
  await page.reload();
  await expect(page.locator('.arrow.lost')).toHaveCount(1);
  await expect.poll(() => eventTexts(page)).toEqual(work);
});

test('a scenario that has something in vain is open, and its author is told', async ({ page }) => {
  await openLab(page);
  const input = page.locator('input[type=file]').first();
  const scenario = JSON.parse(exerciseText('scenarios/handshake-data-close.json')) as Record<string, unknown>;
  const vain = {
    ...scenario,
    script: [
      ...(scenario.script as object[]),
      { when: { host: 'server', state: 'CLOSING' }, host: 'server', do: 'abort', socket: 'accepted' },
    ],
    faults: [{ match: { from: 'client', flags: 'RST' }, do: 'drop' }],
  };
  await input.setInputFiles(file('vain.json', JSON.stringify(vain, null, 1)));
  const warnings = page.locator('.warnings');
  await expect(warnings).toContainText('vain.json is open. Look at these points of the file.');
  await expect(warnings).toContainText(/line \d+, column \d+ \/faults\/0 Warning: no segment matches this fault/);
  await expect(warnings.getByRole('listitem')).toHaveCount(2);
  await page
    .getByLabel(/Language|语言/)
    .first()
    .selectOption('zh');
  await expect(warnings).toContainText('没有报文段与这个故障匹配');
  await expect(warnings).toContainText('vain.json 已打开');
  await warnings.getByRole('button', { name: '知道了' }).click();
  await expect(warnings).toHaveCount(0);
  // Of another file nothing of this one is said.
  await input.setInputFiles(file('vain.json', JSON.stringify(vain)));
  await expect(warnings).toBeVisible();
  await input.setInputFiles(file('fine.json', JSON.stringify(scenario)));
  await expect(warnings).toHaveCount(0);
});

test('what was said of a file is read in the language chosen since, with its names', async ({ page }) => {
  const exercise = exerciseText('01-handshake-states.json');
  const language = page.getByLabel(/Language|语言/).first();
  const bom = '\ufeff';
  const inBoth = async (english: string, chinese: string) => {
    const alert = page.locator('#main .wrong[role=alert]');
    await expect(alert).toContainText(english);
    await language.selectOption('zh');
    await expect(alert).toContainText(chinese);
    await expect(alert).not.toContainText(english);
    await language.selectOption('en');
  };
  await page.goto('#/practise');
  const input = page.locator('input[type=file]');
  for (const [text, english, chinese] of [
    [Buffer.from('{}'), 'a.json was not opened', 'a.json 没有打开'],
    [Buffer.from('{"format": "tcplab-answers/1"}'), 'a.json holds answers', 'a.json 是答案'],
    [gbk, 'a.json could not be read as text', '无法把 a.json 读成文本'],
    // Nobody sees it in an editor; tcplab check refuses it, too.
    [Buffer.from(bom + exercise), 'byte order mark; save it as UTF-8 without one', '字节序标记'],
  ] as const) {
    await input.setInputFiles({ name: 'a.json', mimeType: 'application/json', buffer: text });
    await inBoth(english, chinese);
  }
  await page.goto('#/practise/01-handshake-states?seed=7');
  await expect(page.locator('form')).toBeVisible();
  const { rev } = JSON.parse(exercise) as { rev: number };
  const answers = { format: 'tcplab-answers/1', exercise: '01-handshake-states', rev, seed: 7, answers: {} };
  for (const [text, english, chinese] of [
    ['{}', 'This is not a file of answers', '这不是答案文件'],
    [JSON.stringify({ ...answers, exercise: '05-both-in-closing' }), '“Both ends in CLOSING”', '“两端都进入 CLOSING”'],
    [JSON.stringify({ ...answers, answers: { nowhere: 1 } }), 'do not fit this exercise', '与本练习不符'],
    [bom + JSON.stringify(answers), 'byte order mark', '字节序标记'],
    [
      '{\n  "format": "tcplab-answers/1",\n  "seed": }',
      'could not be read: line 3, column 11: found',
      '第 3 行，第 11 列：发现',
    ],
    ['{"format": "tcplab-answers/1"}', 'missing key "exercise"', '缺少键 "exercise"'],
    [gbk, 'The byte at line 1, column 3 is not UTF-8', '第 1 行第 3 列的字节不是 UTF-8'],
    [' '.repeat(1_200_000), 'The limit for answers is 1 MB', '答案文件的上限为 1 MB'],
  ] as const) {
    await page
      .locator('section input[type=file]')
      .setInputFiles({ name: 'a.json', mimeType: 'application/json', buffer: Buffer.from(text) });
    await inBoth(english, chinese);
  }
});

test('a file of the same id says that it replaces the other, and that answers to that count no more', async ({
  page,
}) => {
  const exercise = exerciseText('04-who-holds-time-wait.json');
  const edited = (title: string) => {
    const json = JSON.parse(exercise) as { id: string; text: { en: { title: string } } };
    json.id = 'mine';
    json.text.en.title = title;
    return file('mine.json', JSON.stringify(json));
  };
  const told = page.locator('.notice', { hasText: 'id “mine”' });
  const open = async (title: string) => {
    await page.goto('#/practise');
    await page.locator('input[type=file]').setInputFiles(edited(title));
    await expect(page.locator('form h2')).toBeVisible();
    await expect(page.getByRole('heading', { level: 1, name: title })).toBeAttached();
  };
  await open('First');
  await expect(told).toHaveCount(0);
  await open('First');
  await expect(told).toHaveCount(0);
  await open('Second');
  await expect(told).toContainText('This file has replaced it.');
  await expect(told).not.toContainText('no longer count');
  await page.getByRole('checkbox', { name: 'none of them' }).check();
  await page.getByRole('button', { name: 'Check', exact: true }).click();
  await expect(page.locator('.verdict')).toBeVisible();
  await open('Third');
  await expect(told).toContainText('your earlier answers no longer count');
  await page.getByLabel('Language').selectOption('zh');
  await expect(page.locator('.notice')).toContainText('先前的答案不再计入');
  await page.reload();
  await expect(page.locator('form h2')).toBeVisible();
  await expect(page.locator('.notice')).toHaveCount(0);
});

test('answers: what is said of one file goes when another is chosen; a variant that is not offered is named', async ({
  page,
}) => {
  const id = '04-who-holds-time-wait';
  const { rev, variants = 200 } = JSON.parse(exerciseText(`${id}.json`)) as { rev: number; variants?: number };
  const answers = (seed: number) =>
    file('saved.json', JSON.stringify({ format: 'tcplab-answers/1', exercise: id, rev, seed, answers: {} }));
  const input = page.locator('section input[type=file]');
  const opened = page.getByText('The answers of saved.json are open.');
  const unchecked = page.locator('.notice', {
    hasText: `Nobody has checked variant 999999: this exercise offers variants 1 to ${variants}.`,
  });
  await page.goto(`#/practise/${id}?seed=7`);
  await expect(page.locator('form')).toBeVisible();
  await expect(unchecked).toHaveCount(0);
  await input.setInputFiles(answers(7));
  await expect(opened).toBeVisible();
  await input.setInputFiles(file('broken.json', '{'));
  await expect(page.locator('.wrong[role=alert]')).toContainText('line 1, column 2');
  await expect(opened).toHaveCount(0);

  await input.setInputFiles(answers(999_999));
  await expect(page).toHaveURL(/seed=999999$/);
  await expect(opened).toBeVisible();
  await expect(unchecked).toBeVisible();
  await expect(page.locator('form')).toBeVisible();
  await page.getByRole('link', { name: /^Open variant \d+$/ }).click();
  await expect(page).not.toHaveURL(/seed=999999$/);
  await expect(page.locator('form')).toBeVisible();
  await expect(page.locator('.notice')).toHaveCount(0);
});
