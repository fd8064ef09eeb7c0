/** Exercises: asked, answered wrongly and rightly, kept, and judged by the engine. */
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expect, file, fill, slider, test } from './page.ts';

const numbers = '#/practise/02-third-ack-and-first-data?seed=7';

/** The initial sequence numbers that the task tells. */
async function isns(page: Page): Promise<[number, number]> {
  const task = (await page.locator('details p').first().textContent()) ?? '';
  const [client, server] = [...task.matchAll(/\d{4,}/g)].map(([text]) => Number(text));
  return [client as number, server as number];
}

test('answered wrongly, told why, then rightly; the world goes on only then', async ({ page }) => {
  await page.goto(numbers);
  const [client, server] = await isns(page);
  // The question is about the third segment: two are there, and nothing tells of the third.
  await expect(page.locator('.arrow')).toHaveCount(2);
  expect(await page.content()).not.toContain(String(client + 1) + ' · ack ' + String(server + 1));
  await expect(page.getByRole('button', { name: 'One event forward' })).toBeDisabled();

  await fill(page, client, server);
  await page.getByRole('button', { name: 'Check' }).click();
  const verdict = page.locator('.verdict');
  await expect(verdict.getByRole('heading', { name: /Partly right/ })).toBeFocused();
  await expect(verdict).toContainText('2 of 4 points');
  await expect(verdict.getByRole('heading', { name: 'SYN takes no sequence number' })).toBeVisible();
  await expect(verdict).toContainText('RFC 9293');
  await expect(page.locator('.arrow')).toHaveCount(3);

  await verdict.getByRole('button', { name: /Watch the world where .* would be right/ }).click();
  await expect(page.getByRole('heading', { name: 'SYN takes no sequence number' })).toBeFocused();
  await expect(page.locator('.arrow text', { hasText: `seq ${client} · ack ${server}` }).first()).toBeVisible();
  await page.getByRole('button', { name: 'Back to the real world' }).click();

  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.locator('.arrow')).toHaveCount(2);
  await expect(page.getByLabel(/^seq /)).toHaveValue(String(client));
  await page.getByRole('button', { name: 'Add 1 to seq' }).click();
  await page.getByRole('button', { name: 'Add 1 to ack' }).click();
  await page.getByRole('button', { name: 'Check' }).click();
  await expect(verdict.getByRole('heading', { name: /^Right/ })).toBeFocused();
  await expect(verdict).toContainText('Try 2');
  await page.getByRole('button', { name: 'Go on' }).click();
  await expect(page.getByRole('heading', { name: 'Question 2 of 4' })).toBeFocused();
});

test('in Chinese: the same question, the same verdict', async ({ page }) => {
  await page.goto(`./?lang=zh${numbers}`);
  const [client, server] = await isns(page);
  await fill(page, client + 1, server);
  await page.getByLabel(/^seq /).fill('一');
  await page.getByRole('button', { name: '检查' }).click();
  await expect(page.getByRole('alert')).toContainText('允许：从 0 到 4294967295 的整数');
  await fill(page, client + 1, server);
  await page.getByRole('button', { name: '检查' }).click();
  await expect(page.getByRole('heading', { name: /部分正确/ })).toBeFocused();
  await expect(page.getByRole('heading', { name: 'SYN 不占序号' })).toBeVisible();
});

test('what is open is marked, what cannot be read does not count', async ({ page }) => {
  await page.goto(numbers);
  await page.getByRole('button', { name: 'Check' }).click();
  await expect(page.getByRole('alert')).toContainText('still open');
  await fill(page, 1, 2);
  await page.getByLabel(/^seq /).fill('one');
  await page.getByRole('button', { name: 'Check' }).click();
  await expect(page.getByRole('alert')).toContainText('could not be read');
  await expect(page.locator('.verdict')).toHaveCount(0);
});

test('language, reload and hints lose nothing', async ({ page }) => {
  await page.goto(numbers);
  await fill(page, 123, 456);
  await page.getByRole('button', { name: /Show a hint \(1 of 3\)/ }).click();
  await page.getByLabel('Language').selectOption('zh');
  await expect(page.getByLabel(/^seq /)).toHaveValue('123');
  await page.getByLabel('语言').selectOption('en');
  await page.reload();
  await expect(page.getByLabel(/^seq /)).toHaveValue('123');
  await expect(page.getByLabel(/^ack /)).toHaveValue('456');
  await expect(page.getByRole('button', { name: /Show a hint \(2 of 3\)/ })).toBeVisible();
  await page.getByRole('button', { name: 'Check' }).click();
  await expect(page.locator('.verdict')).toBeVisible();
  await page.reload();
  await expect(page.locator('.verdict')).toContainText('of 4 points');
  await page.getByRole('link', { name: 'Practise', exact: true }).first().click();
  await expect(page.getByRole('listitem').filter({ hasText: 'The third ACK' })).toContainText('begun');
});

