/** A question about numbers of events, from its empty form to the result: opened as a file, for none is shipped. */
import { readFileSync } from 'node:fs';
import { expect, file, settled, test } from './page.ts';

const text = readFileSync(new URL('../../unit/exercise/how-many.json', import.meta.url), 'utf8');

/** How many SYNs are resent, by the length of the run: the RTO of 1 s is doubled each time or, wrongly, stays. */
const again: Readonly<Record<string, { doubled: string; constant: string }>> = {
  '10': { doubled: '3', constant: '9' },
  '20': { doubled: '4', constant: '19' },
  '40': { doubled: '5', constant: '39' },
};

test('numbers are typed, judged, diagnosed and mended', async ({ page }) => {
  await page.goto('#/practise');
  await page.locator('input[type=file]').setInputFiles(file('how-many.json', text));
  const form = page.locator('form');
  const place = (name: string) => form.locator(`[data-place="${name}"] input`);
  await expect(form).toContainText('SYNs that it sends from now on');
  const wait = /the run lasts (\d+)/.exec((await form.textContent()) ?? '')?.[1] ?? '';
  const { doubled = '', constant = '' } = again[wait] ?? {};

  // The run stands at the pause: one SYN was sent, and what comes is not drawn.
  await settled(page);
  await place('so-far').fill('１');
  await form.getByRole('button', { name: 'Check' }).click();
  await expect(form.getByRole('alert')).toContainText('Still missing: SYNs that it sends from now on');
  await expect(place('again')).toBeFocused();

  await place('again').fill('many');
  await form.getByRole('button', { name: 'Check' }).click();
  await expect(form.getByRole('alert')).toContainText(
    'A count is a whole number in digits, such as 3. Look again at: SYNs that it sends from now on.',
  );

  await place('again').fill(constant);
  await form.getByRole('button', { name: 'Check' }).click();
  const verdict = page.locator('.verdict');
  await expect(verdict).toContainText('The time between retransmissions never grows');
  await expect(verdict).toContainText('1 of 2');
  await verdict.getByRole('button', { name: 'Try again' }).click();
  await expect(place('so-far')).toHaveValue('１');
  await place('again').fill(doubled);
  await form.getByRole('button', { name: 'Check' }).click();
  await expect(verdict).toHaveClass(/right/);
  await expect(verdict.locator('dt')).toHaveText([
    'SYNs that the client has sent so far',
    'SYNs that it sends from now on',
  ]);
});
