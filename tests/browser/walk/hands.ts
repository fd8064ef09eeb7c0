/** The user actions that the walk needs, for any browser. */
export interface Hands {
  /** Where the browser puts what it downloads. */
  readonly downloads: string;
  open(address: string): Promise<void>;
  reload(): Promise<void>;
  /** The real mouse on the first visible element that fits. */
  click(target: Target): Promise<void>;
  /** The real keyboard; a character, or a name of KeyboardEvent.key. */
  press(key: Key): Promise<void>;
  /** Chooses an option of a select by its value. */
  choose(target: Target, value: string): Promise<void>;
  /** Gives a file input its file. */
  upload(css: string, path: string): Promise<void>;
  /** Calls a function in the page, with arguments that JSON can hold. */
  read<Value, Arguments extends unknown[]>(inPage: (...given: Arguments) => Value, ...given: Arguments): Promise<Value>;
  screenshot(path: string): Promise<void>;
  close(): Promise<void>;
}

export type Key = 'ArrowLeft' | 'ArrowRight' | (string & {});

/** An element by its selector and, where several fit, by what it is called for a reader. */
export interface Target {
  css: string;
  name?: RegExp;
}

/** A target as JSON can hold it: how it travels into the page. */
export const packed = ({ css, name }: Target): [string, string, string] => [css, name?.source ?? '', name?.flags ?? ''];

/** Runs in the page: the first element that is there to be used and is called so. */
export function findInPage(css: string, source: string, flags: string): Element | undefined {
  const name = new RegExp(source, flags);
  const found = [...document.querySelectorAll(css)].find((element) => {
    const box = element.getBoundingClientRect();
    if (box.width === 0 || box.height === 0 || element.matches(':disabled')) return false;
    const labels = [...((element as HTMLInputElement).labels ?? [])].map((label) => label.textContent);
    const called = element.getAttribute('aria-label') ?? (labels.length > 0 ? labels.join(' ') : element.textContent);
    return name.test((called ?? '').replace(/\s+/g, ' ').trim());
  });
  found?.scrollIntoView({ block: 'center' });
  return found;
}
