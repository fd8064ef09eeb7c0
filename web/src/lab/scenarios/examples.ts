/** The worlds that free play offers: the page's own and every scenario of the exercises folder. */
import { firstVisit } from './first-visit.ts';
import handshakeText from './handshake.json?raw';

export interface Example {
  id: string;
  title: { en: string; zh: string };
  /** What to look at while it runs. */
  watch: { en: string; zh: string };
  /** Words by which the search finds it, in addition to its title. */
  keywords: { en: string[]; zh: string[] };
  text: string;
}

const shipped = import.meta.glob<string>('../../../../exercises/scenarios/*.json', {
  eager: true,
  query: '?raw',
  import: 'default',
});

function exampleOf(path: string, text: string): Example[] {
  const id = path.replace(/^.*\//, '').replace(/\.json$/, '');
  try {
    const { title, watch, keywords } = JSON.parse(text) as Partial<Pick<Example, 'title' | 'watch' | 'keywords'>>;
    const none = { en: '', zh: '' };
    const words = keywords ?? { en: [], zh: [] };
    return [{ id, title: title ?? { en: id, zh: id }, watch: watch ?? none, keywords: words, text }];
  } catch {
    return [];
  }
}

export const examples: Example[] = [
  ...exampleOf('first-visit', firstVisit),
  ...exampleOf('handshake', handshakeText),
  ...Object.entries(shipped).flatMap(([path, text]) => exampleOf(path, text)),
];
