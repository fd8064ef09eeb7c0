/** A kind of question on the page: a row of the table in all.ts, beside the form in its folder. */
import type * as v from 'valibot';
import type { Bilingual } from '../../i18n/index.svelte.ts';
import type { Practice } from '../practice.svelte.ts';
import type { StepVerdict } from '../types.ts';
import type { Marks } from './answer.ts';

type Schema = v.GenericSchema<unknown, { kind: string }>;

export interface QuestionKind<S extends Schema> {
  /** What the engine gives of such a question. */
  asked: S;
  /** Also, or only, part of an explain. */
  isPart: boolean;

  isJudged: boolean;
  /** There is one right answer, which can be shown. */
  canBeShown: boolean;
  /** What comes next is asked: the run waits, also without a pause. */
  isAhead?: boolean;
  /** How TCP behaves is asked, which is not about one host's next step. */
  asksRules?: boolean;
  /** It is answered in the diagram, by picking or doing, which keeps its room then. */
  isInDiagram?: boolean;
  /** It is answered by what is done in a world of its own. */
  isPlayed?: boolean;
  /** All that was to be done is done: nothing is left to try, also where what was said before it is wrong. */
  isDone?(verdict: StepVerdict): boolean;
  /** The engine that is to give itself away: what is done is done there too. */
  wrongEngine?(asked: v.InferOutput<S>): { misconception: string; mutants: string[] };
  /** What the fields of an answer are, where they are not just values. */
  fields?: 'sentences' | 'header' | 'events' | 'cards';
  /** How many wrong answers there are to choose, where they are few: of two choices one is right by chance. */
  wrongAnswers?(asked: v.InferOutput<S>): number;
  /** Hosts whose next step is what the question asks for. */
  hosts?(asked: v.InferOutput<S>): string[];

  /** The places that are still empty; none when the answer can be handed in. */
  missing(asked: v.InferOutput<S>, value: unknown): string[];
  /** What has to be added before; without it, the places are named. */
  missingText?(asked: v.InferOutput<S>, value: unknown): string;
  /** What a field of a verdict is called; without it, by its name. */
  fieldName?(asked: v.InferOutput<S>, name: string): string;
  /** What is said once of all fields that cannot be read; undefined: what the engine says of each. */
  unreadable?(asked: v.InferOutput<S>, fields: readonly string[]): Bilingual | undefined;
  /** A value of it, which is there. */
  fieldValue?(asked: v.InferOutput<S>, name: string, value: unknown): string;
  /** What to do after a wrong answer: `fields` names what is wrong, `some` says whether anything is right. */
  nextStep(fields: string, some: boolean): string;
}

export interface FormProps<Asked> {
  asked: Asked;
  value: unknown;
  /** The places that were found empty. */
  open: readonly string[];
  /** By field: whether the last answer had it right. */
  marks: Marks;
  practice: Practice;
  onchange: (value: unknown) => void;
}

export interface VerdictProps<Asked> {
  asked: Asked;
  verdict: StepVerdict;
  practice: Practice;
  /** What is right may be told. */
  shown: boolean;
}
