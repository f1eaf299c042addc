/** Where progress is shown: a terminal, or anything that takes lines. */
export interface Output {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

const width = 30;

/** A bar with steps per second, drawn over itself on a terminal; a line every tenth of the way elsewhere. */
export class Progress {
  readonly #started = performance.now();
  #drawn = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly total: number,
    private readonly output: Output = process.stdout,
  ) {}

  show(step: number, note: string): void {
    const now = performance.now();
    const finished = step === this.total;
    const rate = Math.round((1000 * step) / (now - this.#started));
    const status = `step ${String(step).padStart(String(this.total).length)}/${this.total}  ${note}  ${rate} steps/s`;
    if (!this.output.isTTY) {
      if (finished || step % Math.ceil(this.total / 10) === 0) this.output.write(`${status}\n`);
      return;
    }
    if (!finished && now - this.#drawn < 50) return;
    this.#drawn = now;
    const filled = Math.round((width * step) / this.total);
    const bar = "█".repeat(filled) + "░".repeat(width - filled);
    this.output.write(`\r\x1b[K${bar}  ${status}${finished ? "\n" : ""}`);
  }
}
