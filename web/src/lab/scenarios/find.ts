/**
 * Finds scenarios by the words that a reader types. Case, hyphens and underscores do not matter, and the beginning of a
 * word is enough: "keepalive", "Keep-Alive" and "keep" all find "keep-alive".
 */
const joint = '\u00ad';
const wordStart = '(?<![a-z0-9])';

/** Text as it is searched: lower case, one blank between words, and a joint between the parts of a compound. */
const flat = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/(?<=[\p{L}\p{N}])[-_](?=[\p{L}\p{N}])/gu, joint)
    .replace(/[^\p{L}\p{N}\u00ad]+/gu, ' ')
    .trim();

/** A name without blanks and joints, so that it does not matter how its parts are joined. */
const together = (text: string): string => flat(text).replace(/[ \u00ad]/g, '');

/** The pattern for one typed word, without a plural "s": the singular finds both. */
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

  /** Whether no word was typed. */
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

  /** Texts are joined by line breaks, so that no match spans two of them. */
  constructor(...texts: readonly string[]) {
    this.flat = texts.map(flat).join('\n');
  }

  /** Whether one of the texts is exactly what was typed. */
  is(typed: string): boolean {
    this.#whole ??= new Set(this.flat.replace(/[ \u00ad]/g, '').split('\n'));
    return this.#whole.has(together(typed));
  }
}
