/** The worlds that free play offers: the page's own and every scenario of the exercises folder. */
import { firstVisit } from './first-visit.ts';
import handshakeText from './handshake.json?raw';

export interface Example {
  id: string;
  title: { en: string; zh: string };
  /** Words by which it is found, beside those of its title. */
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
    const { title, keywords } = JSON.parse(text) as Partial<Pick<Example, 'title' | 'keywords'>>;
    return [{ id, title: title ?? { en: id, zh: id }, keywords: keywords ?? { en: [], zh: [] }, text }];
  } catch {
    return [];
  }
}

export const examples: Example[] = [
  ...exampleOf('first-visit', firstVisit),
  ...exampleOf('handshake', handshakeText),
  ...Object.entries(shipped).flatMap(([path, text]) => exampleOf(path, text)),
];
