/** The reader's language, and every text of the page in it. */
import type { en } from './en.ts';
import * as first from './first.ts';
import { format, type Message, type Values } from './message.ts';

export const languages = { en: 'English', zh: '简体中文' } as const;
export type Language = keyof typeof languages;
export type Bilingual = Record<Language, string>;
export type Key = keyof typeof en;

/** The texts that have come so far. */
const tables = { en: { ...first.en } as Record<Key, Message>, zh: { ...first.zh } as Record<Key, Message> };

/** Takes in the texts of a part of the page that comes later. */
export function takeTexts(more: Record<Language, Partial<Record<Key, Message>>>): void {
  Object.assign(tables.en, more.en);
  Object.assign(tables.zh, more.zh);
}

const plurals = { en: new Intl.PluralRules('en'), zh: new Intl.PluralRules('zh') };
const htmlLanguage = { en: 'en', zh: 'zh-Hans' } as const;

class Locale {
  language = $state<Language>('en');
}
const locale = new Locale();

export const language = (): Language => locale.language;

export function setLanguage(language: Language): void {
  locale.language = language;
  document.documentElement.lang = htmlLanguage[language];
}

/** The text for a key, with its places filled; reading it in a component follows the language. */
export function t<K extends Key>(key: K, ...values: Values<(typeof en)[K]>): string {
  return format(tables[locale.language][key], values[0], plurals[locale.language]);
}

/** The same in both languages, for what stays on the page when the language changes. */
export function inBoth<K extends Key>(key: K, ...values: Values<(typeof en)[K]>): Bilingual {
  return { en: format(tables.en[key], values[0], plurals.en), zh: format(tables.zh[key], values[0], plurals.zh) };
}

/** "a, b" or "a、b". */
export const list = (items: readonly string[]): string => items.join(t('punctuation.list'));

/** "name: value" or "name：value". */
export const label = (name: string, value: string): string => t('punctuation.label', { name, value });

/** A sentence without its stop, for where another sentence takes it up. */
export const clauseOf = (sentence: string): string => sentence.replace(/[.。]$/u, '');

/** Sentences one after the other: a blank parts those of Latin letters. */
export const inARow = (texts: readonly string[]): string => texts.join(locale.language === 'zh' ? '' : ' ');

/** Clauses, each made a sentence of its own. */
export const sentences = (clauses: readonly string[]): string =>
  clauses
    .map((clause) => t('punctuation.sentence', { clause }))
    .join('')
    .trimEnd();

/** The side of a bilingual text (a rule, an exercise) that the reader wants. */
export function pick(text: Bilingual | undefined | null): string {
  return text ? text[locale.language] : '';
}

export function languageFor(preferred: readonly string[]): Language {
  for (const tag of preferred) {
    const primary = tag.toLowerCase().split('-')[0];
    if (primary === 'zh' || primary === 'en') return primary;
  }
  return 'en';
}