test('states: predicted for both hosts, judged one by one', async ({ page }) => {
  await page.goto('#/practise/01-handshake-states?seed=7');
  const client = page.getByRole('group', { name: 'State of client' });
  const server = page.getByRole('group', { name: 'State of server' });
  await client.getByRole('radio', { name: 'SYN_SENT' }).check();
  await server.getByRole('radio', { name: 'SYN_RCVD' }).check();
  await page.getByRole('button', { name: 'Check' }).click();
  await expect(page.locator('.verdict')).toContainText('1 of 2 points');
  await page.getByRole('button', { name: 'Go on' }).click();
  // The world has gone on to the next question and waits there.
  await expect(page.locator('.arrow')).toHaveCount(1);
  await expect(page.getByText('A question waits here.')).toBeVisible();
});

test('hosts: the picture keeps still until the last question about it', async ({ page }) => {
  await page.goto('#/practise/04-who-holds-time-wait?seed=7');
  await page.getByRole('checkbox', { name: 'browser' }).check();
  await page.getByRole('button', { name: 'Check' }).click();
  await expect(page.locator('.verdict')).toContainText('Because');
  await expect(page.locator('.arrow')).toHaveCount(0);
  for (const last of [false, true]) {
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByRole('checkbox', { name: 'none of them' }).check();
    await page.getByRole('button', { name: 'Check' }).click();
    await expect(page.locator('.verdict')).toBeVisible();
    if (!last) await expect(page.locator('.arrow')).toHaveCount(0);
  }
  await expect(page.locator('.arrow').first()).toBeVisible();
  await page.getByRole('button', { name: 'To the end' }).click();
  await expect(page.getByRole('heading', { name: 'Finished' })).toBeFocused();
  await page.getByRole('link', { name: 'All exercises' }).click();
  await expect(page.getByRole('listitem').filter({ hasText: 'Who holds' })).toContainText('answers seen');
});

test('a capture is offered when nothing is left to predict, and not before', async ({ page }) => {
  await page.goto('#/practise/04-who-holds-time-wait?seed=7');
  const capture = page.getByRole('button', { name: 'Download capture' });
  for (const onward of ['Go on', 'Go on', 'To the end']) {
    await page.getByRole('checkbox', { name: 'none of them' }).check();
    await expect(capture).toHaveCount(0);
    await page.getByRole('button', { name: 'Check' }).click();
    await page.getByRole('button', { name: onward }).click();
  }
  const [download] = await Promise.all([page.waitForEvent('download'), capture.click()]);
  expect(download.suggestedFilename()).toBe('04-who-holds-time-wait-7.pcapng');
});

test('answers are saved as a file and come back from it', async ({ page }) => {
  await page.goto(numbers);
  const [client, server] = await isns(page);
  await fill(page, client, server);
  await page.getByRole('button', { name: 'Check' }).click();
  await expect(page.locator('.verdict')).toBeVisible();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save my answers' }).click(),
  ]);
  const text = readFileSync(await download.path(), 'utf8');
  expect(JSON.parse(text)).toMatchObject({
    format: 'tcplab-answers/1',
    exercise: '02-third-ack-and-first-data',
    seed: 7,
    answers: { 'third-ack': { seq: String(client), ack: String(server), flags: 'ACK', len: '0' } },
  });
  await page.goto('#/practise/02-third-ack-and-first-data?seed=8');
  await expect(page.locator('form')).toBeVisible();
  const input = page.locator('section input[type=file]');
  await input.setInputFiles(file('wrong.json', '{"format": "tcplab-answers/1"'));
  await expect(page.getByText('This is not a file of answers')).toBeVisible();
  await input.setInputFiles(file('answers.json', text));
  await expect(page).toHaveURL(/seed=7/);
  await expect(page.locator('.verdict')).toContainText('2 of 4 points');
});

test('another one like this has other numbers', async ({ page }) => {
  await page.goto(numbers);
  const before = await isns(page);
  await page.getByRole('button', { name: 'Another one like this' }).click();
  await expect(page).not.toHaveURL(/seed=7$/);
  await expect(page.locator('form')).toBeVisible();
  expect(await isns(page)).not.toEqual(before);
  await expect(slider(page)).toBeVisible();
});
