/**
 * What a link opens: files beside the page, by their paths; or the same inside the link, or inside one file. Whoever
 * made it is unknown: everything is bounded here, and believed only after it was read.
 */
import * as v from 'valibot';
import { formatOf } from '../app/kind-of-file.ts';
import { unpack } from '../app/packed.ts';
import { textOf } from '../app/text-of.ts';
import { cardsIn, Contents, contentsFile, exerciseFile, namedIn } from './contents.ts';

/** By their paths within what was opened. */
export type Files = Readonly<Record<string, string>>;

/** In octets: one file, and all together. */
const largestFile = 4_194_304;
export const largestBundle = 8_000_000;
const mostFiles = 600;

export class NotOpened extends Error {
  override name = 'NotOpened';
  /** What kept it: a text of i18n/open.ts. */
  readonly why:
    'missing' | 'empty' | 'tooLarge' | 'elsewhere' | 'unreadable' | 'offline' | 'entry' | 'version' | 'gone';
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

/** Files that are fetched together: what exceeds the bounds of all is not waited for. */
class Fetching {
  #files = 0;
  #octets = 0;
  readonly #folder: URL;
  /** Of a pack, what is not UTF-8 is told where its file is read, and the other files can be read. */
  ofPack = false;

  constructor(folder: URL) {
    this.#folder = folder;
  }

  /** A file by its path in the folder. */
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

  /** A file beside the folder, if that is within the page's. */
  async above(path: string): Promise<Files> {
    const place = placeOf(new URL(`../${path}`, this.#folder).href, location.href);
    const text = place && (await this.text(path, place).catch(unlessMissing));
    return text === undefined ? {} : { [path]: text };
  }

  /** Those that are there: whoever reads them tells of the others. */
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
  // A server of single-page sites answers with its page what it does not have.
  const isPage = (answer.headers.get('content-type') ?? '').startsWith('text/html');
  if (!answer.ok || isPage) throw new NotOpened('missing', name);
  if (Number(answer.headers.get('content-length') ?? 0) > largestFile) throw new NotOpened('tooLarge', name);
  const blob = await answer.blob();
  if (blob.size > largestFile) throw new NotOpened('tooLarge', name);
  return blob;
}

/** What the page has itself need not lie beside it. */
export interface Known {
  term: (id: string) => boolean;
  exercise: (id: string) => boolean;
}

/** The words to whose cards a text links. */
const termsLinked = (markdown: string): string[] =>
  [...markdown.matchAll(/\]\(term:([^)]*)\)/g)].map(([, id]) => id as string);

/** Lessons that lie beside each other may share their words; those of a pack have the pack's anyway. */
async function wordsOf(fetching: Fetching, within: string): Promise<Files> {
  const path = `${within}terms.json`;
  const own = await fetching.those([path]);
  return within === '' && !(path in own) ? fetching.above(path) : own;
}

/** The files that a lesson names, by their paths in what was opened; `within` that is its folder, '' or 'one/'. */
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

/** What pack.json names; undefined: whoever reads it tells what is wrong. */
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
  // What the pack has, its lessons need not have.
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

/** A file ends in .json; all else is a folder with a lesson, or with a pack of them. */
export async function filesAt(place: URL, known: Known): Promise<Files> {
  const folder = new URL(place);
  if (!folder.pathname.endsWith('.json')) {
    if (!folder.pathname.endsWith('/')) folder.pathname += '/';
    return filesInFolder(folder, known);
  }
  const name = place.pathname.slice(place.pathname.lastIndexOf('/') + 1);
  const fetching = new Fetching(new URL('./', place));
  const text = await fetching.text(name, place);
  // Whoever links to pack.json or to lesson.json means what it names.
  if (contentsIn(text)) return packFiles(fetching, text, known);
  return formatOf(text) === 'tcplab-lesson/1' ? lessonFiles(fetching, '', text, known) : filesIn(text, name);
}

const isFile = (path: string): boolean => /^[A-Za-z0-9][\w./-]{0,127}\.(json|md)$/.test(path) && !path.includes('..');

/** Systems add files of their own to a folder; and whoever puts a folder into a file may put in its name, too. */
function withoutFolder(files: Files): Files {
  const named = Object.entries(files).filter(([file]) => isFile(file));
  const folder = /^[^/]+\//.exec(named[0]?.[0] ?? '')?.[0] ?? '';
  const isWithin = folder !== '' && named.every(([file]) => file.startsWith(folder));
  return Object.fromEntries(isWithin ? named.map(([file, text]) => [file.slice(folder.length), text]) : named);
}

const Texts = v.record(v.string(), v.string());

/** Of a pack, the files in it; of anything else, itself. */
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

export const packOf = (files: Files): string => JSON.stringify({ format: 'tcplab-pack/1', files });
