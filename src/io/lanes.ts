/** Work that is done a few at a time. */
export class Lanes {
  readonly #running = new Set<Promise<void>>();
  #failure: { readonly error: unknown } | undefined;

  constructor(private readonly width: number) {}

  /** Starts a job as soon as fewer than `width` run. Throws what an earlier one failed with. */
  async start(job: () => Promise<void>): Promise<void> {
    while (this.#running.size >= this.width) await Promise.race(this.#running);
    this.#check();
    const running: Promise<void> = job()
      .catch((error: unknown) => {
        this.#failure ??= { error };
      })
      .finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  /** Once all are done; throws what the first that failed did. */
  async finish(): Promise<void> {
    await this.settle();
    this.#check();
  }

  /** Once none runs any more, whether they failed or not. */
  async settle(): Promise<void> {
    while (this.#running.size > 0) await Promise.race(this.#running);
  }

  #check(): void {
    if (this.#failure !== undefined) throw this.#failure.error;
  }
}
