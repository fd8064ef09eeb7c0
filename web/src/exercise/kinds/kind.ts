/** A kind of question on the page: a row of the table in all.ts, beside the form in its folder. */
import type * as v from 'valibot';
import type { Bilingual } from '../../i18n/index.svelte.ts';
import type { Practice } from '../practice.svelte.ts';
import type { StepVerdict } from '../types.ts';
import type { Marks } from './answer.ts';

type Schema = v.GenericSchema<unknown, { kind: string }>;

export interface QuestionKind<S extends Schema> {
  /** The schema of such a question as the engine gives it. */
  asked: S;
  /** Whether it may be a part of an explain. */
  isPart: boolean;

  isJudged: boolean;
  /** Whether there is one right answer, which can be shown. */
  canBeShown: boolean;
  /** Whether it asks what comes next, so that the run waits even without a pause. */
  isAhead?: boolean;
  /** Whether it asks how TCP behaves, and not about one host's next step. */
  asksRules?: boolean;
  /** Whether it is answered in the diagram, by picking or acting, so that the diagram keeps its room. */
  isInDiagram?: boolean;
  /** Whether it is answered by acting in a world of its own. */
  isPlayed?: boolean;
  /** Whether all goals are reached, so that nothing is left to try even if the doubts were answered wrongly. */
  isDone?(verdict: StepVerdict): boolean;
  /** The wrong engine that the actions should expose; they are run in it too. */
  wrongEngine?(asked: v.InferOutput<S>): { misconception: string; mutants: string[] };
  /** What the fields of an answer are, where they are not just values. */
  fields?: 'sentences' | 'header' | 'events' | 'cards';
  /** How many wrong answers there are to choose, where they are few: of two choices one is right by chance. */
  wrongAnswers?(asked: v.InferOutput<S>): number;
  /** The hosts whose next step the question asks for. */
  hosts?(asked: v.InferOutput<S>): string[];

  /** The places that are still empty; none if the answer can be submitted. */
  missing(asked: v.InferOutput<S>, value: unknown): string[];
  /** The text that says what is still missing; without it, the empty places are named. */
  missingText?(asked: v.InferOutput<S>, value: unknown): string;
  /** A question to ask once before taking an answer that looks unfinished; undefined if it does not. */
  askedBack?(asked: v.InferOutput<S>, value: unknown): string | undefined;
  /** The readable name of a field in a verdict; without it, the field's own name is used. */
  fieldName?(asked: v.InferOutput<S>, name: string): string;
  /** One message for all fields that cannot be read; undefined to use the engine's message for each. */
  unreadable?(asked: v.InferOutput<S>, fields: readonly string[]): Bilingual | undefined;
  /** A field's value in words; it is never empty here. */
  fieldValue?(asked: v.InferOutput<S>, name: string, value: unknown): string;
  /** What to do after a wrong answer: `fields` names what is wrong, `some` says whether anything is right. */
  nextStep(fields: string, some: boolean): string;
}

export interface FormProps<Asked> {
  asked: Asked;
  value: unknown;
  /** The places that were found empty on submit. */
  open: readonly string[];
  /** By field, whether the last answer had it right. */
  marks: Marks;
  practice: Practice;
  onchange: (value: unknown) => void;
}

export interface VerdictProps<Asked> {
  asked: Asked;
  verdict: StepVerdict;
  practice: Practice;
  /** Whether the right answer may be shown. */
  shown: boolean;
}
