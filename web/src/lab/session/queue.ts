/** Work for the engine: one piece after another. After a failure nothing more is begun until it is opened again. */
export class WorkQueue {
  readonly #onFailure: (error: unknown) => void;
  #last: Promise<unknown> = Promise.resolve();
  /** Grows when the queue is opened again: what an earlier life still brings is of no more use. */
  #life = 0;
  #closed = false;

  constructor(onFailure: (error: unknown) => void) {
    this.#onFailure = onFailure;
  }

  /** What the work answers; undefined when it failed, or may not begin. */
  run<Result>(work: () => Promise<Result>): Promise<Result | undefined> {
    const life = this.#life;
    const run = this.#last.then(async () => {
      if (this.#closed || life !== this.#life) return undefined;
      try {
        return await work();
      } catch (error) {
        if (life === this.#life) {
          this.#closed = true;
          this.#onFailure(error);
        }
        return undefined;
      }
    });
    this.#last = run;
    return run;
  }

  /** Begins anew; what was waiting is dropped. */
  reopen(): void {
    this.#life += 1;
    this.#closed = false;
    this.#last = Promise.resolve();
  }

  /** Does a last piece of work, and nothing more. */
  end(work: () => Promise<void>): void {
    void this.run(work);
    void this.run(() => {
      this.#closed = true;
      return Promise.resolve();
    });
  }
}
