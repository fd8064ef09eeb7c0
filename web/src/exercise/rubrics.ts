/** The published rules by which free texts are read, and what they find. They are fetched when a text is first read. */
import * as v from 'valibot';
import { EngineMismatch } from '../engine/api.ts';
import { Bilingual as Both, type Ideas, type Problem } from '../engine/types.ts';
import type { Bilingual } from '../i18n/index.svelte.ts';
import { matchText } from './grader.ts';

const files = import.meta.glob<string>('../../../exercises/rubrics/*.json', { query: '?raw', import: 'default' });

const Rubric = v.object({
  exercise: v.string(),
  part: v.string(),
  ideas: v.array(v.object({ id: v.string(), says: Both, next: Both })),
});

type Outcome = Ideas['ideas'][number]['outcome'];

export interface Finding {
  id: string;
  wrong: boolean;
  outcome: Outcome;
  says: Bilingual;
  next: Bilingual;
  spans: readonly (readonly [number, number])[];
}

export interface Reading {
  text: string;
  findings: Finding[];
  /** The file of rules, which the reader can download. */
  rules: { name: string; text: string };
}

const fileOf = (exercise: string) => `../../../exercises/rubrics/${exercise}.json`;

/** Whether there may be rules for the free texts of an exercise that is built into the page. */
export const hasRubric = (exercise: string): boolean => Object.hasOwn(files, fileOf(exercise));

/** What the rules find; undefined if they are for another part. */
export async function readText(
  exercise: string,
  part: string,
  text: string,
): Promise<Reading | { problems: Problem[] } | undefined> {
  const rules = await files[fileOf(exercise)]?.();
  if (rules === undefined) return undefined;
  const rubric = v.parse(Rubric, JSON.parse(rules));
  if (rubric.part !== part) return undefined;
  const answer = await matchText(rules, text);
  if ('problems' in answer) return answer;
  const findings = answer.ideas.map((idea) => {
    const told = rubric.ideas.find(({ id }) => id === idea.id);
    if (!told) throw new EngineMismatch(`no idea is called ${idea.id}`);
    return { ...idea, says: told.says, next: told.next };
  });
  return { text, findings, rules: { name: `${exercise}.rubric.json`, text: rules } };
}

export interface Piece {
  text: string;
  /** The indices of the findings that this piece belongs to. */
  of: number[];
}

/** The text in pieces, each of which belongs to no finding, to one, or to several. */
export function piecesOf({ text, findings }: Pick<Reading, 'text' | 'findings'>): Piece[] {
  const edges = new Set([0, text.length]);
  for (const { spans } of findings) for (const [from, to] of spans) edges.add(from).add(to);
  const at = [...edges].filter((edge) => edge <= text.length).sort((a, b) => a - b);
  return at.slice(1).map((to, i) => {
    const from = at[i] ?? 0;
    const of = findings.flatMap(({ spans }, n) => (spans.some((span) => span[0] < to && span[1] > from) ? [n] : []));
    return { text: text.slice(from, to), of };
  });
}
