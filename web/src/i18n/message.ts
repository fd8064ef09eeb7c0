/**
 * Messages are plain texts with `{name}` places; a message that counts is an object of plural forms, chosen by
 * its place `{n}`. English is the reference: its keys and places type every use and every translation.
 */
export type Plural = { one?: string; other: string };
export type Message = string | Plural;
export type Table = Record<string, Message>;

type Places<Text> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | Places<Rest> : never;
type PlacesOf<M> = M extends string ? Places<M> : M extends { other: infer O } ? Places<O> | 'n' : never;

/** The values that a message needs: none, or one for each of its places. */
export type Values<M> = [PlacesOf<M>] extends [never] ? [] : [values: Record<PlacesOf<M>, string | number>];

/** What a translation of a table must have: the same keys, a plural where the reference has one. */
export type Translation<Reference extends Table> = {
  [Key in keyof Reference]: Reference[Key] extends string ? string : Plural;
};

export function format(
  message: Message,
  values: Record<string, string | number> | undefined,
  plurals: Intl.PluralRules,
): string {
  let text: string;
  if (typeof message === 'string') {
    text = message;
  } else {
    const form = plurals.select(Number(values?.n ?? 0));
    text = (form === 'one' ? message.one : undefined) ?? message.other;
  }
  if (!values) return text;
  return text.replace(/\{(\w+)\}/g, (place, name: string, at: number) => {
    const value = String(values[name] ?? place);
    return blankBetween(text[at - 1], value[0]) + value + blankBetween(value.at(-1), text[at + place.length]);
  });
}

const chinese = /[\u4e00-\u9fff]/;
const latin = /[A-Za-z0-9]/;

/** A blank parts Chinese characters from Latin letters and digits, also where a value meets its sentence. */
function blankBetween(left: string | undefined, right: string | undefined): string {
  if (left === undefined || right === undefined) return '';
  return (chinese.test(left) && latin.test(right)) || (latin.test(left) && chinese.test(right)) ? ' ' : '';
}

/** The sorted places of a message, for comparing languages. */
export function placesOf(message: Message): string[] {
  const texts = typeof message === 'string' ? [message] : Object.values(message);
  const found = new Set<string>();
  for (const text of texts) {
    for (const match of text.matchAll(/\{(\w+)\}/g)) found.add(match[1] as string);
  }
  return [...found].sort();
}
