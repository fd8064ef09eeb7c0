/** The table of the kinds of questions, one row each. Nothing else on the page refers to a kind by name. */
import * as v from 'valibot';
import { breaks } from './break/break.ts';
import { build } from './build/build.ts';
import { claim } from './claim/claim.ts';
import type { QuestionKind } from './kind.ts';
import { number } from './number/number.ts';
import { order } from './order/order.ts';
import { pick } from './pick/pick.ts';
import { role } from './role/role.ts';
import { say } from './say/say.ts';
import { segment } from './segment/segment.ts';
import { spot } from './spot/spot.ts';
import { state } from './state/state.ts';
import { time } from './time/time.ts';
import { tune } from './tune/tune.ts';

/** The kinds that are questions by themselves, and those that occur only as parts of an explain. */
const alone = { state, segment, role, number, time, order, spot, pick, build, break: breaks, tune };
const partly = { claim, say };

const rows = { ...alone, ...partly };
export type Kind = keyof typeof rows;
export type Of<K extends Kind> = v.InferOutput<(typeof rows)[K]['asked']>;
/** A question that is answered in one go; an explain is a series of them. */
export type Asked = { [K in Kind]: Of<K> }[Kind];
/** A question that is answered by acting in a world of its own. */
export type Played = Extract<Asked, { scenario: string }>;

type Row = QuestionKind<v.GenericSchema<unknown, Asked>>;
export const kindOf = ({ kind }: { kind: Kind }): Row => rows[kind] as unknown as Row;

export const isKind = (name: string): name is Kind => Object.hasOwn(rows, name);

export const isPlayed = (asked: Asked | undefined): asked is Played =>
  asked !== undefined && kindOf(asked).isPlayed === true;

const anyOf = (some: object) => {
  const schemas = (Object.values(some) as Row[]).map(({ asked }) => asked);
  return v.variant('kind', schemas as never) as v.GenericSchema<unknown, Asked>;
};
/** What the engine gives of a question, and of a part of an explain. */
export const Alone = anyOf(alone) as v.GenericSchema<unknown, Of<keyof typeof alone>>;
export const Part = anyOf((Object.values(rows) as unknown as Row[]).filter(({ isPart }) => isPart));
