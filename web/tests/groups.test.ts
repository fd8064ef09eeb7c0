/** Every example stands in one group: it is found by whoever looks through them. */
import { expect, it } from 'vitest';
import { examples } from '../src/lab/scenarios/examples.ts';
import { groups } from '../src/lab/scenarios/groups.ts';

it('has every example in exactly one group', () => {
  const grouped: string[] = Object.values(groups).flat();
  expect(grouped.sort()).toEqual(examples.map(({ id }) => id).sort());
});
