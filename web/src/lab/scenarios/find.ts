/**
 * Scenarios by the words that a reader types. Case, hyphens and underscores do not matter, and a word may be begun only:
 * "keepalive", "Keep-Alive" and "keep" all find what is written "keep-alive".
 */
const joint = '\u00ad';
const wordStart = '(?<![a-z0-9])';

/** Text as it is searched: small letters, one blank between words, and a joint within words of several parts. */
const flat = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/(?<=[\p{L}\p{N}])[-_](?=[\p{L}\p{N}])/gu, joint)
    .replace(/[^\p{L}\p{N}\u00ad]+/gu, ' ')
    .trim();

/** Of a name, what is typed of it in whatever way its parts are put together. */
const together = (text: string): string => flat(text).replace(/[ \u00ad]/g, '');

/** One typed word; the plural finds the singular, and with it both. */
function patternOf(word: string): RegExp {
  const parts = word.replace(/(?<=[a-z]{3})s$/, '').split(/[ \u00ad]/);
  const letters = parts.map((part) => [...part].join(`${joint}?`));
  return new RegExp(`${/^[a-z0-9]/.test(word) ? wordStart : ''}${letters.join(`[ ${joint}]?`)}`, 'u');
}

export class Query {
  readonly #patterns: RegExp[];

  constructor(typed: string) {
    const words = typed.split(/\s+/).map(flat);
    this.#patterns = words.filter((word) => word !== '').map(patternOf);
  }

  /** Nothing is asked. */
  get empty(): boolean {
    return this.#patterns.length === 0;
  }

  in(text: SearchText): boolean {
    return this.#patterns.every((pattern) => pattern.test(text.flat));
  }
}

export class SearchText {
  readonly flat: string;
  #whole: Set<string> | undefined;

  /** No word runs from one text into the next. */
  constructor(...texts: readonly string[]) {
    this.flat = texts.map(flat).join('\n');
  }

  /** Whether one of the texts is what is typed, and no more. */
  is(typed: string): boolean {
    this.#whole ??= new Set(this.flat.replace(/[ \u00ad]/g, '').split('\n'));
    return this.#whole.has(together(typed));
  }
}
