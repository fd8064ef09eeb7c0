import { describe, expect, it } from 'vitest';
import { en } from '../src/i18n/en.ts';
import { format, placesOf, type Message } from '../src/i18n/message.ts';
import { zh } from '../src/i18n/zh.ts';

const texts = (message: Message) => (typeof message === 'string' ? [message] : Object.values(message));

describe('the two languages', () => {
  it('have the same keys', () => {
    expect(Object.keys(zh).sort()).toEqual(Object.keys(en).sort());
  });

  it.each(Object.keys(en) as (keyof typeof en)[])('%s has the same places in both', (key) => {
    expect(placesOf(zh[key])).toEqual(placesOf(en[key]));
  });

  it('use no half-width punctuation after Chinese characters', () => {
    const wrong = Object.entries(zh).filter(([, message]) =>
      texts(message).some((text) => /[\u4e00-\u9fff][,;:?!()]/.test(text)),
    );
    expect(wrong).toEqual([]);
  });

  it('say something everywhere', () => {
    const all = [...Object.values<Message>(en), ...Object.values<Message>(zh)].flatMap(texts);
    expect(all.filter((text) => text.trim() === '')).toEqual([]);
  });
});

describe('format', () => {
  const plurals = new Intl.PluralRules('en');

  it('fills places and leaves unknown ones', () => {
    expect(format('{a} and {b}', { a: 1 }, plurals)).toBe('1 and {b}');
  });

  it('does not fill places that a value brings along', () => {
    expect(format('{a}{b}', { a: '{b}', b: 'x' }, plurals)).toBe('{b}x');
  });

  it('chooses the plural form by n', () => {
    const message = { one: '{n} byte', other: '{n} bytes' };
    expect(format(message, { n: 1 }, plurals)).toBe('1 byte');
    expect(format(message, { n: 2 }, plurals)).toBe('2 bytes');
  });
});
