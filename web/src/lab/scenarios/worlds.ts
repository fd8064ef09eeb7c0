/** What is known of each world that a search may ask for: what it is called, and what happens in it. */
import happenings from 'virtual:happenings';
import type { NameKind } from '../../engine/types.ts';
import { inBoth } from '../../i18n/index.svelte.ts';
import { bothNames } from '../names.svelte.ts';
import { ruleOf } from '../rules.ts';
import { examples, type Example } from './examples.ts';
import { Query, SearchText } from './find.ts';
import { groupNames, groups } from './groups.ts';

export interface Found {
  /** By their title, their keywords or their group. */
  called: Example[];
  /** Of the others, by a state, a call, a timer or a rule that occurs. */
  happening: Example[];
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
  const within = groupNames.filter((group) => (groups[group] as readonly string[]).includes(id));
  return within.flatMap((group) => Object.values(inBoth(`lab.worlds.${group}`)));
}

const calledOf = ({ id, title, keywords }: Example) =>
  new SearchText(id, title.en, title.zh, ...keywords.en, ...keywords.zh, ...groupsOf(id));

/** Made when the engine has told its names. */
export class Worlds {
  readonly #worlds: { example: Example; called: SearchText; happening: Set<SearchText> }[];

  constructor() {
    const things = happenings.things.map((thing) => new SearchText(...textsOfThing(thing)));
    this.#worlds = examples.map((example) => ({
      example,
      called: calledOf(example),
      happening: new Set((happenings.scenarios[example.id] ?? []).flatMap((place) => things[place] ?? [])),
    }));
  }

  find(typed: string): Found {
    const query = new Query(typed);
    const found: Found = { called: [], happening: [] };
    for (const { example, called, happening } of this.#worlds) {
      if (query.in(called)) found.called.push(example);
      else if ([...happening].some((text) => query.in(text))) found.happening.push(example);
    }
    return found;
  }
}
