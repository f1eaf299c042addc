/** How long an event loop stands still. Run by itself, a process that only waits, and answers who asks for its longest turn. */
import { pathToFileURL } from "node:url";

/** Turns of this process's event loop from now on. */
export class Turns {
  #last = performance.now();
  #longest = 0;
  readonly #timer = setInterval(() => this.#turn(), 1);

  #turn(): void {
    const now = performance.now();
    this.#longest = Math.max(this.#longest, now - this.#last);
    this.#last = now;
  }

  /** The longest since the last question, in ms. */
  longest(): number {
    this.#turn();
    const longest = this.#longest;
    this.#longest = 0;
    return longest;
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const turns = new Turns();
  process.on("disconnect", () => process.exit());
  process.on("message", () => process.send?.(turns.longest()));
}
