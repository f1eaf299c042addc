/** How long an event loop stands still. Run by itself, a process that only waits, and answers who asks for its longest turn. */
import { openSync, readSync } from "node:fs";
import { pathToFileURL } from "node:url";

/** Milliseconds. */
export interface Stall {
  /** The longest time between two turns. */
  readonly still: number;
  /** The most that the loop's own thread worked between two turns; the rest it waited for a processor. NaN if unknown. */
  readonly worked: number;
}

/** What the system says of a thread: nanoseconds that it ran, first of all. */
const statistics = process.platform === "linux" ? openSync("/proc/thread-self/schedstat", "r") : undefined;
const text = Buffer.alloc(128);
const millisecondsRun = (): number => {
  if (statistics === undefined) return Number.NaN;
  const length = readSync(statistics, text, 0, text.length, 0);
  return Number.parseInt(text.toString("latin1", 0, length), 10) / 1e6;
};

/** Turns of this process's event loop from now on. */
export class Turns {
  #last = performance.now();
  #run = millisecondsRun();
  #still = 0;
  #worked = 0;
  readonly #timer = setInterval(() => this.#turn(), 1);

  #turn(): void {
    const [now, run] = [performance.now(), millisecondsRun()];
    this.#still = Math.max(this.#still, now - this.#last);
    this.#worked = Math.max(this.#worked, run - this.#run);
    [this.#last, this.#run] = [now, run];
  }

  /** The longest since the last question. */
  longest(): Stall {
    this.#turn();
    const found = { still: this.#still, worked: this.#worked };
    [this.#still, this.#worked] = [0, 0];
    return found;
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const turns = new Turns();
  process.on("disconnect", () => process.exit());
  process.on("message", () => process.send?.(turns.longest().still));
}
