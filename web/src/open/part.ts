/** What was chosen by someone who means all of a lesson: a file that is of no use alone. */
import { ownNames } from '../app/by-name.ts';
import { formatOf } from '../app/kind-of-file.ts';
import { t } from '../i18n/index.svelte.ts';

const saved = (): { button: string } => ({ button: t('open.save') });

/** By format: what is said of a file that is called so, in the language that the page has by then. */
const parts = ownNames<(name: string) => string>({
  'tcplab-contents/1': (name) => t('open.part.contents', { name, button: t('open.pack.save') }),
  'tcplab-lesson/1': (name) => t('open.part.lesson', { name, ...saved() }),
  'tcplab-terms/1': (name) => t('open.part.terms', { name, ...saved() }),
  'tcplab-progress/1': (name) => t('open.part.progress', { name }),
  markdown: (name) => t('open.part.markdown', { name, ...saved() }),
});

/** What there is to say of it; undefined: it can be opened, or is wrong in another way. */
export function saidOfPart(text: string, name: string): (() => string) | undefined {
  const format = /\.(md|markdown)$/i.test(name) ? 'markdown' : formatOf(text);
  const said = format === undefined ? undefined : parts[format];
  return said && (() => said(name));
}
