/**
 * An exported scenario contains the student's actions as script entries with a `step`. Separated from the rest, they
 * can be replayed one by one, so that each can be undone again.
 */
import type { Action } from '../../engine/types.ts';

export interface Recorded {
  action: Action;
  step: number;
  /** µs */
  at: number;
}

const units: Record<string, number> = { us: 1, µs: 1, μs: 1, ms: 1e3, s: 1e6, min: 60e6, h: 3600e6 };

/** A duration such as "50ms" or "1.5s" in µs; undefined for anything else. */
export function microseconds(text: unknown): number | undefined {
  if (typeof text !== 'string') return undefined;
  const match = /^(\d+(?:\.\d+)?)\s*(us|µs|μs|ms|s|min|h)$/.exec(text);
  const unit = units[match?.[2] ?? ''];
  return match && unit !== undefined ? Math.round(Number(match[1]) * unit) : undefined;
}

/** The scenario without the recorded actions, and those in order; undefined if they cannot be separated. */
export function separate(scenario: string): { base: string; recorded: Recorded[] } | undefined {
  try {
    const parsed = JSON.parse(scenario) as { script?: Record<string, unknown>[] };
    const entries = parsed.script ?? [];
    const recorded: Recorded[] = [];
    for (const entry of entries) {
      if (entry.step === undefined) continue;
      const { at, step, ...action } = entry;
      const time = microseconds(at);
      if (time === undefined || typeof step !== 'number' || typeof action.do !== 'string') return undefined;
      recorded.push({ action: action as Action, step, at: time });
    }
    if (recorded.length === 0) return undefined;
    const script = entries.filter((entry) => entry.step === undefined);
    return { base: JSON.stringify({ ...parsed, script }), recorded };
  } catch {
    return undefined;
  }
}

/** The last recorded action of a scenario. */
export const lastAction = (scenario: string): Action | undefined => separate(scenario)?.recorded.at(-1)?.action;
