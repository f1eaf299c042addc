/**
 * Keeps native memory bounded in programs that never give it back and never let the event loop turn. V8 does not see
 * the native memory behind small objects, so when a budget is spent it is made to look for dead ones.
 */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { DeviceRuntime } from "./native.js";
import { Cell } from "./runtime-state.js";

type Collect = (options?: { readonly type: "minor" }) => void;

const MB = 1 << 20;
/** Held memory may come to a multiple of what is live, and this much more. */
const SLACK = 384 * MB;
const FACTOR = 1.5;
/** A collection that leaves less than this part of the budget free was in vain: the next would come too soon. */
const ROOM = 0.25;

/**
 * Arrays that die young are looked for after this many bytes of new ones, so that their memory is reused while the
 * caches hold it: ten times faster than memory that was last used long ago.
 */
const YOUNG = 24 * MB;
/** … but of the program's time, minor collections for that take one part in this many at most. */
const YOUNG_SHARE = 4;

let collect: Collect | undefined;

/** V8's own collector, which it shows only to those who ask; the same in worker threads. */
const garbageCollector = (): Collect => {
  if (collect === undefined) {
    setFlagsFromString("--expose-gc");
    collect = runInNewContext("gc") as Collect;
  }
  return collect;
};

export interface CollectorOptions {
  /** What may be held besides a multiple of what is live. */
  readonly slack?: number;
  /** After how many new bytes those that died young are looked for. */
  readonly young?: number;
}

export class Collector {
  readonly #native: DeviceRuntime;
  readonly #state: Float64Array;
  /** When the next minor collection is due at the earliest, for the sake of the caches. */
  #youngAfter = 0;
  /** Milliseconds that a minor collection takes. */
  #minorCost = 1;

  readonly #slack: number;
  readonly #young: number;

  constructor(native: DeviceRuntime, state: Float64Array, { slack = SLACK, young = YOUNG }: CollectorOptions = {}) {
    this.#native = native;
    this.#state = state;
    this.#slack = slack;
    this.#young = young;
    state[Cell.budgetBytes] = slack;
    state[Cell.youngBudget] = young;
  }

  /** Makes room when a budget is spent, or raises it when all of it is in use. */
  relieve(): void {
    const held = this.#state[Cell.heldBytes];
    this.#native.sweep();
    if (this.#hasRoom()) {
      // What V8 had already found dead may do.
      const freed = held - this.#state[Cell.heldBytes];
      if (freed < this.#young / 2 && performance.now() >= this.#youngAfter) this.#minor();
      return;
    }
    this.#minor();
    if (!this.#hasRoom()) this.collectAll();
  }

  #minor(): void {
    const start = performance.now();
    garbageCollector()({ type: "minor" });
    this.#native.sweep();
    const end = performance.now();
    // A machine that is busy with something else makes one of them look slow.
    this.#minorCost = Math.min(end - start, 2 * this.#minorCost);
    this.#youngAfter = end + (YOUNG_SHARE - 1) * this.#minorCost;
  }

  /** Frees whatever can be freed. */
  collectAll(): void {
    garbageCollector()();
    this.#native.sweep();
    this.#state[Cell.budgetBytes] = this.#slack + FACTOR * this.#state[Cell.heldBytes];
  }

  #hasRoom(): boolean {
    return this.#state[Cell.heldBytes] <= (1 - ROOM) * this.#state[Cell.budgetBytes];
  }
}
