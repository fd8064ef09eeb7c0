/** What the reader prefers, kept across visits: language, colours, how numbers are shown. */
import { language, languageFor, languages, setLanguage, type Language } from '../i18n/index.svelte.ts';
import { load, onStored, store } from './storage.ts';

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];
export type Numbers = 'relative' | 'absolute';

const isLanguage = (text: string): text is Language => Object.hasOwn(languages, text);

class Preferences {
  theme = $state<Theme>('system');
  numbers = $state<Numbers>('absolute');

  /** Reads what was kept; the address (`?lang=zh`) wins over it, and the browser's language comes last. */
  restore(): void {
    const asked = new URLSearchParams(location.search).get('lang') ?? load('language') ?? '';
    setLanguage(isLanguage(asked) ? asked : languageFor(navigator.languages));
    this.#readKept();
    // A choice made in one tab holds in all of them.
    onStored('language', () => {
      const chosen = load('language') ?? '';
      if (isLanguage(chosen)) setLanguage(chosen);
    });
    for (const key of ['theme', 'numbers']) onStored(key, () => this.#readKept());
  }

  #readKept(): void {
    const theme = load('theme') as Theme;
    if (themes.includes(theme)) this.theme = theme;
    this.numbers = load('numbers') === 'relative' ? 'relative' : 'absolute';
    this.#showTheme();
  }

  setLanguage(next: Language): void {
    setLanguage(next);
    store('language', language());
  }

  nextTheme(): void {
    this.theme = themes[(themes.indexOf(this.theme) + 1) % themes.length] as Theme;
    store('theme', this.theme);
    this.#showTheme();
  }

  toggleNumbers(): void {
    this.numbers = this.numbers === 'relative' ? 'absolute' : 'relative';
    store('numbers', this.numbers);
  }

  #showTheme(): void {
    if (this.theme === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = this.theme;
  }
}

export const preferences = new Preferences();
