/** Runs work for the engine one piece at a time. After a failure no more work begins until the queue is reopened. */
export class WorkQueue {
  readonly #onFailure: (error: unknown) => void;
  #last: Promise<unknown> = Promise.resolve();
  /** Increases when the queue is reopened, so that work from before is ignored. */
  #life = 0;
  #closed = false;

  constructor(onFailure: (error: unknown) => void) {
    this.#onFailure = onFailure;
  }

  /** Resolves to the work's result; undefined if it failed or may not begin. */
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

  /** Starts over with an empty queue. */
  reopen(): void {
    this.#life += 1;
    this.#closed = false;
    this.#last = Promise.resolve();
  }

  /** Runs a last piece of work, and then closes the queue. */
  end(work: () => Promise<void>): void {
    void this.run(work);
    void this.run(() => {
      this.#closed = true;
      return Promise.resolve();
    });
  }
}
