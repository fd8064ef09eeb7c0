/** What is known of each world that a search may ask for: what it is called, and what happens in it. */
import happenings from 'virtual:happenings';
import type { NameKind } from '../../engine/types.ts';
import { bothNames } from '../catalogue/names.svelte.ts';
import { ruleOf } from '../catalogue/rules.svelte.ts';
import { examples, type Example } from './examples.ts';
import { Query, SearchText } from './find.ts';
import { groupNames, groupTitles, withinGroup } from './groups.ts';

export interface Found {
  /** By their titles, and after these by their keywords. */
  called: Example[];
  /** Of the others, by a state, a call, a timer or a rule that occurs. */
  happening: Example[];
  /** Of those that are left, by the name of their group: that says the least of each. */
  grouped: Example[];
}

/** In both languages, whichever is shown: names such as SYN are the same in both. */
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

/** How many hosts there are, as a reader may type it; two are nothing to look for. */
function hostsIn(text: string): string[] {
  const { hosts = [] } = JSON.parse(text) as { hosts?: unknown[] };
  const n = hosts.length;
  if (n < 3) return [];
  return [`${n} hosts`, `${n} 台主机`, `${counts.en[n - 1] ?? n} hosts`, `${counts.zh[n - 1] ?? n}台主机`];
}

interface World {
  example: Example;
  /** Where a word counts more comes first. */
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

/** Made when the engine has told its names. */
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
