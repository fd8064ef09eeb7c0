/**
 * What a link opens: files beside the page, by their paths; or the same inside the link, or inside one file. Whoever
 * made it is unknown: everything is bounded here, and believed only after it was read.
 */
import * as v from 'valibot';
import { unpack } from '../app/packed.ts';
import { textOf } from '../app/text-of.ts';
import { About } from '../learn/format/lesson.ts';

/** By their paths within what was opened. */
export type Files = Readonly<Record<string, string>>;

/** In octets: one file, and all together. */
const largestFile = 4_194_304;
const largestBundle = 8_000_000;
const mostFiles = 100;

export class NotOpened extends Error {
  override name = 'NotOpened';
  /** What kept it: a text of i18n/open.ts. */
  readonly why: 'missing' | 'tooLarge' | 'elsewhere' | 'unreadable' | 'offline';
  readonly file: string;

  constructor(why: NotOpened['why'], file: string, options?: ErrorOptions) {
    super(`${why}: ${file}`, options);
    this.why = why;
    this.file = file;
  }
}

/** A path beside the page, or undefined: of another origin, or one that leads out of the page's folder. */
export function placeOf(at: string, page: string): URL | undefined {
  const folder = new URL('./', page.replace(/[?#].*$/s, ''));
  try {
    const place = new URL(at, folder);
    place.hash = '';
    return place.origin === folder.origin && place.pathname.startsWith(folder.pathname) ? place : undefined;
  } catch {
    return undefined;
  }
}

async function fetched(place: URL): Promise<string> {
  const name = place.pathname.slice(place.pathname.lastIndexOf('/') + 1);
  // A redirect could lead to another origin, which the page's policy refuses anyway.
  const answer = await fetch(place, { redirect: 'error' }).catch((cause: unknown) => {
    throw new NotOpened('offline', name, { cause });
  });
  // A server of single-page sites answers with its page what it does not have.
  const isPage = (answer.headers.get('content-type') ?? '').startsWith('text/html');
  if (!answer.ok || isPage) throw new NotOpened('missing', name);
  if (Number(answer.headers.get('content-length') ?? 0) > largestFile) throw new NotOpened('tooLarge', name);
  const blob = await answer.blob();
  if (blob.size > largestFile) throw new NotOpened('tooLarge', name);
  return textOf(blob).catch((cause: unknown) => {
    throw new NotOpened('unreadable', name, { cause });
  });
}

/** What the page has itself need not lie beside it. */
export interface Known {
  term: (id: string) => boolean;
  exercise: (id: string) => boolean;
}

/** The files that a lesson names; those that are not there are left out: whoever reads the lesson tells of them. */
async function fetchLesson(folder: URL, known: Known): Promise<Files> {
  const about = await fetched(new URL('lesson.json', folder));
  const { beats, exercises, terms } = namedIn(about);
  const rest = [
    ...['lesson.en.md', 'lesson.zh.md'],
    ...(terms.every(known.term) ? [] : ['terms.json']),
    ...beats.map((id) => `beats/${id}.json`),
    ...exercises.filter((id) => !known.exercise(id)).map((id) => `exercises/${id}.json`),
  ];
  const found = await Promise.all(
    rest.map(async (name) => {
      const text = await fetched(new URL(name, folder)).catch((error: unknown) => {
        if (error instanceof NotOpened && error.why === 'missing') return undefined;
        throw error;
      });
      return text === undefined ? [] : [[name, text] as const];
    }),
  );
  return bounded({ 'lesson.json': about, ...Object.fromEntries(found.flat()) });
}

function namedIn(about: string): Pick<About, 'beats' | 'exercises' | 'terms'> {
  try {
    return v.parse(v.pick(About, ['beats', 'exercises', 'terms']), JSON.parse(about));
  } catch {
    return { beats: [], exercises: [], terms: [] };
  }
}

function bounded(files: Files): Files {
  const length = Object.values(files).reduce((sum, text) => sum + text.length, 0);
  if (length > largestBundle || Object.keys(files).length > mostFiles) throw new NotOpened('tooLarge', '');
  return files;
}

/** A file ends in .json; all else is a folder with a lesson. */
export async function filesAt(place: URL, known: Known): Promise<Files> {
  if (place.pathname.endsWith('.json')) {
    const name = place.pathname.slice(place.pathname.lastIndexOf('/') + 1);
    return filesIn(await fetched(place), name);
  }
  const folder = new URL(place);
  if (!folder.pathname.endsWith('/')) folder.pathname += '/';
  return fetchLesson(folder, known);
}

const Pack = v.strictObject({
  format: v.literal('tcplab-pack/1'),
  files: v.record(v.pipe(v.string(), v.regex(/^[a-z0-9][\w./-]{0,127}$/)), v.string()),
});

/** Of a pack, the files in it; of anything else, itself. */
export function filesIn(text: string, name: string): Files {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { [name]: text };
  }
  const pack = v.safeParse(Pack, json);
  return pack.success ? bounded(pack.output.files) : { [name]: text };
}

export async function filesInLink(code: string): Promise<Files> {
  const text = await unpack(code, largestBundle);
  if (text === undefined) throw new NotOpened('unreadable', '');
  return filesIn(text, 'link.json');
}

export const packOf = (files: Files): string => JSON.stringify({ format: 'tcplab-pack/1', files });
