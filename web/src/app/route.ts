/** Addresses of the page's views, after the `#`. */
export type Route =
  | { view: 'home' }
  /** With what a link to a moment holds. */
  | { view: 'lab'; link?: string }
  | { view: 'learn' }
  /** By the lesson's id, or its number. */
  | { view: 'lesson'; id: string }
  /** What the student knows. */
  | { view: 'known' }
  /** A path beside the page, or what a link holds itself. */
  | { view: 'open'; at: string | undefined; code: string | undefined }
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
    return { view: 'open', at: asked.get('at') ?? undefined, code: asked.get('w') ?? undefined };
  }
  if (parts[0] === 'learn')
    return parts[1] === undefined ? { view: 'learn' } : { view: 'lesson', id: decode(parts[1]) };
  if (parts[0] !== 'practise') return { view: 'home' };
  if (parts[1] === undefined) return { view: 'practise' };
  const text = new URLSearchParams(query).get('seed') ?? '';
  const seed = /^\d{1,10}$/.test(text) && Number(text) <= seedLimit ? Number(text) : undefined;
  return { view: 'exercise', id: decode(parts[1]), seed };
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
      if (route.code !== undefined) return `#/open?w=${encodeURIComponent(route.code)}`;
      return route.at === undefined ? '#/open' : `#/open?at=${encodeURIComponent(route.at)}`;
    case 'practise':
      return '#/practise';
    case 'exercise': {
      const seed = route.seed === undefined ? '' : `?seed=${route.seed}`;
      return `#/practise/${encodeURIComponent(route.id)}${seed}`;
    }
  }
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
