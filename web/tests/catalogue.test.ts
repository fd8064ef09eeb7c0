/**
 * The page knows no protocol: names and lists of the engine's things come from its catalogue, in the reader's
 * language. Held for every file of the page, and for every event of every example.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Catalogue, TraceEvent } from '../src/engine/types.ts';
import { nameKinds } from '../src/engine/types.ts';
import { setLanguage, type Language } from '../src/i18n/index.svelte.ts';
import { describe as inWords, labelText } from '../src/lab/model/text.ts';
import { learn, nameOf } from '../src/lab/catalogue/names.svelte.ts';
import { examples } from '../src/lab/scenarios/examples.ts';
import { api, hasEngine } from './engine.ts';

/** So many different ids of one kind make a list. */
const aList = 3;

/** Where the page must tell the engine's things apart, and why a name in the catalogue would not do. */
const mayList: Record<string, Record<string, string>> = {
  'engine/types.ts': {
    state: 'the types of the page are inferred from what it accepts',
    kind: 'each kind of event has a shape of its own',
    variable: 'a socket has some of a connection’s',
  },
  'engine/main-event.ts': { kind: 'the two kinds that say more of a call than that it was made' },
  'i18n/lab.ts': { call: 'what befalls a process or a host has a word of its own' },
  'i18n/dock.ts': { field: 'a few are names of buttons and headings' },
  'i18n/reasons.ts': {
    kind: 'each kind of event has a sentence of its own',
    call: 'what befalls a process or a host has one, too',
    field: 'a few are names of headings and of what is odd',
  },
  'i18n/exercise.ts': { field: 'the labels of a form' },
  'i18n/goals.ts': { kind: 'each kind of event has a clause of its own' },
  'lab/model/text.ts': {
    kind: 'each kind of event has a sentence of its own',
    call: 'a call is written as a program writes it',
    variable: 'some parts of TCP_INFO are times',
  },
  'lab/model/echoes.ts': { kind: 'some kinds happen while nothing new is said' },
  'lab/model/diagram-model.ts': { kind: 'each kind of event is drawn in its own way' },
  'exercise/goal-text.ts': { kind: 'each kind of event has a clause of its own' },
  'lab/model/look.ts': { state: 'each state has its hue' },
  'lab/search/things.ts': { kind: 'each kind of event is found by the sentence that tells it' },
  'lab/states/layout.ts': { state: 'each state has its place in the figure' },
  'lab/states/tokens.ts': { state: 'the figure has two places for CLOSED' },
  'lab/session/reader.svelte.ts': { kind: 'some kinds are looked at before others' },
  'lab/model/diagram-types.ts': { kind: 'each kind of event is drawn in its own way' },
  'lab/dock/CallButtons.svelte': { call: 'these calls have an argument to fill in' },
  'lab/dock/OptionForm.svelte': { call: 'the two calls of this form' },
  'lab/diagram/NetworkButtons.svelte': { fault: 'which of them make sense for a segment that is held' },
  'app/Icon.svelte': { fault: 'each has its picture' },
  'lab/inspector/variables.ts': { variable: 'which are shown before the others' },
  'exercise/kinds/Flags.svelte': { flag: 'the flags that a question asks for' },
  'learn/labels/arrow-labels.ts': { flag: 'what these say to who knows no TCP yet' },
};

const source = resolve(import.meta.dirname, '../src');
const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((name) => /\.(ts|svelte)$/.test(name));

/** The literals of a file, and the keys of its objects. */
function wordsOf(text: string): Set<string> {
  const plain = text.replace(/<style>[\s\S]*<\/style>/, '').replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
  const literals = [...plain.matchAll(/(['"`])((?:(?!\1)[^\\\n])*)\1/g)].map((match) => match[2] ?? '');
  const keys = [...plain.matchAll(/^\s*(\w+):(?!\w)/gm)].map((match) => match[1] ?? '');
  return new Set([...literals, ...keys].flatMap((each) => [each, each.split('.').at(-1) ?? '']));
}

async function eventsOf(text: string): Promise<TraceEvent[]> {
  const opened = await api.open(text, 1);
  if (!('session' in opened)) throw new Error(JSON.stringify(opened));
  await api.runUntil(opened.session, 3_600_000_000, 400);
  const events: TraceEvent[] = [];
  for (
    let more = await api.trace(opened.session, 0);
    more.length > 0;
    more = await api.trace(opened.session, events.length)
  ) {
    events.push(...more);
  }
  await api.close(opened.session);
  return events;
}

if (!hasEngine) console.log('skipped: the engine is not built (build/wasm/tcplab.js)');

describe.skipIf(!hasEngine)('the catalogue', () => {
  let catalogue: Catalogue;
  beforeAll(async () => {
    vi.stubGlobal('document', { documentElement: {} });
    catalogue = await api.catalogue();
    learn(catalogue);
  });
  afterAll(() => setLanguage('en'));

  it('names everything in both languages', () => {
    const names = nameKinds.flatMap((kind) => Object.values(catalogue.names[kind]));
    const fields = [...catalogue.header.fields, ...catalogue.header.options].map((field) => field.name);
    for (const { en, zh } of [...names, ...fields]) {
      expect(en).not.toMatch(/^$|[\u4e00-\u9fff]|[a-z]_[a-z]/u);
      if (/[a-z]/.test(en)) expect(zh, en).toMatch(/[\u4e00-\u9fff]/u);
      expect(zh).not.toMatch(/^$|[\u4e00-\u9fff][A-Za-z0-9]|[A-Za-z0-9][\u4e00-\u9fff]/u);
    }
  });

  it('is read, and none of its lists is kept by hand', () => {
    const lists: Record<string, string[]> = {
      ...Object.fromEntries(nameKinds.map((kind) => [kind, Object.keys(catalogue.names[kind])])),
      flag: catalogue.header.flags,
      field: [...catalogue.header.fields, ...catalogue.header.options].flatMap(({ name }) => [name.en, name.zh]),
      errno: catalogue.errnos,
    };
    const found: string[] = [];
    for (const file of files) {
      const words = wordsOf(readFileSync(resolve(source, file), 'utf8'));
      for (const [kind, ids] of Object.entries(lists)) {
        const listed = ids.filter((id) => words.has(id));
        if (listed.length >= aList && !mayList[file]?.[kind]) found.push(`${file}: ${kind}: ${listed.join(', ')}`);
      }
    }
    expect(found).toEqual([]);
  });

  it('has no exception that nobody needs', () => {
    expect(Object.keys(mayList).filter((file) => !files.includes(file))).toEqual([]);
  });

  describe.each<Language>(['en', 'zh'])('and the events of every example, %s', (language) => {
    beforeAll(() => setLanguage(language));

    it.each(examples.map(({ id, text }) => [id, text] as const))('%s', async (_, text) => {
      for (const event of await eventsOf(text)) {
        if (event.kind === 'note') continue;
        const told = [inWords(event, 'relative'), labelText(event), labelText(event, true)];
        for (const said of told) {
          // What a program or its user has written stands in quotation marks or in brackets.
          const words = said.replace(/“.*”|\(.*\)|（.*）/gu, '').replace(event.host ?? '', '');
          expect(words).not.toMatch(/\b[a-z]+_[a-z]/u);
          if (language === 'zh')
            expect(words).not.toMatch(/\b(timer|expire|persist|linger|unreachable|network|rcv|snd)/u);
        }
        if (language === 'zh') expect(told[0]).toMatch(/[\u4e00-\u9fff→]/u);
      }
    });
  });

  it('says the id of what it does not know', () => {
    expect(nameOf('timer', 'toString')).toBe('toString');
  });
});
