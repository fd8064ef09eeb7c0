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

/** One word for one thing: what is said in another way, or not as the style has it. */
const avoided = {
  en: [
    /\boctets?\b/i,
    /\bworlds?\b/i,
    /\b(flying|under way|on its way)\b/i,
    /\bthrow/i,
    /\b(silen|quiet|born\b|story|touch)/i,
    /\b(really|simply|just|obviously|behind|of course)\b/i,
    /[,;] else\b/,
    /\bmutant|\bseed\b/i,
    /\b2MSL\b/,
    /\btr(y|ies) (\{|\d)/i,
    /'|n’t\b|’re\b|!|\.\.\./,
  ],
  zh: [
    /一支|途中|沉默|静止|一切|诞生|故事/u,
    /发队列|(?<!接)收队列|接受队列|监听者|对方|重发|应用(?!程序)/u,
    /数据包|序列号|头部|计时器|坚持|半打开|校验和|标志(?!位)/u,
    /变体|变异|世界|种子|暗杀|终止/u,
    /！|\.\.\./u,
  ],
};

describe.each(['en', 'zh'] as const)('the style, %s', (language) => {
  const all = Object.entries<Message>(language === 'en' ? en : zh).flatMap(([key, message]) =>
    texts(message).map((text) => [key, text] as const),
  );

  it('has one word for one thing', () => {
    const found = all.filter(([, text]) =>
      avoided[language].some((pattern) => pattern.test(text.replace(/\{\w+\}/g, '{}'))),
    );
    expect(found).toEqual([]);
  });

  it('has short sentences', () => {
    const longest = { en: 20, zh: 40 }[language];
    const length = (sentence: string) =>
      language === 'en' ? sentence.split(/\s+/).filter((word) => /\w/.test(word)).length : [...sentence].length;
    const plain = all.map(([, text]) => text.replace(/\{\w+\}/g, 'x'));
    const found = plain.flatMap((text) => text.split(/[.。：]/u)).filter((sentence) => length(sentence) > longest);
    expect(found).toEqual([]);
  });

  it('leaves blanks to whoever joins', () => {
    // Pieces of a goal are clauses of one sentence, and their blanks are their own.
    const found = all.filter(([key, text]) => !/^(goal|punctuation|exercise\.comma)/.test(key) && text !== text.trim());
    expect(found).toEqual([]);
    if (language === 'zh') {
      const wrong = all.filter(([, text]) =>
        /[，。：；、（）“”] |[\u4e00-\u9fff][A-Za-z0-9]|[A-Za-z0-9][\u4e00-\u9fff]/u.test(text),
      );
      expect(wrong).toEqual([]);
    }
  });
});

describe('format', () => {
  const plurals = new Intl.PluralRules('en');

  it('parts Chinese from Latin where a value meets its sentence', () => {
    const chinese = new Intl.PluralRules('zh');
    expect(format('{host} 启动{timer}', { host: 'B', timer: '2 MSL 定时器' }, chinese)).toBe('B 启动 2 MSL 定时器');
    expect(format('{timer}到时', { timer: '重传定时器' }, chinese)).toBe('重传定时器到时');
    expect(format('{a}{b}', { a: '收到', b: 'SYN' }, chinese)).toBe('收到SYN');
    expect(format('“{a}”', { a: '收到' }, chinese)).toBe('“收到”');
  });

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
