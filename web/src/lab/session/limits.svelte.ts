/** What may be done in a session's world, and what is hidden of it. A task and its open questions set both. */

/**
 * What a task allows: network actions, calls by host, and the fields that may be set in segments that a host injects.
 * Undefined means everything.
 */
export interface Allowed {
  network: readonly string[];
  calls: Readonly<Record<string, readonly string[]>>;
  inject: Readonly<Record<string, readonly string[]>>;
}

export class Limits {
  allowed = $state.raw<Allowed>();
  /** The first step of the world at which something may be done. */
  earliest = $state.raw<number>();
  /** The run has been judged: it is read-only until another try, so that the verdict matches the diagram. */
  closed = $state(false);
  /** A question must be answered before anything may be done. */
  waiting = $state(false);
  /** Variables of connections that are hidden, as they would give away the answer to a question. */
  covered = $state.raw<readonly string[]>([]);
  /** Hosts whose next states are to be predicted: the state diagram does not point at them. */
  asked = $state.raw<readonly string[]>([]);
  /** A question asks how TCP behaves: the state diagram then labels only what has happened. */
  asksRules = $state(false);

  /** Whether nothing may be done now. */
  get still(): boolean {
    return this.closed || this.waiting;
  }

  /** Whether a call may be made on a host; without its name, whether any may. */
  mayCall(host: string, call?: string): boolean {
    if (this.still) return false;
    if (!this.allowed) return true;
    const calls = this.allowed.calls[host] ?? [];
    return call === undefined ? calls.length > 0 : calls.includes(call);
  }

  /** Whether a host may inject segments; with a field, whether it may set that field in them. */
  mayInject(host: string, field?: string): boolean {
    if (this.still) return false;
    if (!this.allowed) return true;
    const fields = Object.hasOwn(this.allowed.inject, host) ? this.allowed.inject[host] : undefined;
    return fields !== undefined && (field === undefined || fields.includes(field));
  }

  /** Whether the network may do this to a segment. */
  mayDisturb(action: string): boolean {
    return !this.still && (!this.allowed || this.allowed.network.includes(action));
  }
}
