/**
 * What a reader types, as the things that events must have: one of every word. A name that is typed whole means what has
 * that name; a beginning means all whose names or rules have a word that begins so; what is no name is looked for in the
 * data, and what stands in quotes only there.
 */
import { segmentFlags } from '../catalogue/names.svelte.ts';
import { Query } from '../scenarios/find.ts';
import type { Thing } from './things.ts';

/** The engine takes no more. */
const mostWords = 20;

/** Where Chinese meets Latin a new word begins, with or without a blank. */
const pieces = /["“]([^"”]+)["”]?|\p{Script=Han}+|[^\s"“”→\p{Script=Han}]+/gu;

const idsOf = (things: readonly Thing[]): string[] => things.map(({ id }) => id);

/** "FIN,ACK", however its flags are parted: a segment that has them all. */
function flagsIn(word: string): string | undefined {
  const parts = word.toUpperCase().split(/[,+|/\-_、]/);
  const known = segmentFlags();
  return parts.every((part) => known.includes(part)) ? `flags:${parts.join(',')}` : undefined;
}

/** Numbers of segments, octets and ports; also in a timer's name, and in the number of an RFC. */
function numbered(word: string, things: readonly Thing[]): string[] {
  const query = new Query(word);
  const places = word.length < 3 ? ['timer:'] : ['timer:', 'rule:'];
  const within = things.filter(({ id, text }) => places.some((place) => id.startsWith(place)) && query.in(text));
  return [`number:${word}`, ...idsOf(within)];
}

/** The things of one word; undefined where nothing is asked with it. */
function thingsOfWord(word: string, things: readonly Thing[]): string[] | undefined {
  const connection = /^#(\d{1,9})$/.exec(word)?.[1];
  if (connection !== undefined) return [`conn:${connection}`];
  const flags = flagsIn(word);
  if (flags !== undefined) return [flags];
  if (/^\d{1,18}$/.test(word)) return numbered(word, things);
  const query = new Query(word);
  if (query.empty) return undefined;
  const whole = things.filter(({ text }) => text.is(word));
  const found = whole.length > 0 ? whole : things.filter(({ text }) => query.in(text));
  return found.length > 0 ? idsOf(found) : [`text:${word}`];
}

/** A thing of every word; none where nothing is asked. */
export function wantedBy(typed: string, things: readonly Thing[]): string[][] {
  const phrase = typed.trim();
  if (/\s/.test(phrase)) {
    const whole = things.filter(({ text }) => text.is(phrase));
    if (whole.length > 0) return [idsOf(whole)];
  }
  const words = [...phrase.matchAll(pieces)].flatMap(([word, quoted]) => {
    if (quoted !== undefined) return [[`text:${quoted}`]];
    const found = thingsOfWord(word, things);
    return found ? [found] : [];
  });
  return words.slice(0, mostWords);
}
