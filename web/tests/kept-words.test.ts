/** What stays on the page is read in the language chosen later: nothing keeps words, only what says them. */
import { expect, it } from 'vitest';

const sources = import.meta.glob<string>(['../src/**/*.svelte', '../src/**/*.ts', '!../src/i18n/*'], {
  eager: true,
  query: '?raw',
  import: 'default',
});

/** `wrong = t(...)`, `this.said = list(...)`, `$state(t(...))`: but neither a constant nor a function that says it. */
const keeps = [
  /(?:^|[;{)]|else)\s*(?:this\.)?\w+ = (?!\(.*\) =>|\w+ =>)[^=]*\b(?:t|label|list|sentences)\(['`]/,
  /\$state(?:\.raw)?(?:<.*>)?\((?!\(.*\) =>).*\b(?:t|label|list|sentences)\(['`]/,
];
const kept = (line: string): boolean => keeps.some((each) => each.test(line.replace(/\b(?:const|\$derived).*/, '')));

it.each([
  ["    wrong = t('a.b', { name });", true],
  ["    if (!answers) wrong = t('a.b');", true],
  ["    else if (other) this.said = t(`a.b`, t('c'));", true],
  ["  let said = $state(t('a.b'));", true],
  ["    wrong = () => t('a.b', { name });", false],
  ["  const said = t('a.b');", false],
  ["  let said = $derived(t('a.b'));", false],
])('%s', (line, expected) => expect(kept(line)).toBe(expected));

it('no component keeps the words of one language', () => {
  const found = Object.entries(sources).flatMap(([path, text]) =>
    text
      .split('\n')
      .filter(kept)
      .map((line) => `${path}: ${line.trim()}`),
  );
  expect(found).toEqual([]);
});
