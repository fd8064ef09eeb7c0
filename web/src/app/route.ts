/** Addresses of the page's views, after the `#`. */
export type Route =
  | { view: 'home' }
  /** `link` is the code of a link to a moment of a run. */
  | { view: 'lab'; link?: string }
  | { view: 'learn' }
  /** `id` is the lesson's id or its number. */
  | { view: 'lesson'; id: string }
  /** What the student knows. */
  | { view: 'known' }
  /** A pack, a lesson or an exercise: from a path relative to the page, the link's code, or an opened file. */
  | {
      view: 'open';
      at: string | undefined;
      code: string | undefined;
      file?: string | undefined;
      item?: string | undefined;
      /** Of an exercise: the variant. */
      seed?: number | undefined;
    }
  | { view: 'practise' }
  | { view: 'exercise'; id: string; seed: number | undefined };

const seedLimit = 0xffff_ffff;

/** The route that a location's hash names; anything unknown is home. */
export function parseRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#/, '').split('?', 2);
  const parts = path.split('/').filter((part) => part !== '');
  if (parts[0] === 'lab') {
    const link = new URLSearchParams(query).get('w');
    return link === null ? { view: 'lab' } : { view: 'lab', link };
  }
  if (parts[0] === 'known') return { view: 'known' };
  if (parts[0] === 'open') {
    const asked = new URLSearchParams(query);
    const [at, code, file, item] = ['at', 'w', 'file', 'item'].map((name) => asked.get(name) ?? undefined);
    return { view: 'open', at, code, file, item, seed: seedIn(asked) };
  }
  if (parts[0] === 'learn')
    return parts[1] === undefined ? { view: 'learn' } : { view: 'lesson', id: decode(parts[1]) };
  if (parts[0] !== 'practise') return { view: 'home' };
  if (parts[1] === undefined) return { view: 'practise' };
  return { view: 'exercise', id: decode(parts[1]), seed: seedIn(new URLSearchParams(query)) };
}

/** Undefined where there is none that can be read. */
function seedIn(asked: URLSearchParams): number | undefined {
  const text = asked.get('seed') ?? '';
  return /^\d{1,10}$/.test(text) && Number(text) <= seedLimit ? Number(text) : undefined;
}

export function hrefOf(route: Route): string {
  switch (route.view) {
    case 'home':
      return '#/';
    case 'lab':
      return route.link === undefined ? '#/lab' : `#/lab?w=${encodeURIComponent(route.link)}`;
    case 'learn':
      return '#/learn';
    case 'lesson':
      return `#/learn/${encodeURIComponent(route.id)}`;
    case 'known':
      return '#/known';
    case 'open':
      return `#/open${queryOf({ at: route.at, w: route.code, file: route.file, item: route.item, seed: route.seed?.toString() })}`;
    case 'practise':
      return '#/practise';
    case 'exercise': {
      const seed = route.seed === undefined ? '' : `?seed=${route.seed}`;
      return `#/practise/${encodeURIComponent(route.id)}${seed}`;
    }
  }
}

function queryOf(values: Record<string, string | undefined>): string {
  const parts = Object.entries(values).flatMap(([key, value]) =>
    value === undefined ? [] : `${key}=${encodeURIComponent(value)}`,
  );
  return parts.length === 0 ? '' : `?${parts.join('&')}`;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
