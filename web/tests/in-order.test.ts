import { expect, test } from 'vitest';
import { inOrder } from '../src/app/in-order.ts';

test('what takes long is not overtaken by what was chosen after it', async () => {
  const taken: string[] = [];
  const read: (() => void)[] = [];
  const take = inOrder(async (name: string) => {
    if (name === 'long') await new Promise<void>((done) => read.push(done));
    taken.push(name);
  });
  const long = take('long');
  const short = take('short');
  await Promise.resolve();
  expect(taken).toEqual([]);
  read[0]?.();
  await Promise.all([long, short]);
  expect(taken).toEqual(['long', 'short']);
});
