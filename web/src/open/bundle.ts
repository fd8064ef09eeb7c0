/**
 * Fetches what a link opens: files beside the page, by their paths, or the same files inside the link or inside one
 * file. Its author is unknown, so all sizes are limited here, and nothing is trusted before it is validated.
 */
import * as v from 'valibot';
import { formatOf } from '../app/kind-of-file.ts';
import { unpack } from '../app/packed.ts';
import { textOf } from '../app/text-of.ts';
import { withoutAnswers } from '../exercise/without-answers.ts';
import { cardsIn, Contents, contentsFile, exerciseFile, namedIn } from './contents.ts';

/** Texts by their paths within what was opened. */
export type Files = Readonly<Record<string, string>>;

/** Limits in octets: for one file, and for all together. */
const largestFile = 4_194_304;
export const largestBundle = 8_000_000;
const mostFiles = 600;

export class NotOpened extends Error {
  override name = 'NotOpened';
  /** The reason, which names a text in i18n/open.ts. */
  readonly why:
    'missing' | 'empty' | 'tooLarge' | 'elsewhere' | 'unreadable' | 'offline' | 'entry' | 'version' | 'gone';
  readonly file: string;

  constructor(why: NotOpened['why'], file: string, options?: ErrorOptions) {
    super(`${why}: ${file}`, options);
    this.why = why;
    this.file = file;
  }
}

/** The URL of a path beside the page; undefined for another origin, or outside the page's folder. */
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

/** Fetches files together, and stops as soon as they exceed the limits for all. */
class Fetching {
  #files = 0;
  #octets = 0;
  readonly #folder: URL;
  /** In a pack, a file that is not UTF-8 is reported when it is read, so that the other files still work. */
  ofPack = false;

  constructor(folder: URL) {
    this.#folder = folder;
  }

