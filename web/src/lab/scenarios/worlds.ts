/** What a search for worlds can find: their names, and what happens in them. */
import happenings from 'virtual:happenings';
import type { NameKind } from '../../engine/types.ts';
import { bothNames } from '../catalogue/names.svelte.ts';
import { ruleOf } from '../catalogue/rules.svelte.ts';
import { examples, type Example } from './examples.ts';
import { Query, SearchText } from './find.ts';
import { groupNames, groupTitles, withinGroup } from './groups.ts';

export interface Found {
  /** Worlds found by title, then those found by keyword. */
  called: Example[];
  /** Of the rest, those in which a matching state, call, timer or rule occurs. */
  happening: Example[];
  /** Of the rest, those found by the name of their group, which says the least about each. */
  grouped: Example[];
}

/** Always in both languages, as names such as SYN are the same in both. */
function textsOfThing(thing: string): string[] {
  const at = thing.indexOf(':');
  const [kind, id] = [thing.slice(0, at), thing.slice(at + 1)];
  if (kind !== 'rule') return [id, ...bothNames(kind as NameKind, id)];
  const rule = ruleOf(id);
  return rule ? [`${rule.spec} ${rule.section}`, rule.en, rule.zh] : [];
}

function groupsOf(id: string): string[] {
  const within = groupNames.filter((group) => withinGroup(group).includes(id));
  return within.flatMap((group) => Object.values(groupTitles(group)));
}

const counts = {
  en: ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'],
  zh: ['一', '两', '三', '四', '五', '六', '七', '八', '九'],
} as const;

/** The count of hosts as a reader may type it; nobody would search for two, which is usual. */
function hostsIn(text: string): string[] {
  const { hosts = [] } = JSON.parse(text) as { hosts?: unknown[] };
  const n = hosts.length;
  if (n < 3) return [];
  return [`${n} hosts`, `${n} 台主机`, `${counts.en[n - 1] ?? n} hosts`, `${counts.zh[n - 1] ?? n}台主机`];
}

interface World {
  example: Example;
  /** The texts to search, the most telling first. */
  titled: SearchText;
  keyed: SearchText;
  happening: Set<SearchText>;
  grouped: SearchText;
}

function worldOf(example: Example, happening: Set<SearchText>): World {
  const { id, title, keywords, text } = example;
  const titles = [id, title.en, title.zh];
  const keys = [...titles, ...keywords.en, ...keywords.zh, ...hostsIn(text)];
  return {
    example,
    titled: new SearchText(...titles),
    keyed: new SearchText(...keys),
    happening,
    grouped: new SearchText(...keys, ...groupsOf(id)),
  };
}

/** To be made once the engine has told its names. */
export class Worlds {
  readonly #worlds: World[];

  constructor() {
    const things = happenings.things.map((thing) => new SearchText(...textsOfThing(thing)));
    this.#worlds = examples.map((example) =>
      worldOf(example, new Set((happenings.scenarios[example.id] ?? []).flatMap((place) => things[place] ?? []))),
    );
  }

  find(typed: string): Found {
    const query = new Query(typed);
    const titled: Example[] = [];
    const keyed: Example[] = [];
    const found: Found = { called: [], happening: [], grouped: [] };
    for (const world of this.#worlds) {
      if (query.in(world.titled)) titled.push(world.example);
      else if (query.in(world.keyed)) keyed.push(world.example);
      else if ([...world.happening].some((text) => query.in(text))) found.happening.push(world.example);
      else if (query.in(world.grouped)) found.grouped.push(world.example);
    }
    return { ...found, called: [...titled, ...keyed] };
  }
}
