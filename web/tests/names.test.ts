/** Ids and names from outside are only names, also those that every object answers to. */
import * as v from 'valibot';
import { describe, expect, it, vi } from 'vitest';
import { byName } from '../src/app/by-name.ts';
import { readAnswers } from '../src/exercise/answers-file.ts';
import { misconceptionOf } from '../src/exercise/misconceptions.ts';
import { kindOf, type Asked } from '../src/exercise/kinds/all.ts';
import { asFields } from '../src/exercise/kinds/answer.ts';
import { answersOf, bySteps, stepsOf } from '../src/exercise/steps.ts';
import type { Exercise } from '../src/exercise/types.ts';
import { ruleOf } from '../src/lab/catalogue/rules.svelte.ts';

const everyObjects = Object.getOwnPropertyNames(Object.prototype);
const ids = everyObjects.filter((name) => !name.startsWith('__'));

describe.each(ids)('%s', (id) => {
  it('is a step like any other', () => {
    const explain = { id, kind: 'explain', parts: [{ id, kind: 'say' }] };
    for (const question of [{ id, kind: 'claim' }, explain]) {
      const steps = stepsOf({ questions: [question] } as unknown as Exercise);
      const nothing: Record<string, unknown> = {};
      expect(nothing[steps[0]?.key ?? '']).toBeUndefined();
      expect(answersOf(steps, {})).toEqual({});
      expect(bySteps(steps, {})).toEqual({});
      const answers = answersOf(steps, { [steps[0]?.key ?? '']: 'mine' });
      expect(JSON.parse(JSON.stringify(answers))).toEqual({ [id]: question === explain ? { [id]: 'mine' } : 'mine' });
      expect(bySteps(steps, answers)).toEqual({ [steps[0]?.key ?? '']: 'mine' });
    }
  });

  it('is a host or a slot whose field is empty until it is filled', () => {
    const asked = { kind: 'state', hosts: [id] } as unknown as Asked;
    expect(kindOf(asked).missing(asked, undefined)).toEqual([id]);
    expect(kindOf(asked).missing(asked, {})).toEqual([id]);
    expect(kindOf(asked).missing(asked, { [id]: 'LISTEN' })).toEqual([]);
    expect(asFields({})[id]).toBeUndefined();
  });

  it('survives in an answers file', () => {
    const file = { format: 'tcplab-answers/1', exercise: 'x', rev: 1, seed: 1, answers: { [id]: 1 } };
    expect(Object.keys(readAnswers(JSON.stringify(file))?.answers ?? {})).toEqual([id]);
    const calls = v.parse(byName(v.array(v.string())), { client: ['close'] });
    expect(calls[id]).toBeUndefined();
  });

  it('is neither a rule nor a misconception', () => {
    expect(ruleOf(id)).toBeUndefined();
    expect(misconceptionOf(id)).toBeUndefined();
  });

  it('is no language', async () => {
    vi.stubGlobal('location', { search: `?lang=${id}` });
    vi.stubGlobal('navigator', { languages: ['zh-CN'] });
    vi.stubGlobal('document', { documentElement: { dataset: {} } });
    const { preferences } = await import('../src/app/preferences.svelte.ts');
    const { language } = await import('../src/i18n/index.svelte.ts');
    preferences.restore();
    expect(language()).toBe('zh');
  });
});
