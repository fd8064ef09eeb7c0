/** What may be done in a session's world, and what is not told of it: a task and its open questions set both. */

/**
 * What is allowed where a task limits it: network actions, calls for each host, and what segments say that it injects.
 * Undefined: everything.
 */
export interface Allowed {
  network: readonly string[];
  calls: Readonly<Record<string, readonly string[]>>;
  inject: Readonly<Record<string, readonly string[]>>;
}

export class Limits {
  allowed = $state.raw<Allowed>();
  /** Nothing may be done before this step of the world. */
  earliest = $state.raw<number>();
  /** What was done is judged: until another try it is only read, so that the picture stays what the verdict is about. */
  closed = $state(false);
  /** Something is to be said before anything is done. */
  waiting = $state(false);
  /** Variables of connections that are not shown: they would tell what a question asks. */
  covered = $state.raw<readonly string[]>([]);
  /** Hosts whose next states are to be predicted: the state diagram does not point at them. */
  asked = $state.raw<readonly string[]>([]);
  /** How TCP behaves is asked: the state diagram puts into words only what has happened. */
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

  /** Whether a host may inject segments; with a field, whether they may say this. */
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
