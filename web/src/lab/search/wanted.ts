/**
 * Turns what a reader types into what an event must contain: for every word, at least one of several things. A whole
 * name means exactly the things of that name. The beginning of a word means all things whose names or rules have such a
 * word. A word that matches no name is searched in the data, and quoted text only there.
 */
import { segmentFlags } from '../catalogue/names.svelte.ts';
import { Query } from '../scenarios/find.ts';
import type { Thing } from './things.ts';

/** The most words that the engine accepts. */
const mostWords = 20;

/** Quoted text, or a word; a new word also begins between Chinese and Latin text without a blank. */
const pieces = /["“]([^"”]+)["”]?|\p{Script=Han}+|[^\s"“”→\p{Script=Han}]+/gu;

const idsOf = (things: readonly Thing[]): string[] => things.map(({ id }) => id);

/** "FIN,ACK" with any separator means a segment that has all of these flags. */
function flagsIn(word: string): string | undefined {
  const parts = word.toUpperCase().split(/[,+|/\-_、]/);
  const known = segmentFlags();
  return parts.every((part) => known.includes(part)) ? `flags:${parts.join(',')}` : undefined;
}

/** Digits may be a segment's id, a size or a port, or a part of a timer's name or an RFC's number. */
function numbered(word: string, things: readonly Thing[]): string[] {
  const query = new Query(word);
  const places = word.length < 3 ? ['timer:'] : ['timer:', 'rule:'];
  const within = things.filter(({ id, text }) => places.some((place) => id.startsWith(place)) && query.in(text));
  return [`number:${word}`, ...idsOf(within)];
}

/** The things that one word may mean; undefined if the word asks for nothing. */
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

/** For every word, the things that it may mean; empty if nothing is asked for. */
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
