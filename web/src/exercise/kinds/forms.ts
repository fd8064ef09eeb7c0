/** Finds the form and the verdict component in each kind's folder. */
import type { Component } from 'svelte';
import FieldTable from '../FieldTable.svelte';
import type { Asked, Kind } from './all.ts';
import type { FormProps, VerdictProps } from './kind.ts';

interface Module<Props extends object> {
  default: Component<Props>;
}
const forms = import.meta.glob<Module<FormProps<Asked>>>('./*/Form.svelte', { eager: true });
const verdicts = import.meta.glob<Module<VerdictProps<Asked>>>('./*/Verdict.svelte', { eager: true });

export function formOf(kind: Kind): Component<FormProps<Asked>> {
  const form = forms[`./${kind}/Form.svelte`];
  if (!form) throw new Error(`no form for ${kind}`);
  return form.default;
}

/** A kind without a Verdict.svelte of its own gets the table of fields. */
export const verdictOf = (kind: Kind): Component<VerdictProps<Asked>> =>
  verdicts[`./${kind}/Verdict.svelte`]?.default ?? FieldTable;