  /** The text of a file, by its path in the folder. */
  async text(path: string, place = new URL(path, this.#folder)): Promise<string> {
    this.#files += 1;
    if (this.#files > mostFiles || this.#octets > largestBundle) throw new NotOpened('tooLarge', path);
    const blob = await blobAt(place, path);
    this.#octets += blob.size;
    if (this.#octets > largestBundle) throw new NotOpened('tooLarge', path);
    return textOf(blob).catch((cause: unknown) => {
      if (this.ofPack || path === contentsFile) return blob.text();
      throw new NotOpened('unreadable', path, { cause });
    });
  }

  /** A file beside the folder, if it is still within the page's folder. */
  async above(path: string): Promise<Files> {
    const place = placeOf(new URL(`../${path}`, this.#folder).href, location.href);
    const text = place && (await this.text(path, place).catch(unlessMissing));
    return text === undefined ? {} : { [path]: text };
  }

  /** The files that exist; missing ones are reported later, by the code that reads them. */
  async those(paths: readonly string[]): Promise<Files> {
    const found = await Promise.all(
      paths.map(async (path) => {
        const text = await this.text(path).catch(unlessMissing);
        return text === undefined ? [] : [[path, text] as const];
      }),
    );
    return Object.fromEntries(found.flat());
  }
}

function unlessMissing(error: unknown): undefined {
  if (!(error instanceof NotOpened && error.why === 'missing')) throw error;
}

async function blobAt(place: URL, name: string): Promise<Blob> {
  // A redirect could lead to another origin, which the page's policy refuses anyway.
  const answer = await fetch(place, { redirect: 'error' }).catch((cause: unknown) => {
    throw new NotOpened('offline', name, { cause });
  });
  // A server for single-page sites answers with its HTML page for files that it does not have.
  const isPage = (answer.headers.get('content-type') ?? '').startsWith('text/html');
  if (!answer.ok || isPage) throw new NotOpened('missing', name);
  if (Number(answer.headers.get('content-length') ?? 0) > largestFile) throw new NotOpened('tooLarge', name);
  const blob = await answer.blob();
  if (blob.size > largestFile) throw new NotOpened('tooLarge', name);
  return blob;
}

/** Terms and exercises that the page has itself, so that they need not be fetched. */
export interface Known {
  term: (id: string) => boolean;
  exercise: (id: string) => boolean;
}

/** The terms that a text links to. */
const termsLinked = (markdown: string): string[] =>
  [...markdown.matchAll(/\]\(term:([^)]*)\)/g)].map(([, id]) => id as string);

/** A lesson's terms.json. A lesson outside a pack may share one with its neighbours, in the folder above. */
async function wordsOf(fetching: Fetching, within: string): Promise<Files> {
  const path = `${within}terms.json`;
  const own = await fetching.those([path]);
  return within === '' && !(path in own) ? fetching.above(path) : own;
}

/** The files that a lesson names, by their paths in what was opened; `within` is the lesson's folder: '' or 'one/'. */
async function lessonFiles(fetching: Fetching, within: string, about: string, known: Known): Promise<Files> {
  const { beats, exercises, terms } = namedIn(about);
  const rest = [
    ...['lesson.en.md', 'lesson.zh.md'],
    ...beats.map((id) => `beats/${id}.json`),
    ...exercises.filter((id) => !known.exercise(id)).map(exerciseFile),
  ];
  const found = await fetching.those(rest.map((path) => within + path));
  const linked = Object.entries(found).flatMap(([path, text]) => (path.endsWith('.md') ? termsLinked(text) : []));
  const words = [...terms, ...linked].every(known.term) ? {} : await wordsOf(fetching, within);
  return { [`${within}lesson.json`]: about, ...found, ...words };
}

/** What pack.json names; undefined if it is broken, which is reported later, by the code that reads it. */
function contentsIn(text: string): Contents | undefined {
  try {
    const read = v.safeParse(Contents, JSON.parse(text));
    return read.success ? read.output : undefined;
  } catch {
    return undefined;
  }
}

async function packFiles(fetching: Fetching, contents: string, known: Known): Promise<Files> {
  const { lessons, exercises } = contentsIn(contents) ?? { lessons: [] as string[], exercises: [] as string[] };
  fetching.ofPack = true;
  const shared = await fetching.those([
    'terms.json',
    ...exercises.filter((id) => !known.exercise(id)).map(exerciseFile),
  ]);
  const words = new Set(cardsIn(shared['terms.json']));
  // Its lessons need not contain what the pack already has.
  const inPack: Known = {
    term: (id) => known.term(id) || words.has(id),
    exercise: (id) => known.exercise(id) || exercises.includes(id),
  };
  const found = await Promise.all([
    ...lessons.map(async (folder) => {
      const about = await fetching.text(`${folder}/lesson.json`).catch(unlessMissing);
      return about === undefined ? {} : lessonFiles(fetching, `${folder}/`, about, inPack);
    }),
  ]);
  return Object.assign({ [contentsFile]: contents }, shared, ...found) as Files;
}

async function filesInFolder(folder: URL, known: Known): Promise<Files> {
  const fetching = new Fetching(folder);
  const found = await fetching.those([contentsFile, 'lesson.json']);
  const contents = found[contentsFile];
  if (contents !== undefined) return packFiles(fetching, contents, known);
  const about = found['lesson.json'];
  if (about === undefined) throw new NotOpened('empty', '');
  return lessonFiles(fetching, '', about, known);
}

function bounded(files: Files): Files {
  const length = Object.values(files).reduce((sum, text) => sum + text.length, 0);
  if (length > largestBundle || Object.keys(files).length > mostFiles) throw new NotOpened('tooLarge', '');
  return files;
}

/** A path that ends in .json is a file; any other is the folder of a lesson or of a pack. */
export async function filesAt(place: URL, known: Known): Promise<Files> {
  const folder = new URL(place);
  if (!folder.pathname.endsWith('.json')) {
    if (!folder.pathname.endsWith('/')) folder.pathname += '/';
    return filesInFolder(folder, known);
  }
  const name = place.pathname.slice(place.pathname.lastIndexOf('/') + 1);
  const fetching = new Fetching(new URL('./', place));
  const text = await fetching.text(name, place);
  // A link to a pack.json or lesson.json means the whole pack or lesson.
  if (contentsIn(text)) return packFiles(fetching, text, known);
  return formatOf(text) === 'tcplab-lesson/1' ? lessonFiles(fetching, '', text, known) : filesIn(text, name);
}

const isFile = (path: string): boolean => /^[A-Za-z0-9][\w./-]{0,127}\.(json|md)$/.test(path) && !path.includes('..');

/** Drops files that operating systems add, and the folder's own name, which a file made from a folder may contain. */
function withoutFolder(files: Files): Files {
  const named = Object.entries(files).filter(([file]) => isFile(file));
  const folder = /^[^/]+\//.exec(named[0]?.[0] ?? '')?.[0] ?? '';
  const isWithin = folder !== '' && named.every(([file]) => file.startsWith(folder));
  return Object.fromEntries(isWithin ? named.map(([file, text]) => [file.slice(folder.length), text]) : named);
}

const Texts = v.record(v.string(), v.string());

/** The files in a pack file; any other file by itself. */
export function filesIn(text: string, name: string): Files {
  const format = formatOf(text);
  if (!format?.startsWith('tcplab-pack/')) return { [name]: text };
  if (format !== 'tcplab-pack/1') throw new NotOpened('version', format.slice(0, 40));
  const files = v.safeParse(Texts, (JSON.parse(text) as { files?: unknown }).files);
  if (!files.success)
    throw new NotOpened(
      'entry',
      files.issues[0].path
        ?.map(({ key }) => String(key))
        .join('.')
        .slice(0, 80) ?? 'files',
    );
  const found = withoutFolder(bounded(files.output));
  if (Object.keys(found).length === 0) throw new NotOpened('empty', '');
  return found;
}

export async function filesInLink(code: string): Promise<Files> {
  const text = await unpack(code, largestBundle);
  if (text === undefined) throw new NotOpened('unreadable', '');
  return filesIn(text, 'link.json');
}

/** A pack to hand out: of exercises and steps, the copies for students. */
export function packOf(files: Files): string {
  const copies = Object.entries(files).map(([name, text]) => [
    name,
    formatOf(text) === 'tcplab-exercise/1' ? withoutAnswers(text) : text,
  ]);
  return JSON.stringify({ format: 'tcplab-pack/1', files: Object.fromEntries(copies) as Files });
}
