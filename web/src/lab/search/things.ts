/** What the events of a run may contain, as the engine's "kind:id", with the words that a reader may use for each. */
import type { Catalogue, NameKind } from '../../engine/types.ts';
import { inBoth, type Key } from '../../i18n/index.svelte.ts';
import '../../i18n/search.ts';
import { bothNames, segmentFlags, socketOptions } from '../catalogue/names.svelte.ts';
import { ruleOf } from '../catalogue/rules.svelte.ts';
import { SearchText } from '../scenarios/find.ts';

export interface Thing {
  id: string;
  text: SearchText;
}

const thing = (id: string, ...texts: readonly string[]): Thing => ({ id, text: new SearchText(...texts) });

/** A text in both languages, without its placeholders. */
const wordsOf = (key: Key): string[] =>
  Object.values(inBoth(key as 'app.close')).map((text) => text.replace(/\{\w+\}/g, ' '));

/** The items of a text that is a list, split at each language's commas. */
const apart = (key: Key): string[] => wordsOf(key).flatMap((words) => words.split(/[,、]/));

const segmentKinds = {
  'segment.sent': 'lab.event.sent',
  'segment.received': 'lab.event.received',
  'segment.held': 'lab.event.held',
  'segment.released': 'lab.event.released',
  'segment.delayed': 'lab.event.delayed',
  'segment.duplicated': 'lab.event.duplicated',
  'segment.corrupted': 'lab.event.corrupted',
} as const satisfies Record<string, Key>;

/** The texts of each kind of event in the event list, and other names for it. */
const kinds: Record<string, readonly Key[]> = {
  ...Object.fromEntries(Object.entries(segmentKinds).map(([kind, key]) => [kind, [key]])),
  'segment.dropped': [],
  call: ['lab.event.call'],
  return: ['lab.event.return'],
  state: [],
  'timer.armed': ['lab.event.armed'],
  'timer.cancelled': ['lab.event.cancelled'],
  'timer.fired': ['lab.event.fired'],
  deliver: ['lab.event.deliver'],
  queue: ['lab.event.queue'],
  icmp: ['lab.event.icmp'],
  note: [],
};
const traits = {
  again: 'lab.event.sentAgain',
  lost: 'lab.event.lost',
  refused: 'lab.event.refused',
  failed: 'lab.event.error',
  end: 'lab.event.eof',
  stale: 'lab.event.deliverStale',
} as const satisfies Record<string, Key>;

const also: Record<string, Key> = {
  'timer.fired': 'lab.search.also.timer.fired',
  state: 'lab.search.also.state',
  deliver: 'lab.search.also.deliver',
};

const ofKinds = (): Thing[] => [
  ...Object.entries(kinds).map(([kind, keys]) =>
    thing(
      `kind:${kind}`,
      ...bothNames('kind', kind),
      ...keys.flatMap(wordsOf),
      ...(also[kind] ? apart(also[kind]) : []),
      ...(kind.startsWith('segment.') ? apart('lab.search.also.segment') : []),
    ),
  ),
  ...Object.entries(traits).map(([trait, key]) =>
    thing(`trait:${trait}`, ...wordsOf(key), ...apart(`lab.search.also.${trait as keyof typeof traits}`)),
  ),
];

const ofRules = (ids: readonly string[]): Thing[] =>
  ids.flatMap((id) => {
    const rule = ruleOf(id);
    return rule ? [thing(`rule:${id}`, `${rule.spec} ${rule.section}`, rule.en, rule.zh)] : [];
  });

const named = (kind: NameKind, id: string, ...more: readonly NameKind[]): Thing =>
  thing(`${kind}:${id}`, id, ...[kind, ...more].flatMap((each) => bothNames(each, id)));

/** Everything that an event of these hosts may contain; to be made once the engine has told its names. */
export function thingsOf(catalogue: Catalogue, hosts: readonly string[]): Thing[] {
  return [
    ...hosts.map((name) => thing(`host:${name}`, name)),
    ...segmentFlags().map((flag) => thing(`flags:${flag}`, flag)),
    ...catalogue.states.map((state) => thing(`state:${state}`, state)),
    ...Object.keys(catalogue.names.timer).map((id) => named('timer', id, 'timer_short')),
    ...catalogue.calls.map((call) => named('call', call)),
    ...catalogue.errnos.map((errno) => thing(`error:${errno}`, errno)),
    ...socketOptions().map(({ id }) => named('option', id)),
    ...Object.keys(catalogue.names.icmp).map((id) => named('icmp', id)),
    ...ofKinds(),
    ...ofRules(catalogue.rules),
  ];
}
