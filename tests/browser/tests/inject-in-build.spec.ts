/** A build in which a segment is injected: what the form offers, numbers of a segment that was seen, the verdict. */
import { readFileSync } from 'node:fs';
import { expect, file, settled, test } from './page.ts';

const text = readFileSync(new URL('../../unit/exercise/inject-a-reset.json', import.meta.url), 'utf8');

for (const width of [360, 1440]) {
  test(`a forged RST takes its number from a segment that was seen, ${width} pixels wide`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 });
    await page.goto('./?lang=en#/practise');
    await page.locator('input[type=file]').setInputFiles(file('inject-a-reset.json', text));
    await settled(page);
    await expect(page.locator('form').first()).toContainText('may inject segments that say seq, flags, ack');

    // Until the client's ACK is sent, the third segment.
    const forward = page.getByRole('button', { name: 'One event forward' });
    const third = page.locator('#main').getByText(/seq 1\d{3} · ack 5001/);
    for (let i = 0; i < 30 && (await third.count()) === 0; i += 1) await forward.click();
    await settled(page);
    const act = page.getByRole('tab', { name: 'Act' });
    if (await act.isVisible()) await act.click();
    await page.getByRole('button', { name: 'Inject a segment' }).click();
    const form = page.locator('form').filter({ has: page.getByRole('button', { name: 'inject', exact: true }) });
    // Only what the exercise allows is offered.
    await expect(form.getByText('Data')).toHaveCount(0);
    await expect(form.getByText('More')).toHaveCount(0);
    await form.getByLabel('Source, as host:port').fill('client:40000');
    await form.getByLabel('Destination, as host:port').fill('server:80');
    await form.getByLabel('Sequence number', { exact: true }).first().selectOption('3 next');
    await form.getByRole('button', { name: 'inject', exact: true }).click();
    await settled(page);
    const task = page.getByRole('tab', { name: 'Task' });
    if (await task.isVisible()) await task.click();
    await page.getByRole('button', { name: 'Check' }).click();
    await expect(page.locator('.verdict')).toHaveClass(/right/);
  });
}
