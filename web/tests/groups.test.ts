/** Every example stands in one group, and each lesson has some: they are found by whoever looks through them. */
import { expect, it } from 'vitest';
import path from '../../exercises/lessons/path.json';
import { examples } from '../src/lab/scenarios/examples.ts';
import { groupNames, groupTitles, groups, withinGroup } from '../src/lab/scenarios/groups.ts';

it('has every example in exactly one group', () => {
  const grouped: string[] = Object.values(groups).flat();
  expect(grouped.sort()).toEqual(examples.map(({ id }) => id).sort());
});

it('has the lessons of the path, in their order, and then what belongs to none', () => {
  expect(groupNames).toEqual([...path.lessons.map(({ number }) => String(number)), 'data']);
  for (const group of groupNames) expect(withinGroup(group).length).toBeGreaterThan(0);
});

it('calls a lesson by the title that it has in the path', () => {
  expect(groupTitles('2')).toEqual({ en: 'Lesson 2: Three-way handshake', zh: '第 2 课：三次握手' });
});
