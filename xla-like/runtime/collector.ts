/**
 * Keeps native memory bounded in programs that never give it back and never let the event loop turn. V8 does not see
 * the native memory behind small objects, so when a budget is spent it is made to look for dead ones.
 */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { Cell } from "./cpu-state.js";
import type { NativeRuntime } from "./native.js";

type Collect = (options?: { readonly type: "minor" }) => void;

const MB = 1 << 20;
/** Held memory may come to a multiple of what is live, and this much more. */
const SLACK = 384 * MB;
const FACTOR = 1.5;
/** A collection that leaves less than this part of the budget free was in vain: the next would come too soon. */
const ROOM = 0.25;

let collect: Collect | undefined;

/** V8's own collector, which it shows only to those who ask; the same in worker threads. */
const garbageCollector = (): Collect => {
  if (collect === undefined) {
    setFlagsFromString("--expose-gc");
    collect = runInNewContext("gc") as Collect;
  }
  return collect;
};

export class Collector {
  readonly #native: NativeRuntime;
  readonly #state: Float64Array;

  constructor(native: NativeRuntime, state: Float64Array) {
    this.#native = native;
    this.#state = state;
    state[Cell.budgetBytes] = SLACK;
  }

  /** Makes room when the budget is spent, or raises the budget when all of it is in use. */
  relieve(): void {
    this.#native.sweep();
    if (this.#hasRoom()) return;
    garbageCollector()({ type: "minor" });
    this.#native.sweep();
    if (this.#hasRoom()) return;
    this.collectAll();
  }

  /** Frees whatever can be freed. */
  collectAll(): void {
    garbageCollector()();
    this.#native.sweep();
    this.#state[Cell.budgetBytes] = SLACK + FACTOR * this.#state[Cell.heldBytes];
  }

  #hasRoom(): boolean {
    return this.#state[Cell.heldBytes] <= (1 - ROOM) * this.#state[Cell.budgetBytes];
  }
}
